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
_BOROUGH = "Arrondissement"


def labels_in(book: Gazetteer, box: Box, limit: int) -> list[Place]:
    """The places to name in the box (west, south, east, north), the biggest first."""
    west, south, east, north = box
    width = east - west
    kinds = [
        number
        for number, kind in enumerate(KINDS)
        if _NARROWEST.get(kind, 0.0) <= width <= _WIDEST.get(kind, 0.0)
    ]
    if width > _WIDEST["commune"]:
        kinds.append(KINDS.index("commune"))
    inside = (book.lons >= west) & (book.lons <= east)
    inside &= (book.lats >= south) & (book.lats <= north) & np.isin(book.kinds, kinds)
    if width > _WIDEST["commune"]:
        inside &= (book.populations >= 90_000) | (book.kinds == KINDS.index("pays"))
    rows = np.flatnonzero(inside)
    rows = rows[np.argsort(-book.populations[rows], kind="stable")]
    rows = _spread(book, rows, box, max(1, limit // 30))
    places = (book.place(int(row)) for row in rows)
    kept = [p for p in places if width < 0.4 or _BOROUGH not in p.name]
    return kept[:limit]


def _spread(
    book: Gazetteer, rows: npt.NDArray[np.intp], box: Box, per_cell: int
) -> npt.NDArray[np.intp]:
    """The first `per_cell` rows of each cell of the view, in the same order."""
    west, south, east, north = box
    columns = (book.lons[rows] - west) / max(east - west, 1e-9) * CELLS
    lines = (book.lats[rows] - south) / max(north - south, 1e-9) * CELLS
    cells = columns.astype(np.int32) * (CELLS + 1) + lines.astype(np.int32)
    order = np.argsort(cells, kind="stable")
    grouped = cells[order]
    starts = np.flatnonzero(np.r_[True, grouped[1:] != grouped[:-1]]) if grouped.size else order
    rank = np.arange(grouped.size) - np.repeat(starts, np.diff(np.r_[starts, grouped.size]))
    return rows[np.sort(order[rank < per_cell])]
