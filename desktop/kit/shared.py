"""What docks share without knowing one another: the selection, the map's extent, requests."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Signal

Box = tuple[float, float, float, float]
"""West, south, east, north in WGS 84 degrees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A request for a position: the next click on the map answers it."""

    prompt: str
    chosen: Callable[[float, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the list shows now: `rids` (int64 array) when it is filtered, None when it is all."""

    query: Any = None
    rids: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefill:
    """What is already known of an entry that someone asks to write."""

    lon: float | None = None
    lat: float | None = None
    place: str = ""
    text: str = ""
    parent: str = ""
    files: tuple[str, ...] = field(default=())


class Shared(QObject):
    """Docks meet here: nobody calls a dock, everybody tells or asks the desk."""

    selection_changed = Signal(object, object)
    """The selected uids (tuple of str) and who selected them."""
    open_requested = Signal(str)
    """Show this entry (uid) whole."""
    extent_changed = Signal(object)
    """The map shows another `Box`."""
    pick_requested = Signal(object)
    """A `Pick`, or None when it is withdrawn."""
    shown_changed = Signal(object)
    """The list shows something else (`Shown`)."""
    go_to = Signal(float, float, float)
    """Show this place on the map: longitude, latitude, zoom (0 keeps the zoom)."""
    preview_changed = Signal(object)
    """Where the entry being written lies: (lon, lat), or None."""
    entry_asked = Signal(object)
    """Someone wants to write an entry (`Prefill`)."""
    search_asked = Signal(str)
    """The list is asked to show what answers this text."""
    calque_asked = Signal(str, int)
    """Show the table of this calque (uid), at this row (rid, or 0)."""
    moment_changed = Signal(object)
    """The map shows another moment (UTC ms): now, or the end of what is replayed."""
    period_changed = Signal(object, object)
    """The time bar shows only this period (UTC ms, UTC ms); None, None when it is closed."""
    painted = Signal(str)
    """A dock (by id) has shown its content for the first time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.selection: tuple[str, ...] = ()
        self.extent: Box | None = None
        self.moment = 0
        self.period: tuple[int | None, int | None] = (None, None)
        self.shown = Shown()

    def select(self, uids: Sequence[str], by: object = None) -> None:
        """Select entries everywhere; `by` lets the teller ignore its own echo."""
        chosen = tuple(uids)
        if chosen != self.selection:
            self.selection = chosen
            self.selection_changed.emit(chosen, by)

    def open(self, uid: str) -> None:
        """Select one entry and show it whole."""
        self.select((uid,))
        self.open_requested.emit(uid)

    def set_extent(self, box: Box) -> None:
        """The map tells what it shows."""
        if box != self.extent:
            self.extent = box
            self.extent_changed.emit(box)

    def set_moment(self, moment: int) -> None:
        """The map tells which moment it shows."""
        if moment != self.moment:
            self.moment = moment
            self.moment_changed.emit(moment)

    def set_period(self, since: int | None, until: int | None) -> None:
        """The time bar tells what it lets through."""
        if (since, until) != self.period:
            self.period = (since, until)
            self.period_changed.emit(since, until)

    def set_shown(self, shown: Shown) -> None:
        """The list tells what it shows."""
        self.shown = shown
        self.shown_changed.emit(shown)

    def search(self, text: str) -> None:
        """Ask the list to show what answers `text`."""
        self.search_asked.emit(text)

    def pick(self, prompt: str, chosen: Callable[[float, float], None]) -> None:
        """Ask for a position by a click on the map."""
        self.pick_requested.emit(Pick(prompt=prompt, chosen=chosen))

    def cancel_pick(self) -> None:
        """Stop waiting for a position."""
        self.pick_requested.emit(None)
