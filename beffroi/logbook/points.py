"""The entries that have a place, as columns of numbers for the map: kept in step, never re-read."""

import threading

import numpy as np
from numpy.typing import NDArray

from beffroi.changes import ChangeFeed
from beffroi.logbook.changes import EntryAdded, EntryChanged, EntryRemoved, ManyEntriesAdded
from beffroi.logbook.entry import Entry, Lifecycle
from beffroi.logbook.point_columns import (
    KEY_EVENT,
    OPEN_FOLLOWUP,
    VOID,
    GridColumns,
    Growing,
    PointColumns,
    Values,
    empty,
    mercator,
)
from beffroi.logbook.point_grid import Box, gridded
from beffroi.logbook.points_load import read_all
from beffroi.store import Store
from beffroi.taxonomy import theme_index

Mask = NDArray[np.bool_]
Rids = NDArray[np.int64]


class Points:
    """Every located entry of the store.  `load` once, from the background; changes follow alone."""

    def __init__(self, store: Store, feed: ChangeFeed | None = None) -> None:
        self._store = store
        self._lock = threading.RLock()
        self._kept = Growing(empty(0))
        self._nowhere: Rids = np.zeros(0, np.int64)
        self._early: list[Entry] = []
        self._reading = 0
        self.loaded = False
        if feed is not None:
            feed.subscribe(EntryAdded, self.apply)
            feed.subscribe(EntryChanged, self.apply)
            feed.subscribe(EntryRemoved, self._forget)
            feed.subscribe(ManyEntriesAdded, self._read_again)

    @property
    def total(self) -> int:
        """How many entries there are, with or without a place."""
        return self._kept.size + len(self._nowhere)

    @property
    def unlocated(self) -> int:
        """How many entries have no place: counted, never hidden."""
        return len(self._nowhere)

    def load(self) -> None:
        """Read every located entry; what changes meanwhile is caught up."""
        with self._lock:
            self._reading += 1
        try:
            with self._store.read() as connection:
                columns, nowhere = read_all(connection)
            with self._lock:
                self._kept, self._nowhere = Growing(columns), nowhere
                self.loaded = True
                for entry in self._early:
                    self._put(entry)
        finally:
            with self._lock:
                self._reading -= 1
                if self.loaded and not self._reading:
                    self._early.clear()

    def apply(self, change: EntryAdded | EntryChanged) -> None:
        """Take one change in."""
        with self._lock:
            if self.loaded:
                self._put(change.entry)
            if self._reading or not self.loaded:
                self._early.append(change.entry)

    def _forget(self, change: EntryRemoved) -> None:
        """An entry left this node."""
        with self._lock:
            self._early = [entry for entry in self._early if entry.rid != change.rid]
            self._kept.remove(change.rid)
            self._nowhere = self._nowhere[self._nowhere != change.rid]

    def _read_again(self, _change: ManyEntriesAdded) -> None:
        if self.loaded:
            self.load()

    def columns(
        self,
        rids: Rids | None = None,
        since: int | None = None,
        until: int | None = None,
    ) -> PointColumns:
        """Copies of the columns, newest first; only `rids`, only that period (until excluded)."""
        with self._lock:
            kept = self._kept.view()
            chosen = self._chosen(kept, rids, since, until)
            if chosen is None:
                return kept.map(lambda column: column[::-1].copy())
            at = np.flatnonzero(chosen)[::-1]
            return kept.map(lambda column: column[at])

    def grid(
        self,
        box: Box,
        cols: int,
        rows: int,
        *,
        rids: Rids | None = None,
        since: int | None = None,
        until: int | None = None,
        themes: frozenset[int] | set[int] | None = None,
        min_gravity: int = 0,
    ) -> GridColumns:
        """What a screen of `cols` by `rows` cells over a mercator box shows, a row per full cell."""
        with self._lock:
            kept = self._kept.view()
            chosen = self._chosen(kept, rids, since, until)
            if themes is not None:
                table = np.zeros(256, dtype=bool)
                table[list(themes)] = True
                chosen = both(chosen, table[kept.theme])
            if min_gravity > 0:
                chosen = both(chosen, kept.gravity >= min_gravity)
            return gridded(kept, chosen, box, cols, rows)

    def in_box(
        self,
        box: Box,
        limit: int,
        *,
        rids: Rids | None = None,
        since: int | None = None,
        until: int | None = None,
    ) -> Rids:
        """The row ids inside a mercator box, newest first."""
        with self._lock:
            kept = self._kept.view()
            inside = (kept.x >= box[0]) & (kept.x <= box[2]) & (kept.y >= box[1])
            inside &= kept.y <= box[3]
            chosen = both(self._chosen(kept, rids, since, until), inside)
            return kept.rid[np.flatnonzero(chosen)[::-1][:limit]]

    def hist(self, since: int, until: int, bins: int) -> NDArray[np.int64]:
        """How many located entries in each of `bins` equal parts of a period: bins × gravity."""
        with self._lock:
            kept = self._kept.view()
            inside = np.flatnonzero((kept.t >= since) & (kept.t < until))
            at = ((kept.t[inside] - since) * bins) // max(1, until - since)
            cell = at * 5 + np.minimum(kept.gravity[inside], 4)
            return np.bincount(cell, minlength=bins * 5).reshape(bins, 5)

    def extent(self) -> tuple[int, int] | None:
        """The first and last event times of located entries; None when there is none."""
        with self._lock:
            times = self._kept.view().t
            return (int(times.min()), int(times.max())) if len(times) else None

    def _chosen(
        self,
        kept: PointColumns,
        rids: Rids | None,
        since: int | None,
        until: int | None,
    ) -> Mask | None:
        chosen: Mask | None = None
        if rids is not None:
            chosen = np.zeros(len(kept.rid), dtype=bool)
            wanted = np.asarray(rids, dtype=np.int64)
            if len(wanted) and len(kept.rid):
                at = np.minimum(np.searchsorted(kept.rid, wanted), len(kept.rid) - 1)
                chosen[at[kept.rid[at] == wanted]] = True
        if since is not None:
            chosen = both(chosen, kept.t >= since)
        if until is not None:
            chosen = both(chosen, kept.t < until)
        return chosen

    def _put(self, entry: Entry) -> None:
        at = int(np.searchsorted(self._nowhere, entry.rid))
        lost = at < len(self._nowhere) and self._nowhere[at] == entry.rid
        if entry.content.lon is None:
            self._kept.remove(entry.rid)
            if not lost:
                self._nowhere = np.insert(self._nowhere, at, entry.rid)
            return
        if lost:
            self._nowhere = np.delete(self._nowhere, at)
        self._kept.put(values_of(entry))


def values_of(entry: Entry) -> Values:
    """What the columns keep of a located entry."""
    content = entry.content
    x, y = mercator(content.lon or 0.0, content.lat or 0.0)
    flags = (
        KEY_EVENT * content.key_event
        | VOID * (entry.lifecycle is Lifecycle.VOID)
        | OPEN_FOLLOWUP * (entry.followup not in ("", "done", "dropped"))
    )
    theme = theme_index(content.tags)
    return x, y, entry.rid, entry.event_time, theme, content.gravity, flags


def both(first: Mask | None, second: Mask) -> Mask:
    """Where both hold."""
    return second if first is None else first & second
