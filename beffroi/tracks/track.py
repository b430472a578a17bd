"""The fixes of one moving thing, in the order of their times whatever the order in which they came."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from operator import attrgetter

from beffroi.layers.drawing.geodesic import leg
from beffroi.tracks.fix import Fix

MOST = 20_000
"""Fixes kept of one track, the newest: 24 h at one every 4 s."""
AHEAD_MS = 120_000
"""A fix later than now by more than this comes from a clock that is wrong: it is left out."""
PACE_MS, LEAST_PACE_MS = 20_000, 2_000
"""Over how long a speed that nobody says is measured, at most and at least."""
_time = attrgetter("time")


class Track:
    """One moving thing.  Two fixes of one moment are one: the first that came."""

    def __init__(self, uid: str) -> None:
        self.uid = uid
        self._fixes: list[Fix] = []

    def take(self, fixes: Iterable[Fix], now: int) -> bool:
        """Put in fixes in any order; whether the latest one is another than before."""
        before = self.last
        for fix in fixes:
            if fix.time <= now + AHEAD_MS and not self._has(fix.time):
                insort(self._fixes, fix, key=_time)
        if len(self._fixes) > MOST:
            del self._fixes[: len(self._fixes) - MOST]
        return self.last is not before

    def _has(self, time: int) -> bool:
        at = bisect_left(self._fixes, time, key=_time)
        return at < len(self._fixes) and self._fixes[at].time == time

    @property
    def last(self) -> Fix | None:
        """The latest fix by its own time; None before any."""
        return self._fixes[-1] if self._fixes else None

    @property
    def callsign(self) -> str:
        """What it is called: the last name told, or its identity."""
        last = self.last
        return last.callsign if last is not None and last.callsign else self.uid

    @property
    def speed(self) -> float | None:
        """How fast it goes, in m/s: as its source says, or by its positions of the last seconds."""
        last = self.last
        if last is None or last.speed is not None:
            return last.speed if last else None
        first = next(iter(self.since(last.time - PACE_MS)), last)
        if last.time - first.time < LEAST_PACE_MS:
            return None
        metres, _bearing = leg((first.lon, first.lat), (last.lon, last.lat))
        return metres * 1000 / (last.time - first.time)

    def since(self, moment: int) -> Sequence[Fix]:
        """The fixes from `moment` on, the oldest first."""
        return self._fixes[bisect_left(self._fixes, moment, key=_time) :]

    def between(self, start: int, end: int) -> Sequence[Fix]:
        """The fixes from `start` to `end`, both in, the oldest first."""
        return [fix for fix in self.since(start) if fix.time <= end]

    def __len__(self) -> int:
        return len(self._fixes)
