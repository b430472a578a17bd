"""The order of the list: a million row ids as one array, and where each day begins.

The list shows one heading per day among the entries.  Everything here is arithmetic on arrays,
so that a million entries cost a few milliseconds and none of them has to be read.
"""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from beffroi.clock import from_datetime
from beffroi.ids import EPOCH_2020_MS

Ints = NDArray[np.int64]
_EMPTY: Ints = np.empty(0, np.int64)


def entered_times(rids: Ints) -> Ints:
    """The moment in which each row id was made."""
    return rids // 4 + EPOCH_2020_MS


def midnights(first: int, last: int, zone: ZoneInfo) -> Ints:
    """The beginning of every day of `zone` from `first` to `last` (UTC ms), and of the next one."""
    day = _day(first, zone)
    starts: list[int] = []
    while not starts or starts[-1] <= last:
        starts.append(from_datetime(datetime(day.year, day.month, day.day, tzinfo=zone)))
        day += timedelta(days=1)
    return np.array(starts, np.int64)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Entries newest first, with a heading row before the first entry of each day.

    `rids` and `times` run in parallel; `firsts` are the positions that begin a day. A *row* counts
    headings, a *position* does not.
    """

    rids: Ints
    times: Ints
    firsts: Ints
    days: tuple[date, ...]
    zone: ZoneInfo
    by_rid: bool = True
    """Whether row ids fall all the way down, so that one is found by halving."""

    @classmethod
    def of(cls, rids: Ints, times: Ints, zone: ZoneInfo) -> "Timeline":
        """The timeline of these entries, already in order."""
        if not len(rids):
            return cls(_EMPTY, _EMPTY, _EMPTY, (), zone)
        if np.any(times[:-1] < times[1:]):
            order = np.lexsort((-rids, -times))
            rids, times = rids[order], times[order]
        starts = midnights(int(times.min()), int(times.max()), zone)
        day_of = np.searchsorted(starts, times, "right")
        firsts = np.concatenate(([0], np.flatnonzero(np.diff(day_of)) + 1)).astype(np.int64)
        days = tuple(_day(int(times[p]), zone) for p in firsts)
        return cls(rids, times, firsts, days, zone, bool(np.all(rids[:-1] > rids[1:])))

    @property
    def rows(self) -> int:
        """How many rows, headings included."""
        return len(self.rids) + len(self.firsts)

    @property
    def heads(self) -> Ints:
        """The rows that are headings."""
        return self.firsts + np.arange(len(self.firsts))

    def day_at(self, row: int) -> date | None:
        """The day whose heading is at `row`, if it is one."""
        block = self.block_of(row)
        return self.days[block] if block >= 0 and int(self.firsts[block]) + block == row else None

    def block_of(self, row: int) -> int:
        """Which day `row` belongs to, as an index into `days`; -1 when there is none."""
        return int(np.searchsorted(self.heads, row, "right")) - 1

    def position(self, row: int) -> int | None:
        """The position of the entry at `row`; None for a heading or no row."""
        if not 0 <= row < self.rows or self.day_at(row) is not None:
            return None
        return row - self.block_of(row) - 1

    def row(self, position: int) -> int:
        """The row of the entry at `position`."""
        return position + int(np.searchsorted(self.firsts, position, "right"))

    def find(self, rid: int) -> int | None:
        """The position of an entry, if it is in the list."""
        if self.by_rid:
            at = bisect_left(range(len(self.rids)), -rid, key=lambda i: -int(self.rids[i]))
            return at if at < len(self.rids) and int(self.rids[at]) == rid else None
        found = np.flatnonzero(self.rids == rid)
        return int(found[0]) if len(found) else None

    def place_for(self, rid: int, time: int) -> int:
        """The position at which an entry of that time belongs (newest first, then newest made)."""

        def age(at: int) -> tuple[int, int]:
            return -int(self.times[at]), -int(self.rids[at])

        return bisect_left(range(len(self.rids)), (-time, -rid), key=age)

    def with_entries(self, rids: Ints, times: Ints) -> "Timeline":
        """The timeline with a few entries more, at the cost of copying the arrays."""
        all_rids, all_times = self.rids, self.times
        order = np.lexsort((-rids, -times))
        where = [self.place_for(int(rids[i]), int(times[i])) for i in order]
        for come, (at, i) in enumerate(zip(where, order, strict=True)):
            all_rids = _put(all_rids, at + come, int(rids[i]))
            all_times = _put(all_times, at + come, int(times[i]))
        days = Counter(_day(int(t), self.zone) for t in times)
        by_rid = self.by_rid and bool(np.all(all_rids[:-1] > all_rids[1:]))
        return Timeline(all_rids, all_times, *self._recounted(days), self.zone, by_rid)

    def _recounted(self, more: Counter[date]) -> tuple[Ints, tuple[date, ...]]:
        """Where days begin once `more` entries of each day are there."""
        ends = np.append(self.firsts, len(self.rids))
        counts = Counter(dict(zip(self.days, np.diff(ends).tolist(), strict=True)))
        counts.update(more)
        days = tuple(sorted((d for d, n in counts.items() if n > 0), reverse=True))
        firsts = np.cumsum([0, *(counts[d] for d in days)])[:-1].astype(np.int64)
        return firsts, days

    def without(self, position: int) -> "Timeline":
        """The timeline with one entry less."""
        day = _day(int(self.times[position]), self.zone)
        return Timeline(
            np.delete(self.rids, position),
            np.delete(self.times, position),
            *self._recounted(Counter({day: -1})),
            self.zone,
            self.by_rid,
        )


def _put(values: Ints, at: int, value: int) -> Ints:
    return np.concatenate((values[:at], np.array([value], np.int64), values[at:]))


def _day(moment: int, zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(moment / 1000, tz=UTC).astimezone(zone).date()


def empty(zone: ZoneInfo) -> Timeline:
    """No entry yet."""
    return Timeline.of(_EMPTY, _EMPTY, zone)
