"""What the page fetches of a calque, as bytes: a header of eight numbers, then columns.

All numbers are little-endian, the widest columns first so that each lies on its own boundary.
Points: header `rows, kind, step, gone`; f64 `x, y, rid`, f64 `gone` rids, u32 `time, due`, u32
`count` (of cells only), u16 `place`.  Shapes: header `rows, rings, positions, more`; f64 `rid`, f64
x and y by turns, u32 `time, due`, u32 where the rings of each shape start (rows + 1), u32 where
each ring ends, u16 `place`, u8 whether it is an area, u8 whether a ring is an outer one.
"""

import numpy as np
import shapely
from numpy.typing import NDArray

from beffroi.layers.marks import Marks
from beffroi.layers.mercator import Array, MercatorBox, inside_the_world
from beffroi.layers.outlines import Seen
from beffroi.layers.painting import HIDDEN

WHOLE, CELLS, STEP = 0, 1, 2
"""Kinds of a reply: every point; one row per cell of the view; what changed since a step."""
WHOLE_LIMIT = 200_000
"""Up to so many points the page holds them all."""
_NONE: NDArray[np.int64] = np.zeros(0, np.int64)


def whole(marks: Marks, step: int) -> bytes:
    """Every point: the page draws by itself whatever it shows."""
    return _points(marks, WHOLE, step, _NONE)


def step_of(marks: Marks, gone: NDArray[np.int64], step: int) -> bytes:
    """What is new or changed, and what went, up to `step`."""
    return _points(marks, STEP, step, gone)


def cells(marks: Marks, step: int, box: MercatorBox, side: float) -> bytes:
    """One row per non-empty cell (`side` metres) of `box`: its newest, and how many there are.

    The row lies in the middle of what the cell holds when cells are wide, on the newest else.
    """
    parts = [(_celled(marks, piece, side), shift) for piece, shift in inside_the_world(box)]
    found = Marks(
        x=np.concatenate([cell.x + shift for (cell, _n), shift in parts]),
        **{
            name: np.concatenate([getattr(cell, name) for (cell, _n), _shift in parts])
            for name in ("rid", "y", "time", "due", "place")
        },
    )
    return _points(found, CELLS, step, _NONE, np.concatenate([n for (_c, n), _s in parts]))


def _celled(marks: Marks, box: MercatorBox, side: float) -> tuple[Marks, NDArray[np.int64]]:
    west, south, east, north = box
    inside = np.flatnonzero(
        (marks.x >= west) & (marks.x <= east) & (marks.y >= south) & (marks.y <= north)
        & (marks.place != HIDDEN)
    )  # fmt: skip
    columns = max(1, int(np.ceil((east - west) / side)))
    lines = max(1, int(np.ceil((north - south) / side)))
    across = np.minimum(((marks.x[inside] - west) / side).astype(np.int64), columns - 1)
    down = np.minimum(((marks.y[inside] - south) / side).astype(np.int64), lines - 1)
    cell = down * columns + across
    newest = np.full(columns * lines, -1, np.int64)
    newest[cell] = inside
    counts = np.bincount(cell, minlength=columns * lines)
    full = newest >= 0
    chosen = marks.at(newest[full])
    if len(inside) > len(chosen):
        sums = (np.bincount(cell, axis[inside], columns * lines) for axis in (marks.x, marks.y))
        x, y = (total[full] / counts[full] for total in sums)
        chosen = Marks(
            rid=chosen.rid, x=x, y=y, time=chosen.time, due=chosen.due, place=chosen.place
        )
    return chosen, counts[full]


def _points(
    marks: Marks, kind: int, step: int, gone: NDArray[np.int64], count: Array | None = None
) -> bytes:
    header = np.array([len(marks), kind, step, len(gone), 0, 0, 0, 0], "<u4")
    columns: list[tuple[Array, str]] = [(marks.x, "<f8"), (marks.y, "<f8"), (marks.rid, "<f8"), (gone, "<f8"),
               (marks.time, "<u4"), (marks.due, "<u4")]  # fmt: skip
    if count is not None:
        columns.append((count, "<u4"))
    columns.append((marks.place, "<u2"))
    return header.tobytes() + b"".join(column.astype(width).tobytes() for column, width in columns)


def shapes(seen: Seen) -> bytes:
    """The lines and areas of a view."""
    parts, of_shape = shapely.get_parts(seen.drawn, return_index=True)
    deeper, of_part = shapely.get_parts(parts, return_index=True)
    of_shape = of_shape[of_part]
    kinds = shapely.get_type_id(deeper)
    areas, lines = kinds == 3, (kinds == 1) | (kinds == 2)
    rings, of_area = shapely.get_rings(deeper[areas], return_index=True)
    every = np.concatenate([rings, deeper[lines]])
    owner = np.concatenate([of_shape[areas][of_area], of_shape[lines]])
    outer = np.concatenate([np.diff(of_area, prepend=-1) != 0, np.ones(lines.sum(), bool)])
    order = np.argsort(owner, kind="stable")
    every, owner, outer = every[order], owner[order], outer[order]
    xy = shapely.get_coordinates(every)
    rows = len(seen.rid)
    is_area = np.zeros(rows, bool)
    is_area[of_shape[areas]] = True
    header = np.array([rows, len(every), len(xy), seen.more, 0, 0, 0, 0], "<u4")
    columns: list[tuple[Array, str]] = [
        (seen.rid, "<f8"), (xy.ravel(), "<f8"), (seen.time, "<u4"), (seen.due, "<u4"),
        (np.searchsorted(owner, np.arange(rows + 1)), "<u4"),
        (np.cumsum(shapely.get_num_coordinates(every)), "<u4"),
        (seen.place, "<u2"), (is_area, "u1"), (outer, "u1"),
    ]  # fmt: skip
    return header.tobytes() + b"".join(column.astype(width).tobytes() for column, width in columns)
