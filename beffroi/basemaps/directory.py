"""Directories of PMTiles 3: which tiles lie where, packed as variable-length numbers."""

import zlib
from bisect import bisect_right
from typing import NamedTuple

MOST_ENTRIES = 1_000_000
MOST_BYTES = 16 * 1024 * 1024
"""Of one directory once opened."""


class Entry(NamedTuple):
    """Some tiles in a row with one content; `run` 0: a directory further down lies there."""

    number: int
    offset: int
    length: int
    run: int


class Damaged(ValueError):
    """The bytes are no directory."""


def inflated(data: bytes, most: int = MOST_BYTES) -> bytes:
    """The content of gzip bytes, at most `most` of them.

    Raises:
        Damaged: no gzip, or more than `most`.
    """
    opener = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        content = opener.decompress(data, most + 1)
    except zlib.error as error:
        raise Damaged(str(error)) from error
    if len(content) > most or not opener.eof:
        raise Damaged("too large, or cut short")
    return content


def deflated(data: bytes, level: int = 6) -> bytes:
    """The bytes as gzip, the same for the same bytes."""
    packer = zlib.compressobj(level, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return packer.compress(data) + packer.flush()


def read(data: bytes) -> list[Entry]:
    """The entries of an opened directory, in the order of their numbers.

    Raises:
        Damaged: it is none.
    """
    numbers = _Numbers(data)
    count = numbers.next()
    if count > min(MOST_ENTRIES, len(data)):
        raise Damaged("too many entries")
    ids, last = [], 0
    for _n in range(count):
        last += numbers.next()
        ids.append(last)
    runs = [numbers.next() for _n in range(count)]
    lengths = [numbers.next() for _n in range(count)]
    offsets: list[int] = []
    for n in range(count):
        told = numbers.next()
        if told:
            offsets.append(told - 1)
        elif n:
            offsets.append(offsets[-1] + lengths[n - 1])
        else:
            raise Damaged("no first offset")
    return [Entry(*four) for four in zip(ids, offsets, lengths, runs, strict=True)]


def written(entries: list[Entry]) -> bytes:
    """The directory of these entries, not yet compressed."""
    told = [len(entries)]
    last = 0
    for entry in entries:
        told.append(entry.number - last)
        last = entry.number
    told += [entry.run for entry in entries]
    told += [entry.length for entry in entries]
    after = -1
    for entry in entries:
        told.append(0 if entry.offset == after else entry.offset + 1)
        after = entry.offset + entry.length
    return b"".join(map(_varint, told))


def find(entries: list[Entry], number: int) -> Entry | None:
    """The entry that holds a tile, or leads to it."""
    at = bisect_right(entries, number, key=lambda entry: entry.number) - 1
    if at < 0:
        return None
    entry = entries[at]
    return entry if not entry.run or number < entry.number + entry.run else None


class _Numbers:
    """Reads one number after the other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def next(self) -> int:
        value = shift = 0
        while True:
            if self._at >= len(self._data) or shift > 63:
                raise Damaged("cut short")
            byte = self._data[self._at]
            self._at += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7


def _varint(value: int) -> bytes:
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    found.append(value)
    return bytes(found)
