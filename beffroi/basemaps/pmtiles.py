"""Reads PMTiles 3 (protomaps.com) that anybody may have made: every size is bounded, and checked."""

import json
import mmap
import struct
from functools import lru_cache
from pathlib import Path
from typing import Any

from typing_extensions import override

from beffroi.basemaps import directory
from beffroi.basemaps.directory import Damaged, Entry, inflated
from beffroi.basemaps.hilbert import number
from beffroi.basemaps.pack import MOST_TILE, MOST_ZOOM, Pack, Tiles, checked_box, damaged, plain
from beffroi.text import _

HEADER = struct.Struct("<7sB11QBBBBBB4iB2i")
HEADER_SIZE = 127
FORMS = {1: "mvt", 2: "png", 3: "jpeg", 4: "webp", 5: "avif"}
NONE, GZIP = 1, 2
_MOST_DIRECTORY = 4 * 1024 * 1024
_MOST_METADATA = 4 * 1024 * 1024
_DEEPEST = 4
_DEGREE = 10_000_000


class PmTiles(Tiles):
    """A PMTiles file, opened and looked through as far as its root directory."""

    def __init__(self, path: Path) -> None:
        """Open a file.

        Raises:
            BeffroiError: it is no pack that can be used; one sentence.
        """
        self._path = path
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise damaged(path, _("fichier vide ou illisible")) from error
        try:
            self._begin()
        except (Damaged, ValueError, struct.error, RecursionError) as error:
            self._map.close()
            raise damaged(path, _("ce n’est pas un PMTiles correct")) from error

    def _begin(self) -> None:
        told = HEADER.unpack(self._map[:HEADER_SIZE])
        if told[0] != b"PMTiles" or told[1] != 3:
            raise Damaged("no PMTiles of version 3")
        root, metadata, self._leaves, self._data = told[2:4], told[4:6], told[6:8], told[8:10]
        for offset, length in (root, metadata, self._leaves, self._data):
            if offset + length > len(self._map):
                raise Damaged("beyond the end of the file")
        if root[1] > _MOST_DIRECTORY or metadata[1] > _MOST_METADATA:
            raise Damaged("too large")
        self._packed, self._tiles_packed = told[14], told[15]
        if self._packed not in (NONE, GZIP) or self._tiles_packed not in (NONE, GZIP):
            raise Damaged("a compression that is not read")
        self._root = self._directory(*root)
        self.pack = self._described(told, metadata)
        self._leaf = lru_cache(64)(self._directory)

    def _described(self, told: tuple[Any, ...], metadata: tuple[int, int]) -> Pack:
        form, low, high = FORMS.get(told[16]), told[17], told[18]
        if form is None or not low <= high <= MOST_ZOOM:
            raise Damaged("tiles or zooms that are not known")
        said = self._metadata(*metadata)
        layers = said.get("vector_layers")
        names = (
            [plain(layer.get("id"), 60) for layer in layers if isinstance(layer, dict)]
            if isinstance(layers, list)
            else []
        )
        return Pack(
            title=plain(said.get("name")) or self._path.stem,
            attribution=plain(said.get("attribution")),
            form=form,
            min_zoom=low,
            max_zoom=high,
            box=checked_box(*(value / _DEGREE for value in told[19:23])),
            tiles=told[10],
            size=len(self._map),
            layers=tuple(names[:100]),
            made=plain(said.get("made") or said.get("planetiler:osm:osmosisreplicationtime"), 40),
        )

    def _metadata(self, offset: int, length: int) -> dict[str, Any]:
        said = json.loads(self._opened(offset, length, _MOST_METADATA) or b"{}")
        if not isinstance(said, dict):
            raise Damaged("metadata of another kind")
        return said

    def _directory(self, offset: int, length: int) -> list[Entry]:
        if length > _MOST_DIRECTORY:
            raise Damaged("too large")
        return directory.read(self._opened(offset, length, directory.MOST_BYTES))

    def _opened(self, offset: int, length: int, most: int) -> bytes:
        data = self._map[offset : offset + length]
        return inflated(data, most) if self._packed == GZIP and data else data

    @override
    def tile(self, z: int, x: int, y: int) -> bytes | None:
        if self._map.closed:
            return None
        try:
            entry = self._entry(number(z, x, y))
        except ValueError as error:
            if isinstance(error, Damaged):
                raise damaged(self._path, _("index abîmé")) from error
            return None
        if entry is None:
            return None
        offset, length = self._data[0] + entry.offset, entry.length
        if entry.offset + length > self._data[1] or length > MOST_TILE:
            raise damaged(self._path, _("tuile hors du fichier"))
        data = self._map[offset : offset + length]
        if self._tiles_packed != GZIP:
            return data
        try:
            return inflated(data, MOST_TILE)
        except Damaged as error:
            raise damaged(self._path, _("tuile abîmée")) from error

    def _entry(self, wanted: int) -> Entry | None:
        entries = self._root
        for _depth in range(_DEEPEST):
            entry = directory.find(entries, wanted)
            if entry is None or entry.run:
                return entry
            if entry.offset + entry.length > self._leaves[1]:
                raise Damaged("beyond the directories")
            entries = self._leaf(self._leaves[0] + entry.offset, entry.length)
        raise Damaged("too deep")

    @override
    def close(self) -> None:
        self._map.close()
