"""Puts the tiles of several files of one theme each together: a vector tile is the sum of its layers."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from beffroi.basemaps.directory import inflated
from beffroi.basemaps.hilbert import number, tile
from beffroi.basemaps.pack import MOST_TILE

_GZIP = b"\x1f\x8b"


def merged(files: Sequence[Path]) -> Iterator[tuple[int, int, int, bytes]]:
    """The tiles of all MBTiles, sorted by number, the layers of each one after the other.

    Layers must have different names: a vector tile is a message of protobuf, whose repeated
    fields add up when two are put one after the other.
    """
    stores = [sqlite3.connect(file) for file in files]
    try:
        wanted: dict[int, list[int]] = {}
        for n, store in enumerate(stores):
            for z, x, row in store.execute("SELECT zoom_level, tile_column, tile_row FROM tiles"):
                wanted.setdefault(number(z, x, (1 << z) - 1 - row), []).append(n)
        for place in sorted(wanted):
            z, x, y = tile(place)
            parts = (_content(stores[n], z, x, y) for n in wanted[place])
            yield z, x, y, b"".join(parts)
    finally:
        for store in stores:
            store.close()


def _content(store: sqlite3.Connection, z: int, x: int, y: int) -> bytes:
    with closing(store.execute(
        "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
        (z, x, (1 << z) - 1 - y),
    )) as found:  # fmt: skip
        data = bytes(found.fetchone()[0])
    return inflated(data, 4 * MOST_TILE) if data.startswith(_GZIP) else data
