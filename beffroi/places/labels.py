"""Chooses the names a map shows: the biggest places, spread over the view."""

import numpy as np
import numpy.typing as npt

from beffroi.places.gazetteer import Gazetteer
from beffroi.places.place import KINDS, Place

Box = tuple[float, float, float, float]
CELLS = 9
"""The view is cut into this many columns and rows; each names few places."""
_WIDEST = {"commune": 12.0, "lieu": 360.0, "pays": 360.0, "quartier": 0.12, "gare": 0.06}
_NARROWEST = {"pays": 24.0}
_BOROUGHS_BELOW = 0.4
CITY = 90_000
"""Inhabitants above which a town is named on a map of the whole country."""


def labels_in(book: Gazetteer, box: Box, limit: int) -> list[Place]:
    """The places to name in the box (west, south, east, north), the biggest first.

    The box may cross 180°, either way of writing it: east below west, or beyond 180.
    """
    west, south, east, north = box
    width = min(east - west if east >= west else east - west + 360, 360.0)
    offsets = (book.lons - west) % 360
    inside = (offsets <= width) & (book.lats >= south) & (book.lats <= north)
    inside &= _shown_at(book, width)
    rows = np.flatnonzero(inside)
    rows = rows[np.argsort(-book.populations[rows], kind="stable")]
    across = offsets[rows] / max(width, 1e-9)
    up = (book.lats[rows] - south) / max(north - south, 1e-9)
    rows = rows[_spread(across, up, max(1, limit // 30))]
    return [book.place(int(row)) for row in rows[:limit]]


def _shown_at(book: Gazetteer, width: float) -> npt.NDArray[np.bool_]:
    """Which places are of a kind and a size to be named in a view so many degrees wide."""
    kinds = [
        number
        for number, kind in enumerate(KINDS)
        if _NARROWEST.get(kind, 0.0) <= width <= _WIDEST.get(kind, 0.0)
    ]
    shown: npt.NDArray[np.bool_] = np.isin(book.kinds, kinds)
    if width > _WIDEST["commune"]:
        shown |= book.kinds == KINDS.index("commune")
        shown &= (book.populations >= CITY) | (book.kinds == KINDS.index("pays"))
        shown |= _overseas(book)
    return shown & ~book.boroughs if width >= _BOROUGHS_BELOW else shown


def _overseas(book: Gazetteer) -> npt.NDArray[np.bool_]:
    """The overseas départements and collectivities, named even on a map of the world."""
    territories: npt.NDArray[np.bool_] = book.kinds == KINDS.index("département")
    return territories & ((book.lats < 41) | (book.lons < -6))


def _spread(
    across: npt.NDArray[np.float64], up: npt.NDArray[np.float64], per_cell: int
) -> npt.NDArray[np.intp]:
    """The first `per_cell` of each cell of the view, in the same order."""
    cells = (across * CELLS).astype(np.int32) * (CELLS + 1) + (up * CELLS).astype(np.int32)
    order = np.argsort(cells, kind="stable")
    grouped = cells[order]
    starts = np.flatnonzero(np.r_[True, grouped[1:] != grouped[:-1]]) if grouped.size else order
    rank = np.arange(grouped.size) - np.repeat(starts, np.diff(np.r_[starts, grouped.size]))
    return np.sort(order[rank < per_cell])
