"""Columns of numbers about located entries, sorted by row id, that grow at their end for free."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS = 6_378_137.0
MERCATOR_LIMIT = 85.05112878
KEY_EVENT, VOID, OPEN_FOLLOWUP = 1, 2, 4
Array = NDArray[Any]
Values = tuple[float, float, int, int, int, int, int]
_SPARE = 4096


@dataclass(frozen=True, slots=True)
class PointColumns:
    """Located entries: mercator metres, row id, event time, theme (see taxonomy), gravity, flags."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    rid: NDArray[np.int64]
    t: NDArray[np.int64]
    theme: NDArray[np.uint8]
    gravity: NDArray[np.uint8]
    flags: NDArray[np.uint8]

    def map(self, change: Callable[[Array], Array]) -> "PointColumns":
        """The same columns, each changed alike."""
        return PointColumns(*(change(column) for column in self.all()))

    def all(self) -> tuple[Array, ...]:
        """The columns in their order."""
        return self.x, self.y, self.rid, self.t, self.theme, self.gravity, self.flags

    def __len__(self) -> int:
        return len(self.rid)


@dataclass(frozen=True, slots=True)
class GridColumns:
    """One row per cell that has entries: the newest one's, with the cell's highest gravity.

    `flags` gathers those of all the cell's entries; `count` is how many it holds.
    """

    rid: NDArray[np.int64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    t: NDArray[np.int64]
    theme: NDArray[np.uint8]
    gravity: NDArray[np.uint8]
    flags: NDArray[np.uint8]
    count: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.rid)


def empty(size: int) -> PointColumns:
    """Columns of zeros."""
    return PointColumns(
        np.zeros(size),
        np.zeros(size),
        np.zeros(size, np.int64),
        np.zeros(size, np.int64),
        np.zeros(size, np.uint8),
        np.zeros(size, np.uint8),
        np.zeros(size, np.uint8),
    )


def mercator(lon: float, lat: float) -> tuple[float, float]:
    """Web mercator metres of a point; the poles are drawn at the edge."""
    lat = max(-MERCATOR_LIMIT, min(MERCATOR_LIMIT, lat))
    return (
        math.radians(lon) * EARTH_RADIUS,
        math.asinh(math.tan(math.radians(lat))) * EARTH_RADIUS,
    )


class Growing:
    """Columns sorted by row id; a newer row costs nothing, an older one moves those after it."""

    def __init__(self, columns: PointColumns) -> None:
        self._kept = columns
        self.size = len(columns)
        self._grow()

    def view(self) -> PointColumns:
        """The rows there are, without the spare room; true until the next change."""
        size = self.size
        return self._kept.map(lambda column: column[:size])

    def find(self, rid: int) -> tuple[int, bool]:
        """Where `rid` is or would be, and whether it is there."""
        rids = self._kept.rid[: self.size]
        at = self.size if not self.size or rid > rids[-1] else int(np.searchsorted(rids, rid))
        return at, at < self.size and int(rids[at]) == rid

    def put(self, values: Values) -> None:
        """Add or replace a row."""
        at, known = self.find(values[2])
        if not known:
            self._make_room(at)
        for column, value in zip(self._kept.all(), values, strict=True):
            column[at] = value

    def remove(self, rid: int) -> None:
        """Take a row out, if it is there."""
        at, known = self.find(rid)
        if known:
            for column in self._kept.all():
                column[at : self.size - 1] = column[at + 1 : self.size]
            self.size -= 1

    def _make_room(self, at: int) -> None:
        if self.size == len(self._kept):
            self._grow()
        for column in self._kept.all():
            column[at + 1 : self.size + 1] = column[at : self.size]
        self.size += 1

    def _grow(self) -> None:
        self._kept = joined([self._kept, empty(_SPARE + self.size // 8)])


def joined(parts: Sequence[PointColumns]) -> PointColumns:
    """Columns one after the other."""
    if not parts:
        return empty(0)
    return PointColumns(
        *(np.concatenate(same) for same in zip(*(p.all() for p in parts), strict=True))
    )
