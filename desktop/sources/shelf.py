"""All sources with their states, kept up to date; the board and the bandeau's counter read it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from beffroi.logbook.changes import SheetChanged
from beffroi.logbook.sheet import Sheet
from beffroi.observations import SourceState
from desktop.api import Desk
from desktop.kit.watch import Watch
from desktop.sources.standing import RANK, Standing

_GATHER_MS = 150
"""States that change together are read together."""


class States(Protocol):
    """What is known of how sources are (`Observations` is one)."""

    def states(self) -> dict[str, SourceState]:
        """How every source is, by uid."""
        ...

    def counts(self) -> Mapping[str, int]:
        """How many observations each source has."""
        ...


class Shelf(QObject):
    """Reads sheets and states off the main thread, tells when something is otherwise."""

    changed = Signal()

    def __init__(self, desk: Desk, states: States, watch: Watch, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._states = states
        self._watch = watch
        self._reading = False
        self._again = False
        self.loaded = False
        self.standings: tuple[Standing, ...] = ()
        self._gather = QTimer(self, singleShot=True, interval=_GATHER_MS)
        self._gather.timeout.connect(self.read)
        desk.feed.on(SheetChanged, self._sheet_changed)

    def find(self, uid: str) -> Standing | None:
        """The source `uid`."""
        return next((one for one in self.standings if one.uid == uid), None)

    def _sheet_changed(self, change: SheetChanged) -> None:
        if change.kind in ("source", "layer"):
            self._gather.start()

    def state_changed(self, _uid: str = "") -> None:
        """A source is otherwise: read again, soon."""
        if not self._gather.isActive():
            self._gather.start()

    def read(self) -> None:
        """Read everything anew."""
        if self._reading:
            self._again = True
            return
        self._reading = True
        self._desk.tasks.run(self._load, self._came, self._broke)

    def _load(self) -> tuple[Standing, ...]:
        sheets = self._desk.node.sheets
        return standings(
            sheets.all("source"), sheets.all("layer"), self._states.states(), self._states.counts()
        )

    def _came(self, found: tuple[Standing, ...]) -> None:
        self._settle()
        self.loaded = True
        self.standings = found
        self._watch.tell(Counter(one.health for one in found))
        self.changed.emit()

    def _broke(self, error: BaseException) -> None:
        self._settle()
        self._desk.notices.failure(error)

    def _settle(self) -> None:
        self._reading = False
        if self._again:
            self._again = False
            self._gather.start()


def standings(
    sources: Iterable[Sheet],
    layers: Iterable[Sheet],
    states: Mapping[str, SourceState],
    counts: Mapping[str, int],
) -> tuple[Standing, ...]:
    """What needs somebody first, then by name."""
    shown: dict[str, list[str]] = {}
    for layer in layers:
        shown.setdefault(str(layer.fields.get("source", "")), []).append(layer.uid)
    found = (
        Standing(
            uid=sheet.uid,
            fields=sheet.fields,
            state=states.get(sheet.uid, SourceState()),
            count=counts.get(sheet.uid, 0),
            layers=tuple(shown.get(sheet.uid, ())),
            shared=sheet.shared,
            author=sheet.author,
            marking=sheet.marking,
            caveats=sheet.caveats,
        )
        for sheet in sources
    )
    return tuple(sorted(found, key=lambda one: (RANK[one.health], one.title.casefold())))
