"""The way that something is to follow: where along it a position is, and how far beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

import numpy as np
from numpy.typing import NDArray

from beffroi.layers.drawing.geodesic import DEGREE_M, leg, near
from beffroi.layers.shapes import Position

_SAME_M = 5.0
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Along:
    """A position against a route: metres along it, metres beside it, and the nearest point of it."""

    along_m: float
    beside_m: float
    nearest: Position


class Route:
    """A line of positions.  It is continuous: it may cross the 180th meridian."""

    def __init__(self, line: Sequence[Position]) -> None:
        points: list[Position] = []
        for position in line:
            placed = near(position, points[-1]) if points else position
            if not points or placed != points[-1]:
                points.append(placed)
        self.points = tuple(points)
        self._at = [0.0]
        for start, end in pairwise(self.points):
            self._at.append(self._at[-1] + leg(start, end)[0])
        self._starts, self._spans = np.array(self._at[:-1]), np.diff(np.array(self._at))
        lonlat = np.array(self.points, dtype=np.float64).reshape(-1, 2)
        self._lon, self._lat = lonlat[:-1, 0], lonlat[:-1, 1]
        self._dlon, self._dlat = np.diff(lonlat[:, 0]), np.diff(lonlat[:, 1])

    @property
    def length_m(self) -> float:
        """How long it is."""
        return self._at[-1]

    def along(self, position: Position, *, hint_m: float | None = None) -> Along | None:
        """Where `position` is along the route; None for a route of less than two points.

        Where the way comes back near itself, the nearest place after `hint_m` is taken among those
        that are as near within a few metres: one does not jump to the way back.
        """
        if len(self.points) < 2:
            return None
        beside, shares = self._from(position)
        close = np.flatnonzero(beside <= beside.min() + _SAME_M)
        metres = self._starts[close] + self._spans[close] * shares[close]
        if hint_m is None:
            chosen = int(np.argmin(beside[close]))
        else:
            chosen = int(np.argmin(np.abs(metres - hint_m)))
        n = int(close[chosen])
        nearest = self._between(n, float(shares[n]))
        return Along(float(metres[chosen]), leg(position, nearest)[0], nearest)

    def _from(self, position: Position) -> tuple[Floats, Floats]:
        """About how far (m) each segment is, and which share of it lies before its nearest point."""
        shrink = cos(radians(position[1]))
        px = ((position[0] - self._lon + 180) % 360 - 180) * shrink
        py = position[1] - self._lat
        dx, dy = self._dlon * shrink, self._dlat
        span = dx * dx + dy * dy
        share = np.clip((px * dx + py * dy) / np.where(span == 0, 1.0, span), 0.0, 1.0)
        return np.hypot(px - share * dx, py - share * dy) * DEGREE_M, share

    def _between(self, n: int, share: float) -> Position:
        (ax, ay), (bx, by) = self.points[n], self.points[n + 1]
        return ax + (bx - ax) * share, ay + (by - ay) * share

    def part(self, start_m: float, end_m: float) -> tuple[Position, ...]:
        """The stretch from `start_m` to `end_m`, cut at the ends of the route."""
        start_m, end_m = max(0.0, start_m), min(self.length_m, end_m)
        if start_m >= end_m:
            return ()
        inside = [p for p, at in zip(self.points, self._at, strict=True) if start_m < at < end_m]
        return (self._point(start_m), *inside, self._point(end_m))

    def _point(self, metres: float) -> Position:
        for n, (start, end) in enumerate(pairwise(self._at)):
            if metres <= end and end > start:
                return self._between(n, (metres - start) / (end - start))
        return self.points[-1]
