"""Keeps the list true while others write: changes are gathered and applied, nothing is searched again."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from beffroi.logbook.changes import EntryAdded, EntryChanged, EntryRemoved
from beffroi.logbook.entry import Entry
from beffroi.logbook.query import Query
from desktop.api import Desk
from desktop.logbook.model import EntryListModel

GATHER_MS = 40


@dataclass(frozen=True, slots=True)
class _Verdict:
    entry: Entry
    new: bool
    belongs: bool


class LiveList(QObject):
    """Applies additions and changes to the model, for the query shown now."""

    applied = Signal(int)
    """So many entries were written since the last time (whether or not they are shown)."""

    def __init__(
        self,
        desk: Desk,
        model: EntryListModel,
        query: Callable[[], Query],
        admits: Callable[[Entry], bool],
        parent: QObject,
    ) -> None:
        """`admits` says whether an entry that answers the query may show at all."""
        super().__init__(parent)
        self._desk = desk
        self._model = model
        self._query = query
        self._admits = admits
        self._waiting: dict[str, tuple[Entry, bool]] = {}
        self._since_search: dict[str, tuple[Entry, bool]] = {}
        self._searching = False
        self._judging = False
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.timeout.connect(self._judge)
        self._quiet_since = 0.0
        desk.feed.on(EntryAdded, self._added)
        desk.feed.on(EntryChanged, self._changed)
        desk.feed.on(EntryRemoved, self._removed)

    def _added(self, change: EntryAdded) -> None:
        self._wait(change.entry, new=True)

    def _changed(self, change: EntryChanged) -> None:
        self._wait(change.entry, new=False)

    def _removed(self, change: EntryRemoved) -> None:
        """The right to see it ended: it goes at once, whatever waits about it."""
        self._waiting.pop(change.uid, None)
        self._since_search.pop(change.uid, None)
        self._model.remove(change.rid)
        self.applied.emit(-1)

    def _wait(self, entry: Entry, *, new: bool) -> None:
        was_new = self._waiting.get(entry.uid, (entry, False))[1]
        self._waiting[entry.uid] = (entry, new or was_new)
        if self._searching:
            self._since_search[entry.uid] = (entry, False)
        self._go_on()

    def search_begins(self) -> None:
        """A search looks at the store from now on: what comes later it may not see."""
        self._searching = True
        self._since_search.clear()

    def search_ends(self) -> bool:
        """Its answer is shown: apply again what came while it was looking; says if any did."""
        self._searching = False
        came = bool(self._since_search)
        for uid, (entry, new) in self._since_search.items():
            self._waiting.setdefault(uid, (entry, new))
        self._since_search.clear()
        self._go_on()
        return came

    def _go_on(self) -> None:
        if self._waiting and not self._gather.isActive() and not self._judging:
            quiet = (time.monotonic() - self._quiet_since) * 1000
            self._gather.start(0 if quiet > GATHER_MS else GATHER_MS)

    def _judge(self) -> None:
        batch, self._waiting = list(self._waiting.values()), {}
        if not batch:
            return
        query, node = self._query(), self._desk.node
        self._quiet_since = time.monotonic()
        if query.is_empty:
            self._apply([_Verdict(e, new, belongs=self._admits(e)) for e, new in batch])
            return

        def judge() -> list[_Verdict]:
            return [_Verdict(e, new, node.search.matches(query, e)) for e, new in batch]

        self._judging = True
        self._desk.tasks.run(judge, partial(self._settle, query), self._failed)

    def _settle(self, query: Query, verdicts: list[_Verdict]) -> None:
        self._judging = False
        if query is self._query():
            self._apply([replace(v, belongs=v.belongs and self._admits(v.entry)) for v in verdicts])
        else:
            for verdict in verdicts:
                self._waiting.setdefault(verdict.entry.uid, (verdict.entry, verdict.new))
        self._go_on()

    def _apply(self, verdicts: list[_Verdict]) -> None:
        mine = self._desk.node.who.account
        for verdict in verdicts:
            unread = verdict.entry.author != mine if verdict.new else None
            self._model.pages.put(verdict.entry, unread=unread)
        listed = [(v, self._model.timeline.find(v.entry.rid) is not None) for v in verdicts]
        for verdict, there in listed:
            if there and verdict.belongs:
                self._model.refresh(verdict.entry)
            elif there:
                self._model.remove(verdict.entry.rid)
        self._model.add([v.entry for v, there in listed if v.belongs and not there])
        self.applied.emit(sum(v.new for v in verdicts))

    def _failed(self, error: BaseException) -> None:
        self._judging = False
        self._desk.notices.failure(error)
        self._go_on()
