"""Plays recorded fixes again, from now on, at their pace or up to sixty times as fast."""

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from beffroi.tracks.fix import Fix

SPEEDS = (1, 2, 5, 10, 30, 60)


class Replay:
    """Fixes (in the order of their times) replayed from the moment `begun` (UTC ms).

    Each is told as if it were of now: the rules and the ages work as they would live.
    """

    def __init__(self, fixes: Sequence[Fix], begun: int, speed: float = 1.0) -> None:
        self._fixes = sorted(fixes, key=lambda fix: fix.time)
        self._begun = begun
        self.speed = speed
        self._told = 0
        self._start = self._fixes[0].time if self._fixes else 0
        self._times = [fix.time for fix in self._fixes]

    @property
    def done(self) -> bool:
        """Whether all was told."""
        return self._told >= len(self._fixes)

    @property
    def share(self) -> float:
        """How much was told, 0 to 1."""
        return self._told / len(self._fixes) if self._fixes else 1.0

    def due(self, now: int) -> list[Fix]:
        """What is to be told at `now` (UTC ms), each fix once, with its time moved to now."""
        reached = self._start + (now - self._begun) * self.speed
        end = max(self._told, bisect_right(self._times, reached))
        some = self._fixes[self._told : end]
        self._told = end
        return [self._moved(fix) for fix in some]

    def at_speed(self, speed: float, now: int) -> None:
        """Go on at another speed from `now` (UTC ms)."""
        reached = self._start + (now - self._begun) * self.speed
        self.speed = speed
        self._begun = round(now - (reached - self._start) / speed)

    def _moved(self, fix: Fix) -> Fix:
        time = round(self._begun + (fix.time - self._start) / self.speed)
        worth = fix.stale - fix.time if fix.stale else 0
        return msgspec.structs.replace(fix, time=time, stale=time + worth if worth > 0 else 0)
