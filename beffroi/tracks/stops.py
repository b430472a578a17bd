"""Where a track stood still: stretches of fixes that stay within a few metres, without a gap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians

from beffroi.layers.drawing.geodesic import DEGREE_M, leg
from beffroi.layers.shapes import Position
from beffroi.tracks.fix import Fix


@dataclass(frozen=True, slots=True)
class Stop:
    """From the first to the last fix of a stop (UTC ms), at the first."""

    start: int
    end: int
    at: tuple[float, float]

    @property
    def seconds(self) -> float:
        """How long it lasted."""
        return (self.end - self.start) / 1000


def stops(fixes: Sequence[Fix], still_m: float, gap_s: float) -> Iterable[Stop]:
    """Every stretch of two fixes or more within `still_m` of its first, cut where `gap_s` is missing."""
    first: Fix | None = None
    last: Fix | None = None
    for fix in fixes:
        if first is not None and last is not None and _goes_on(first, last, fix, still_m, gap_s):
            last = fix
            continue
        if first is not None and last is not None and last is not first:
            yield Stop(first.time, last.time, first.at)
        first = last = fix
    if first is not None and last is not None and last is not first:
        yield Stop(first.time, last.time, first.at)


def standing(fixes: Sequence[Fix], still_m: float, gap_s: float) -> Stop | None:
    """The stop that the last of `fixes` belongs to: looked for backwards from it."""
    if not fixes:
        return None
    last = first = fixes[-1]
    for fix in reversed(fixes[:-1]):
        if 0 < gap_s * 1000 < first.time - fix.time or not within(last.at, fix.at, still_m):
            break
        first = fix
    return Stop(first.time, last.time, last.at) if first is not last else None


def within(one: Position, other: Position, metres: float) -> bool:
    """Whether two positions are at most so far apart; measured exactly only when it is close."""
    dy = (one[1] - other[1]) * DEGREE_M
    dx = ((one[0] - other[0] + 180) % 360 - 180) * DEGREE_M * cos(radians(one[1]))
    about = hypot(dx, dy)
    if abs(about - metres) > 0.02 * metres:
        return about <= metres
    return leg(one, other)[0] <= metres


def _goes_on(first: Fix, last: Fix, fix: Fix, still_m: float, gap_s: float) -> bool:
    if 0 < gap_s * 1000 < fix.time - last.time:
        return False
    return within(first.at, fix.at, still_m)
