"""Keeps the map true: what the list shows, what has just been written or changed."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from beffroi.logbook.changes import (
    EntryAdded,
    EntryChanged,
    EntryRemoved,
    FollowUpChanged,
    ManyEntriesAdded,
)
from beffroi.logbook.entry import Entry
from desktop.api import Desk
from desktop.kit.shared import Shown
from desktop.map.bridge import Bridge
from desktop.map.columns import Filter, out_of_period
from desktop.map.data import MapData
from desktop.map.rows import Row, row_of


class Live(QObject):
    """Follows the change feed, the list and the time window."""

    counted = Signal(int)
    """How many entries have no place."""
    hidden = Signal(int)
    """How many results of the list the period hides, when it hides them all; else 0."""

    def __init__(self, desk: Desk, bridge: Bridge, data: MapData, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bridge = bridge
        self._data = data
        self._follow = True
        self._window: tuple[int | None, int | None] = (None, None)
        self._count = QTimer(self, singleShot=True, interval=150)
        self._count.timeout.connect(self.count)
        self._compare = QTimer(self, singleShot=True, interval=150)
        self._compare.timeout.connect(self._tell_hidden)
        desk.feed.on(EntryAdded, self._added)
        desk.feed.on(EntryChanged, self._changed)
        desk.feed.on(FollowUpChanged, self._read_again)
        desk.feed.on(ManyEntriesAdded, self._read_again)
        desk.feed.on(EntryRemoved, self._read_again)
        desk.shared.shown_changed.connect(self._listed)

    @property
    def follow(self) -> bool:
        """Whether the map shows what the list shows."""
        return self._follow

    def set_follow(self, follow: bool) -> None:
        """Show what the list shows, or everything."""
        self._follow = follow
        self._refilter()

    def set_window(self, since: int | None, until: int | None) -> None:
        """Show only what happened between two moments (UTC ms)."""
        self._window = (since, until)
        self._data.filter = Filter(rids=self._data.filter.rids, since=since, until=until)
        seconds = [None if t is None else t // 1000 for t in (since, until)]
        self._bridge.keep("time", {"since": seconds[0], "until": seconds[1]})
        self._compare.start()

    def count(self) -> None:
        """Say how many entries the map cannot show."""
        self.counted.emit(self._desk.node.points.unlocated)

    def _listed(self, _shown: Shown) -> None:
        if self._follow:
            self._refilter()

    def _refilter(self) -> None:
        rids = self._desk.shared.shown.rids if self._follow else None
        since, until = self._window
        if rids is None and self._data.filter.rids is None:
            return
        self._data.filter = Filter(rids=rids, since=since, until=until)
        self._bridge.tell("refresh")
        self._compare.start()

    def _tell_hidden(self) -> None:
        chosen = self._data.filter
        if chosen.rids is None or chosen.since is None:
            self.hidden.emit(0)
        else:
            work = partial(out_of_period, self._desk.node.points, chosen)
            self._desk.tasks.run(work, self.hidden.emit, touches_store=False)

    def _added(self, change: EntryAdded) -> None:
        self._count.start()
        row = row_of(change.entry)
        if row:
            self.judge(change.entry, partial(self._add, change.entry.rid, row))

    def _add(self, rid: int, row: Row, belongs: bool) -> None:
        if belongs:
            self._let_in(rid)
            self._bridge.tell("added", [row])

    def _let_in(self, rid: int) -> None:
        """A new entry that the filter lets through stays when the page asks again."""
        chosen = self._data.filter
        if chosen.rids is not None:
            self._data.filter = replace(chosen, rids=np.append(chosen.rids, rid))

    def _changed(self, change: EntryChanged) -> None:
        self._count.start()
        row = row_of(change.entry)
        if row:
            self.judge(change.entry, partial(self._change, row))
        else:
            self._bridge.tell("refresh")

    def _change(self, row: Row, belongs: bool) -> None:
        if belongs:
            self._bridge.tell("changed", [row])
        else:
            self._bridge.tell("refresh")

    def _read_again(self, _change: FollowUpChanged | ManyEntriesAdded | EntryRemoved) -> None:
        self._count.start()
        self._bridge.tell("refresh")

    def judge(self, entry: Entry, settle: Callable[[bool], None]) -> None:
        """Tell `settle` whether the map shows `entry`: at once, unless the store must be read."""
        query: Any = self._desk.shared.shown.query
        search = self._desk.node.search
        if not self._in_window(entry):
            settle(False)
        elif not self._follow or query is None or self._data.filter.rids is None:
            settle(True)
        elif not search.needs_store(query):
            settle(search.matches(query, entry))
        else:
            self._desk.tasks.run(
                partial(search.matches, query, entry), partial(self._judged, query, entry, settle)
            )

    def _judged(
        self, query: Any, entry: Entry, settle: Callable[[bool], None], belongs: bool
    ) -> None:
        if query is self._desk.shared.shown.query:
            settle(belongs)
        else:
            self.judge(entry, settle)

    def _in_window(self, entry: Entry) -> bool:
        since, until = self._window
        return (since is None or entry.event_time >= since) and (
            until is None or entry.event_time <= until
        )
