"""The map as the other capabilities know it: what one may tell it, hear from it and put on it.

The page is told by commands (a name and a JSON value), tells by events, and fetches what is bulky
from `beffroi://app/<path>`.  In the page, the modules of a capability lie in
`resources/web/<capability>/` and export `install(room)` (see `resources/web/README.md`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Event = dict[str, Any]
"""What the page tells: parsed JSON."""
Heard = Callable[[Event], None]
Arguments = dict[str, str]
"""The query of an address, decoded."""
Reply = Callable[[bytes], None]
"""Hands over the bytes of an answer; from the main thread, once."""
Route = Callable[[Arguments, Reply], None]
"""Answers a computed address, perhaps after work in the background; it never waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where someone asked for the map's menu, and the thing that lies there, if any.

    `hit` is what the page's own `menu(hit)` of that thing said: at least `{"kind": "…"}`;
    `{"kind": "entry", "rid": …}` for an entry.
    """

    lon: float
    lat: float
    hit: Event | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One line of the map's menu, in words already translated."""

    title: str
    run: Callable[[], None]
    icon: str = ""
    enabled: bool = True


Offers = Callable[[Spot], Sequence[Offer]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a picture shows: a centre in Web Mercator metres, metres per CSS pixel, a turn, a size.

    `rotation` is in radians, clockwise; `width` and `height` are CSS pixels, `ratio` says how many
    pixels of the picture each of them makes.
    """

    x: float
    y: float
    resolution: float
    rotation: float = 0.0
    width: int
    height: int
    ratio: float = 1.0


class Stills(Protocol):
    """Pictures of the map as it is shown now, taken out of sight, in light colours."""

    def take(
        self, look: Look, done: Callable[[bytes], None], failed: Callable[[BaseException], None]
    ) -> None:
        """Take one more picture (PNG); they come in the order in which they were asked for."""

    def shut(self) -> None:
        """No more pictures: those still asked for never come."""


class Canvas(Protocol):
    """The map's page and the strip above it.  Usable at once, before the page is loaded."""

    def tell(self, command: str, argument: Any = None) -> None:
        """Send a command; those told in one turn travel together, in order."""

    def keep(self, command: str, argument: Any) -> None:
        """Send a command that sets a state: a page that starts (again) is told the last one."""

    def forget(self, command: str) -> None:
        """Let go of a state that was kept."""

    def on(self, event: str, listener: Heard) -> None:
        """Call `listener` on the main thread each time the page tells `event`."""

    def serve(self, path: str, route: Route) -> None:
        """Answer `beffroi://app/<path>?…` by `route`."""

    def add_tool(self, tool_id: str, icon: str, words: str, run: Callable[[], None]) -> None:
        """Put a button into the strip above the map."""

    def menu(self, offers: Offers) -> None:
        """Let `offers` add lines to the map's menu."""

    def stills(self) -> Stills:
        """Who takes pictures of the map as it is shown now; shut it when there are enough."""
