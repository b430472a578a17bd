"""Entries as the page wants them: binary columns, whole or reduced to what the view can show."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan, degrees, exp, log, pi, radians, tan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beffroi.logbook.points import Points

HALF_WORLD = 20_037_508.342789244
"""Half the width of the world in Web Mercator metres."""
WHOLE_LIMIT = 200_000
"""Up to so many entries the page holds them all; beyond, one row per cell of the view."""
Array = NDArray[Any]
MercatorBox = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which entries the map shows: those of the list, those of a time window."""

    rids: Array | None = None
    since: int | None = None
    until: int | None = None


def to_degrees(box: MercatorBox) -> MercatorBox:
    """A Web Mercator box as west, south, east, north in degrees (not wrapped)."""
    west, east = box[0] / HALF_WORLD * 180, box[2] / HALF_WORLD * 180
    south, north = (latitude(y) for y in (box[1], box[3]))
    return west, south, east, north


def latitude(y: float) -> float:
    """The latitude of a Web Mercator ordinate."""
    inside = max(-HALF_WORLD, min(HALF_WORLD, y))
    return degrees(2 * atan(exp(inside / HALF_WORLD * pi)) - pi / 2)


def mercator(lon: float, lat: float) -> tuple[float, float]:
    """A position in Web Mercator metres."""
    inside = max(-85.0, min(85.0, lat))
    y = log(tan(pi / 4 + radians(inside) / 2)) / pi * HALF_WORLD
    return lon / 180 * HALF_WORLD, y


def whole(source: Points, chosen: Filter) -> bytes:
    """Every entry, once: the page filters by time and draws by itself."""
    return _pack([(source.columns(rids=chosen.rids), 0.0)], is_whole=True)


def reduced(source: Points, chosen: Filter, box: MercatorBox, cell: float) -> bytes:
    """One row per non-empty cell of `box`, which may reach over the antimeridian."""
    parts = []
    for piece, shift in inside_the_world(box):
        cols = max(1, round((piece[2] - piece[0]) / cell))
        rows = max(1, round((piece[3] - piece[1]) / cell))
        parts.append(
            (
                source.grid(
                    piece, cols, rows, rids=chosen.rids, since=chosen.since, until=chosen.until
                ),
                shift,
            )
        )
    return _pack(parts, is_whole=False)


def inside_the_world(box: MercatorBox) -> list[tuple[MercatorBox, float]]:
    """Cut a box at the antimeridian; each piece with the shift that puts its points back."""
    west, south, east, north = box
    world = 2 * HALF_WORLD
    if east - west >= world:
        return [((-HALF_WORLD, south, HALF_WORLD, north), 0.0)]
    turns = np.floor((west + HALF_WORLD) / world)
    west, east = west - turns * world, east - turns * world
    shift = float(turns * world)
    if east <= HALF_WORLD:
        return [((west, south, east, north), shift)]
    return [
        ((west, south, HALF_WORLD, north), shift),
        ((-HALF_WORLD, south, east - world, north), shift + world),
    ]


def inside(source: Points, chosen: Filter, box: MercatorBox) -> Array:
    """The rids in a box that may reach over the antimeridian, newest first."""
    found = [
        source.in_box(piece, source.total, rids=chosen.rids, since=chosen.since, until=chosen.until)
        for piece, _shift in inside_the_world(box)
    ]
    return np.sort(np.concatenate(found))[::-1]


def out_of_period(source: Points, chosen: Filter) -> int:
    """How many of the chosen entries have a place, when the period hides all of them; else 0."""
    shown = source.columns(rids=chosen.rids, since=chosen.since, until=chosen.until)
    return 0 if len(shown.rid) else len(source.columns(rids=chosen.rids).rid)


def _pack(parts: Sequence[tuple[Any, float]], *, is_whole: bool) -> bytes:
    rows = sum(len(columns.x) for columns, _shift in parts)
    header = np.array([rows, is_whole, 0, 0], "<u4")
    x = [columns.x + shift for columns, shift in parts]
    blocks: list[bytes] = [header.tobytes(), _joined(x, "<f8")]
    for name, kind in (("y", "<f8"), ("rid", "<f8")):
        blocks.append(_joined([getattr(columns, name) for columns, _ in parts], kind))
    blocks.append(_joined([columns.t // 1000 for columns, _ in parts], "<u4"))
    if not is_whole:
        blocks.append(_joined([columns.count for columns, _ in parts], "<u4"))
    bytes_of = ("theme", "gravity", "flags")
    blocks += [_joined([getattr(columns, name) for columns, _ in parts], "u1") for name in bytes_of]
    return b"".join(blocks)


def _joined(arrays: Sequence[Array], kind: str) -> bytes:
    whole = arrays[0] if len(arrays) == 1 else np.concatenate(arrays)
    return whole.astype(kind).tobytes()
