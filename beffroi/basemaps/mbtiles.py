"""Reads MBTiles 1.3 (Mapbox): a SQLite file, opened read-only, asked one bounded question at a time."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Lock

from typing_extensions import override

from beffroi.basemaps.directory import Damaged, inflated
from beffroi.basemaps.pack import MOST_TILE, MOST_ZOOM, Pack, Tiles, checked_box, damaged, plain
from beffroi.text import _

_FORMS = {"pbf": "mvt", "mvt": "mvt", "png": "png", "jpg": "jpeg", "jpeg": "jpeg", "webp": "webp"}
_GZIP = b"\x1f\x8b"
_WORLD = "-180,-85,180,85"
_COUNTED = 200_000_000
"""Bytes of a file beyond which its tiles are not counted: that would read it all."""
_LONGEST = 4 * 1024 * 1024


def _first(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(16)


class MbTiles(Tiles):
    """An MBTiles file."""

    def __init__(self, path: Path) -> None:
        """Open a file.

        Raises:
            BeffroiError: it is no pack that can be used; one sentence.
        """
        self._path = path
        self._lock = Lock()
        try:
            if _first(path) != b"SQLite format 3\0":
                raise Damaged("no SQLite")
            self._store = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
        except (OSError, ValueError, sqlite3.Error) as error:
            raise damaged(path, _("ce n’est pas un MBTiles correct")) from error
        try:
            self._store.execute("PRAGMA trusted_schema = OFF")
            self.pack = self._described()
        except (sqlite3.Error, ValueError, TypeError, RecursionError) as error:
            self._store.close()
            raise damaged(path, _("ce n’est pas un MBTiles correct")) from error

    def _described(self) -> Pack:
        said = {
            str(name): str(value)[:_LONGEST]
            for name, value in self._store.execute("SELECT name, value FROM metadata LIMIT 100")
        }
        low, high = (self._one(f"SELECT {side}(zoom_level) FROM tiles") for side in ("min", "max"))
        if low is None or high is None:
            raise Damaged("no tile")
        size = self._path.stat().st_size
        count = self._one("SELECT count(*) FROM tiles") if size < _COUNTED else 0
        form = _FORMS.get(said.get("format", "").lower())
        if form is None or not 0 <= low <= high <= MOST_ZOOM:
            raise Damaged("tiles or zooms that are not known")
        bounds = [float(part) for part in said.get("bounds", _WORLD).split(",")]
        layers = json.loads(said.get("json") or "{}").get("vector_layers") or []
        return Pack(
            title=plain(said.get("name")) or self._path.stem,
            attribution=plain(said.get("attribution")),
            form=form,
            min_zoom=low,
            max_zoom=high,
            box=checked_box(*bounds),
            tiles=count or 0,
            size=size,
            layers=tuple(plain(layer.get("id"), 60) for layer in layers[:100]),
        )

    def _one(self, question: str) -> int | None:
        """The only number of an answer; each is found by the index, not by reading all tiles."""
        found = self._store.execute(question).fetchone()[0]
        return None if found is None else int(found)

    @override
    def tile(self, z: int, x: int, y: int) -> bytes | None:
        if not 0 <= z <= MOST_ZOOM:
            return None
        row = (1 << z) - 1 - y
        question = (
            "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?"
        )
        try:
            with self._lock, closing(self._store.execute(question, (z, x, row))) as found:
                told = found.fetchone()
        except sqlite3.Error as error:
            raise damaged(self._path, _("index abîmé")) from error
        return None if told is None else self._opened(told[0])

    def _opened(self, data: object) -> bytes:
        if not isinstance(data, bytes) or len(data) > MOST_TILE:
            raise damaged(self._path, _("tuile abîmée"))
        if not data.startswith(_GZIP):
            return data
        try:
            return inflated(data, MOST_TILE)
        except Damaged as error:
            raise damaged(self._path, _("tuile abîmée")) from error

    def places(self) -> Iterator[tuple[int, int, int]]:
        """Where there are tiles: zoom, column, row counted southwards."""
        question = "SELECT zoom_level, tile_column, tile_row FROM tiles"
        with closing(self._store.execute(question)) as found:
            for z, x, row in found:
                if 0 <= z <= MOST_ZOOM and 0 <= x < 1 << z and 0 <= row < 1 << z:
                    yield z, x, (1 << z) - 1 - row

    @override
    def close(self) -> None:
        with self._lock:
            self._store.close()
