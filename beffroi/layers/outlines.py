"""The lines and areas of a calque, ready to be drawn: in metres, simplified for a zoom, by view."""

import threading
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from beffroi.layers.marks import due, seconds
from beffroi.layers.mercator import Array, MercatorBox, inside_the_world, metres
from beffroi.layers.painting import Places
from beffroi.observations.model import Shapes

MOST_IN_VIEW = 8_000
"""So many shapes are sent at most; the biggest ones, and the reply says that there are more."""
_ZOOMS_KEPT = 4
_PIXEL = 0.6
"""What is lost by simplifying stays below this part of a pixel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The shapes that a view shows: columns of one length, and whether some were left out."""

    rid: NDArray[np.int64]
    drawn: Array
    time: NDArray[np.uint32]
    due: NDArray[np.uint32]
    place: Places
    more: bool


class Outlines:
    """Lines and areas of one moment; another delivery makes another object."""

    def __init__(self, shapes: Shapes, place: Places, validity_s: int) -> None:
        self.rid = shapes.rid
        self.time = seconds(shapes.time)
        self.due = due(shapes.time, shapes.until, shapes.seen, validity_s)
        self.place = place
        self._lock = threading.Lock()
        self._drawn = shapely.transform(
            shapely.force_2d(shapely.from_wkb(np.array(shapes.wkb, object))), _metres
        )
        self._tree = shapely.STRtree(self._drawn)
        sides = shapely.bounds(self._drawn)
        self._span = np.nan_to_num(np.maximum(sides[:, 2] - sides[:, 0], sides[:, 3] - sides[:, 1]))
        west, south, east, north = shapely.total_bounds(self._drawn).tolist()
        self.extent: MercatorBox = (west, south, east, north)
        areas = np.isin(shapely.get_type_id(self._drawn), (3, 6))
        self.mostly_areas = bool(areas.mean() >= 0.5) if len(areas) else True
        self._simple: dict[int, Array] = {}

    def __len__(self) -> int:
        return len(self.rid)

    def view(self, box: MercatorBox, resolution: float) -> Seen:
        """What of them touches `box` at `resolution` (metres a pixel)."""
        touched = np.unique(
            np.concatenate(
                [self._tree.query(shapely.box(*piece)) for piece, _s in inside_the_world(box)]
            )
        )
        more = len(touched) > MOST_IN_VIEW
        if more:
            biggest = np.argpartition(-self._span[touched], MOST_IN_VIEW)[:MOST_IN_VIEW]
            touched = np.sort(touched[biggest])
        return Seen(
            rid=self.rid[touched], drawn=self._simplified(touched, resolution), more=more,
            time=self.time[touched], due=self.due[touched], place=self.place[touched],
        )  # fmt: skip

    def _simplified(self, which: NDArray[np.int64], resolution: float) -> Array:
        level = int(np.floor(np.log2(max(resolution, 1e-3))))
        with self._lock:
            known = self._simple.setdefault(level, np.full(len(self.rid), None, object))
            if len(self._simple) > _ZOOMS_KEPT:
                self._simple.pop(next(key for key in self._simple if key != level))
            todo = which[shapely.is_missing(known[which])]
            if len(todo):
                known[todo] = shapely.simplify(self._drawn[todo], 2.0**level * _PIXEL)
            found: Array = known[which]
            return found


def _metres(coordinates: Array) -> Array:
    return np.column_stack(metres(coordinates[:, 0], coordinates[:, 1]))
