"""Entries read as they scroll into sight: a hundred at a time, in the background, kept for a while."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from beffroi.logbook.entry import Entry
from beffroi.sync.status import Delivery
from desktop.kit.tasks import Tasks

PAGE = 100
KEPT = 6_000
AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Page:
    """What one reading brings: the entries, and which of them were not read yet."""

    entries: Sequence[Entry]
    unread: frozenset[int] = frozenset()
    deliveries: Sequence[Delivery] = ()


class EntryPages(QObject):
    """A cache of entries by row id that fills itself; `arrived` tells which came."""

    arrived = Signal(object)
    delivered = Signal(object)
    """How far the entries of a page have come (`Delivery`)."""
    failed = Signal(object)

    def __init__(
        self, read: Callable[[list[int]], Page], tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._read = read
        self._tasks = tasks
        self._known: OrderedDict[int, Entry] = OrderedDict()
        self._unread: set[int] = set()
        self._wanted: OrderedDict[int, list[int]] = OrderedDict()
        self._flying: set[int] = set()
        self._flush = QTimer(self)
        self._flush.setSingleShot(True)
        self._flush.timeout.connect(self._send)

    def get(self, rid: int) -> Entry | None:
        """The entry, if it is at hand."""
        entry = self._known.get(rid)
        if entry is not None:
            self._known.move_to_end(rid)
        return entry

    def is_unread(self, rid: int) -> bool:
        """Whether this officer has not read that entry; only known of entries at hand."""
        return rid in self._unread

    def want(self, rids: Sequence[int]) -> None:
        """Ask for a page; the pages asked last are read first, those scrolled past are given up."""
        key = rids[0]
        if key in self._flying:
            return
        self._wanted[key] = list(rids)
        self._wanted.move_to_end(key)
        while len(self._wanted) > 2 * AT_ONCE:
            self._wanted.popitem(last=False)
        if not self._flush.isActive():
            self._flush.start(0)

    def put(self, entry: Entry, *, unread: bool | None = None) -> None:
        """Keep what is now known of an entry."""
        self._known[entry.rid] = entry
        self._known.move_to_end(entry.rid)
        if unread is not None:
            self.mark((entry.rid,), unread=unread)
        while len(self._known) > KEPT:
            self._unread.discard(self._known.popitem(last=False)[0])

    def mark(self, rids: Sequence[int], *, unread: bool) -> None:
        """Entries were read, or are to be read again."""
        if unread:
            self._unread.update(rids)
        else:
            self._unread.difference_update(rids)

    def all_read(self) -> None:
        """Nothing is unread any more."""
        self._unread.clear()

    def _send(self) -> None:
        while self._wanted and len(self._flying) < AT_ONCE:
            key, rids = self._wanted.popitem(last=True)
            missing = [rid for rid in rids if rid not in self._known]
            if not missing:
                continue
            self._flying.add(key)
            self._tasks.run(
                partial(self._read, missing), partial(self._land, key), partial(self._miss, key)
            )

    def _land(self, key: int, page: Page) -> None:
        self._flying.discard(key)
        for entry in page.entries:
            self.put(entry, unread=entry.rid in page.unread)
        if page.deliveries:
            self.delivered.emit(page.deliveries)
        self.arrived.emit(frozenset(entry.rid for entry in page.entries))
        self._send()

    def _miss(self, key: int, error: BaseException) -> None:
        self._flying.discard(key)
        self.failed.emit(error)
        self._send()
