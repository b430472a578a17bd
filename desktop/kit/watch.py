"""How the sources are, for whoever shows it: `desktop.sources` tells, the bandeau and others read."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many sources are in each state."""

    ok: int = 0
    late: int = 0
    down: int = 0
    suspended: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.ok + self.late + self.down + self.suspended


class Watch(QObject):
    """The tally of the sources."""

    changed = Signal(object)
    """The new `Tally`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tally = Tally()

    def tell(self, counts: Mapping[str, int]) -> None:
        """So many sources are `ok`, `late`, `down`, `suspended`; others are not counted."""
        names = ("ok", "late", "down", "suspended")
        tally = Tally(**{name: counts.get(name, 0) for name in names})
        if tally != self.tally:
            self.tally = tally
            self.changed.emit(tally)
