"""What is new since a moment: after a cut here, or when others come back with what they kept."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from beffroi.clock import to_datetime
from beffroi.logbook.arrivals import came_late, came_since
from beffroi.logbook.changes import EntryAdded, ManyEntriesAdded
from beffroi.text import ngettext, number
from desktop.api import Desk

KEY = "logbook/news_since"
OTHERS_MS = 180_000
"""For how long after a cut others, cut off too, may still be sending what they kept."""


class News(QObject):
    """The entries (row ids) that came from others since `since` and that nobody read here yet."""

    changed = Signal()
    unread = Signal(object)
    """These (row ids) are to be read, however old the moment they were written."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._key = f"{KEY}/{desk.node.who.account}"
        self.rids: set[int] = set()
        self._known: set[int] = set()
        self.since = 0
        self._until = 0
        desk.feed.on(EntryAdded, self._added)
        desk.feed.on(ManyEntriesAdded, self._many)
        desk.link.back.connect(self._back)
        if desk.link.joined and (kept := str(desk.settings.value(self._key, ""))).isdigit():
            self.since = int(kept)
            self._read(self.since, unread_only=True)

    def __contains__(self, rid: int) -> bool:
        return rid in self.rids

    def __len__(self) -> int:
        return len(self.rids)

    def words(self) -> str:
        """« 11 nouveautés depuis 12h20 »."""
        zone = ZoneInfo(self._desk.node.info.zone)
        at = to_datetime(self.since, zone)
        today = at.date() == to_datetime(self._desk.node.clock.now(), zone).date()
        hour = f"{at:%Hh%M}" if today else f"{at:%d/%m %Hh%M}"
        return ngettext(
            "{n} nouveauté depuis {hour}", "{n} nouveautés depuis {hour}", len(self)
        ).format(n=number(len(self)), hour=hour)

    # What makes news

    def _back(self, cut: int) -> None:
        self._until = self._desk.node.clock.now() + OTHERS_MS
        self._since(min(cut, self.since) if self.since else cut)
        self._read(cut)

    def _since(self, moment: int) -> None:
        self.since = moment
        self._desk.settings.setValue(self._key, str(moment))

    def _added(self, change: EntryAdded) -> None:
        entry = change.entry
        if change.origin != "remote" or entry.author == self._desk.node.who.account:
            return
        if not self.rids and self._over:
            self._end()
        if not self.since and came_late(entry):
            self._since(entry.entered_time)
        if self.since:
            self._take({entry.rid})

    def _many(self, change: ManyEntriesAdded) -> None:
        if change.origin == "remote" and self.since:
            self._read(self.since)

    def _read(self, since: int, *, unread_only: bool = False) -> None:
        """What came since then, whoever told of it; after a restart, what of it is still unread."""
        node = self._desk.node
        account = node.who.account

        def new() -> set[int]:
            came = came_since(node.store, since, account)
            return node.personal.unread(came) if unread_only else set(came)

        self._desk.tasks.run(new, self._take)

    def _take(self, rids: set[int]) -> None:
        fresh = rids - self._known
        if fresh:
            self._known |= fresh
            self.rids |= fresh
            self.unread.emit(frozenset(fresh))
        if not self.rids and self._over:
            self._end()
        self.changed.emit()

    @property
    def _over(self) -> bool:
        """Whether those who were cut off with this desk have had time to send."""
        return self._desk.node.clock.now() > self._until

    # What ends it

    def drop(self, rids: Iterable[int]) -> None:
        """These were read, or went away; with the last one there is nothing new any more."""
        before = len(self.rids)
        self.rids.difference_update(rids)
        if len(self.rids) == before:
            return
        if not self.rids and self._over:
            self._end()
        self.changed.emit()

    def _end(self) -> None:
        self.since = 0
        self._desk.settings.remove(self._key)
