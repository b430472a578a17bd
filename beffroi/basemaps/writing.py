"""Writes PMTiles 3: tiles in the order of their numbers, each content once, gzip throughout."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from beffroi.basemaps import directory
from beffroi.basemaps.directory import Entry, deflated
from beffroi.basemaps.hilbert import number
from beffroi.basemaps.pack import Box
from beffroi.basemaps.pmtiles import FORMS, GZIP, HEADER, HEADER_SIZE, NONE

_ROOT_SIZE = 16_384 - HEADER_SIZE
_LEAF = 4_096
_DEGREE = 10_000_000
Tile = tuple[int, int, int, bytes]


def write(
    path: Path, tiles: Iterable[Tile], *, form: str, box: Box, metadata: dict[str, Any]
) -> int:
    """Write a pack of opened tiles, sorted by number; how many tiles there are.

    The file appears whole or not at all.
    """
    folder = path.parent
    with tempfile.TemporaryFile(dir=folder) as data:
        entries, zooms, addressed, contents = _put(data, tiles, pack=form == "mvt")
        root, leaves = _directories(entries)
        said = deflated(json.dumps(metadata, ensure_ascii=False).encode())
        length = data.tell()
        data.seek(0)
        unfinished = folder / f".{path.name}.part"
        at = HEADER_SIZE + len(root)
        with unfinished.open("wb") as file:
            file.write(HEADER.pack(
                b"PMTiles", 3, HEADER_SIZE, len(root), at, len(said), at + len(said), len(leaves),
                at + len(said) + len(leaves), length, addressed, len(entries), contents, 1, GZIP,
                GZIP if form == "mvt" else NONE, _code(form), *zooms,
                *(round(value * _DEGREE) for value in box), zooms[0], *_middle(box),
            ))  # fmt: skip
            file.write(root + said + leaves)
            shutil.copyfileobj(data, file)
            file.flush()
            os.fsync(file.fileno())
    unfinished.replace(path)
    return addressed


def _put(
    data: Any, tiles: Iterable[Tile], *, pack: bool
) -> tuple[list[Entry], tuple[int, int], int, int]:
    """Append each content once; the entries that say where the tiles lie."""
    known: dict[bytes, tuple[int, int]] = {}
    entries: list[Entry] = []
    low, high, addressed, end = 99, 0, 0, 0
    for z, x, y, content in tiles:
        low, high, addressed = min(low, z), max(high, z), addressed + 1
        mark = hashlib.sha256(content).digest()
        if mark not in known:
            packed = deflated(content) if pack else content
            data.write(packed)
            known[mark] = (end, len(packed))
            end += len(packed)
        offset, length = known[mark]
        told, last = number(z, x, y), entries[-1] if entries else None
        if last and last.offset == offset and last.number + last.run == told:
            entries[-1] = last._replace(run=last.run + 1)
        else:
            entries.append(Entry(told, offset, length, 1))
    return entries, (min(low, high), high), addressed, len(known)


def _directories(entries: list[Entry]) -> tuple[bytes, bytes]:
    """The root directory, which must fit into the first 16 KiB, and the leaves it leads to."""
    root = deflated(directory.written(entries))
    if len(root) <= _ROOT_SIZE:
        return root, b""
    size = _LEAF
    while True:
        leaves, heads = bytearray(), []
        for start in range(0, len(entries), size):
            leaf = deflated(directory.written(entries[start : start + size]))
            heads.append(Entry(entries[start].number, len(leaves), len(leaf), 0))
            leaves += leaf
        root = deflated(directory.written(heads))
        if len(root) <= _ROOT_SIZE:
            return root, bytes(leaves)
        size *= 2


def _middle(box: Box) -> tuple[int, int]:
    west, south, east, north = box
    return round((west + east) / 2 * _DEGREE), round((south + north) / 2 * _DEGREE)


def _code(form: str) -> int:
    return next(code for code, name in FORMS.items() if name == form)
