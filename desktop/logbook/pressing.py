"""Which entries wait for something that is late: looked up now and then, and when a follow-up moves."""

from PySide6.QtCore import QObject, QTimer, Signal

from beffroi.logbook.changes import FollowUpChanged
from desktop.api import Desk

EVERY_MS = 20_000


class Pressing(QObject):
    """The entries (uid) with a late follow-up."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.late: frozenset[str] = frozenset()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        desk.feed.on(FollowUpChanged, self._moved)
        self.look()

    def look(self) -> None:
        """Look again."""
        node = self._desk.node

        def late() -> frozenset[str]:
            now = node.clock.now()
            waiting = node.logbook.followups(open_only=True)
            return frozenset(f.entry for f in waiting if f.due is not None and f.due < now)

        self._desk.tasks.run(late, self._show)

    def _moved(self, _change: FollowUpChanged) -> None:
        self.look()

    def _show(self, late: frozenset[str]) -> None:
        if late != self.late:
            self.late = late
            self.changed.emit()
