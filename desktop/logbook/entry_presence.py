"""Tells the others which entry is read or written here, and hears of them for the one on the page."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from beffroi.logbook.entry import Entry
from beffroi.sync.status import Delivery
from beffroi.sync.wire import Seen
from desktop.api import Desk


class EntryPresence(QObject):
    """One entry at a time, or none."""

    moved = Signal()
    """Somebody came to the entry, or left it."""
    stale = Signal()
    """The entry has come further, or was seen: what is known of it is to be read again."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = desk.link
        self._uid = ""
        desk.link.presence_changed.connect(self._presence)
        desk.link.delivered.connect(self._further)
        desk.link.seen_by.connect(self._further)

    def at(self, entry: Entry | None, *, writing: bool = False) -> None:
        """This entry is on the page now; `writing` when it is being changed."""
        self._uid = "" if entry is None else entry.uid
        self._link.tell(self._uid, "" if entry is None else "writing" if writing else "reading")

    def _presence(self, uids: frozenset[str]) -> None:
        if self._uid in uids:
            self.moved.emit()

    def _further(self, told: Sequence[Delivery | Seen]) -> None:
        if self._uid in {one.entity for one in told}:
            self.stale.emit()
