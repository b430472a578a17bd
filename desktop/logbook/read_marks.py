"""What this officer has read: an entry looked at for a moment is read; a key says so at once."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.api import Desk
from desktop.logbook.model import EntryListModel

LOOKED_AT_MS = 1500
COUNT_MS = 700


class ReadMarks(QObject):
    """Keeps the read marks of the list and of the store in step."""

    counted = Signal(int)
    """So many entries have not been read."""
    read = Signal(object)
    """These (row ids) have been read."""
    all_read = Signal()
    """Everything has been read."""

    def __init__(self, desk: Desk, model: EntryListModel, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._model = model
        self._looked_at: tuple[int, ...] = ()
        self._count = QTimer(self)
        self._count.setSingleShot(True)
        self._count.setInterval(COUNT_MS)
        self._count.timeout.connect(self._read_count)
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(LOOKED_AT_MS)
        self._look.timeout.connect(lambda: self.mark(self._looked_at))

    def look_at(self, rids: Sequence[int]) -> None:
        """These entries are before the officer's eyes from now on."""
        self._looked_at = tuple(rids)
        if any(self._model.pages.is_unread(rid) for rid in rids):
            self._look.start()
        else:
            self._look.stop()

    def toggle(self, rids: Sequence[int]) -> None:
        """Mark read; or unread again when all of them were read."""
        self._look.stop()
        if any(self._model.pages.is_unread(rid) for rid in rids):
            self.mark(rids)
        else:
            self._show(rids, unread=True)
            chosen = list(rids)
            self._write(lambda: self._desk.node.personal.mark_unread(chosen))

    def mark(self, rids: Sequence[int]) -> None:
        """These have been read."""
        wanted = [rid for rid in rids if self._model.pages.is_unread(rid)]
        if wanted:
            self.mark_these(wanted)

    def mark_these(self, rids: Sequence[int]) -> None:
        """These have been read, at hand or not."""
        wanted = list(rids)
        self._show(wanted, unread=False)
        self._write(lambda: self._desk.node.personal.mark_read(wanted))
        self.read.emit(wanted)

    def unread_again(self, rids: Iterable[int]) -> None:
        """These are to be read, however old they are."""
        wanted = list(rids)
        self._show(wanted, unread=True)
        self._write(lambda: self._desk.node.personal.mark_unread(wanted))

    def mark_all(self) -> None:
        """Everything has been read."""
        self._model.pages.all_read()
        self._model.touch_all()
        self._write(self._desk.node.personal.mark_all_read)
        self.all_read.emit()

    def count(self) -> None:
        """Count the unread again, soon."""
        if not self._count.isActive():
            self._count.start()

    def _read_count(self) -> None:
        self._desk.tasks.run(self._desk.node.personal.unread_count, self.counted.emit)

    def _show(self, rids: Sequence[int], *, unread: bool) -> None:
        self._model.pages.mark(rids, unread=unread)
        self._model.touch_all()

    def _write(self, work: Callable[[], None]) -> None:
        self._desk.tasks.run(work, self._written, touches_store=True)

    def _written(self, _nothing: object) -> None:
        self.count()
