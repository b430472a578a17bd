"""The file of place names: columns that open in a few hundredths of a second."""

import gzip
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from beffroi.errors import BeffroiError
from beffroi.places.folding import fold, word_starts
from beffroi.places.place import KINDS, Place, precision_of
from beffroi.text import _

SCALE = 100_000
Ints = npt.NDArray[np.int32]


class _File(msgspec.Struct):
    names: str
    folded: str
    details: str
    codes: str
    kinds: bytes
    lons: bytes
    lats: bytes
    populations: bytes
    keys: str
    key_rows: bytes


class Gazetteer:
    """All known places as columns, and their names sorted from each word on."""

    def __init__(self, content: _File) -> None:
        self.names = content.names.split("\n")
        self.folded = content.folded.split("\n")
        self.details = content.details.split("\n")
        self.codes = content.codes.split("\n")
        self.kinds = np.frombuffer(content.kinds, np.uint8)
        self.lons = np.frombuffer(content.lons, np.int32) / SCALE
        self.lats = np.frombuffer(content.lats, np.int32) / SCALE
        self.populations = np.frombuffer(content.populations, np.int32)
        self.keys = content.keys.split("\n")
        self.key_rows = np.frombuffer(content.key_rows, np.int32)

    @cached_property
    def boroughs(self) -> npt.NDArray[np.bool_]:
        """Which rows are arrondissements of Paris, Lyon or Marseille."""
        return np.array(["Arrondissement" in name for name in self.names])

    def place(self, row: int) -> Place:
        """The place of a row."""
        kind = KINDS[self.kinds[row]]
        return Place(
            self.names[row],
            kind,
            self.details[row],
            float(self.lons[row]),
            float(self.lats[row]),
            self.codes[row],
            int(self.populations[row]),
            precision_of(kind),
        )


def read(path: Path) -> Gazetteer:
    """Open the file of place names.

    Raises:
        BeffroiError: it is missing or damaged.
    """
    try:
        data = gzip.decompress(path.read_bytes())
        return Gazetteer(msgspec.msgpack.decode(data, type=_File))
    except (OSError, EOFError, ValueError, msgspec.MsgspecError) as error:
        raise BeffroiError(
            _("Le répertoire des lieux est absent ou abîmé ({why}) : réinstallez Beffroi.").format(
                why=error
            )
        ) from error


def pack(places: Sequence[Place], extra_keys: Sequence[Iterable[str]]) -> bytes:
    """The file for these places; `extra_keys` are more words that find each (postal codes…)."""
    pairs = set()
    for row, (place, more) in enumerate(zip(places, extra_keys, strict=True)):
        for key in [*word_starts(fold(place.name)), *(fold(word) for word in more)]:
            pairs.add((key, row))
    ordered = sorted(pairs)
    content = _File(
        names="\n".join(p.name for p in places),
        folded="\n".join(fold(p.name) for p in places),
        details="\n".join(p.detail for p in places),
        codes="\n".join(p.code for p in places),
        kinds=bytes(KINDS.index(p.kind) for p in places),
        lons=_ints(round(p.lon * SCALE) for p in places),
        lats=_ints(round(p.lat * SCALE) for p in places),
        populations=_ints(p.population for p in places),
        keys="\n".join(key for key, _row in ordered),
        key_rows=_ints(row for _key, row in ordered),
    )
    return gzip.compress(msgspec.msgpack.encode(content), 9, mtime=0)


def _ints(values: Iterable[int]) -> bytes:
    return np.fromiter(values, np.int32).tobytes()
