"""Puts a million points into the cells of a screen, with whole-array operations only."""

import numpy as np
from numpy.typing import NDArray

from beffroi.logbook.point_columns import KEY_EVENT, OPEN_FOLLOWUP, VOID, GridColumns, PointColumns

Box = tuple[float, float, float, float]


def gridded(
    kept: PointColumns, chosen: NDArray[np.bool_] | None, box: Box, cols: int, rows: int
) -> GridColumns:
    """The full cells of a `cols` × `rows` screen over `box`; `kept` is in the order of row ids."""
    at, cell = _cells(kept, chosen, box, cols, rows)
    count = np.bincount(cell, minlength=cols * rows)
    full = np.flatnonzero(count)
    newest = np.zeros(cols * rows, np.int64)
    newest[cell] = at  # later rows overwrite earlier ones: the newest stays
    gravity = _highest(kept.gravity[at], cell, cols * rows)
    flags = _gathered(kept.flags[at], cell, cols * rows)
    top = newest[full]
    return GridColumns(
        rid=kept.rid[top],
        x=kept.x[top],
        y=kept.y[top],
        t=kept.t[top],
        theme=kept.theme[top],
        gravity=gravity[full],
        flags=flags[full],
        count=count[full],
    )


def _cells(
    kept: PointColumns, chosen: NDArray[np.bool_] | None, box: Box, cols: int, rows: int
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Which points fall in the box, and each one's cell (row 0 is the south)."""
    west, south, east, north = box
    inside = (kept.x >= west) & (kept.x < east) & (kept.y >= south) & (kept.y < north)
    if chosen is not None:
        inside &= chosen
    at = np.flatnonzero(inside)
    across = (kept.x[at] - west) * (cols / max(east - west, 1e-9))
    up = (kept.y[at] - south) * (rows / max(north - south, 1e-9))
    column = np.minimum(across.astype(np.int32), cols - 1)
    row = np.minimum(up.astype(np.int32), rows - 1)
    return at, row * np.int32(cols) + column


def _highest(gravity: NDArray[np.uint8], cell: NDArray[np.int32], size: int) -> NDArray[np.uint8]:
    highest = np.zeros(size, np.uint8)
    for level in (1, 2, 3, 4):
        highest[cell[gravity == level]] = level
    return highest


def _gathered(flags: NDArray[np.uint8], cell: NDArray[np.int32], size: int) -> NDArray[np.uint8]:
    gathered = np.zeros(size, np.uint8)
    for flag in (KEY_EVENT, VOID, OPEN_FOLLOWUP):
        gathered[np.unique(cell[(flags & flag) != 0])] |= np.uint8(flag)
    return gathered
