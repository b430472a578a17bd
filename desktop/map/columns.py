"""Entries as the page wants them: binary columns, whole or reduced to what the view can show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beffroi.layers.mercator import MercatorBox, inside_the_world
from beffroi.logbook.points import Points

WHOLE_LIMIT = 200_000
"""Up to so many entries the page holds them all; beyond, one row per cell of the view."""
Array = NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which entries the map shows: those of the list, those of a time window."""

    rids: Array | None = None
    since: int | None = None
    until: int | None = None


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
