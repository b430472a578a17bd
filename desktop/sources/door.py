"""What the windows of sources need of the rest, in one place; tests hand in something smaller."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from beffroi.sources.addresses import Origin
from desktop.sources.finding import Choice, Finding, Part


class Reader(Protocol):
    """Reads what is not a source yet.  Slow: call it off the main thread."""

    def formats(self) -> Sequence[tuple[str, str]]:
        """Id and title of every format that can be read."""
        ...

    def understand(self, origin: Origin, choice: Choice, secret: str) -> Finding:
        """Fetch and read once.

        Raises:
            BeffroiError: nothing could be had or read; one sentence with its remedy.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What [Ajouter] makes: a source and its calque, shared or not.

    `source` holds fields of `Source`, `style` is the document of the calque's style.  `uid` names a
    source that is changed instead of made.
    """

    origin: Origin
    finding: Finding
    source: Mapping[str, Any]
    style: Mapping[str, Any]
    shared: bool = False
    marking: str = "DR"
    caveats: tuple[str, ...] = ()
    secret: str = ""
    parts: Sequence[Part] = ()
    uid: str = ""
    choice: Choice = field(default_factory=Choice)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What was made of a plan: uids of sources and calques, and where their first data lie."""

    sources: tuple[str, ...]
    layers: tuple[str, ...]
    box: tuple[float, float, float, float] | None = None


class Maker(Protocol):
    """Makes sources and calques.  Touches the store: call it on the store lane."""

    def make(self, plan: Plan) -> Made:
        """Add the source, its calque and its first data, or change a source.

        Raises:
            BeffroiError: a field cannot be, or whoever asks may not.
        """
        ...

    def fill(self, plan: Plan, made: Made) -> None:
        """Put the first data under what was made; slow, off the main thread, on any lane."""
        ...
