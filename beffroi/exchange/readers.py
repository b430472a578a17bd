"""Reads any of the known kinds of table."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import msgspec
from shapely.errors import ShapelyError

from beffroi.errors import BeffroiError
from beffroi.exchange import csv_file, geojson_file, gpkg_file, xlsx_file
from beffroi.exchange.raw import Raw
from beffroi.text import _

_READERS: dict[str, Callable[[Path, int], Raw]] = {
    ".csv": csv_file.read,
    ".tsv": csv_file.read,
    ".txt": csv_file.read,
    ".xlsx": xlsx_file.read,
    ".geojson": geojson_file.read,
    ".json": geojson_file.read,
    ".gpkg": gpkg_file.read,
}
_DAMAGED = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, OSError, EOFError,
            RuntimeError, SyntaxError, struct.error, zlib.error, msgspec.MsgspecError,
            zipfile.BadZipFile, ShapelyError)  # fmt: skip


def read(path: Path, limit: int) -> Raw:
    """The rows of `path`, `limit` at most.

    Libraries that read foreign files complain in many ways when one is not what it seems.

    Raises:
        BeffroiError: a kind that is not read, too many rows, or a damaged file.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise BeffroiError(
            _("Ce genre de fichier ne se lit pas : donnez un .csv, .xlsx, .geojson ou .gpkg.")
        )
    try:
        return reader(path, limit)
    except _DAMAGED as error:
        raise BeffroiError(
            _(
                "Le fichier {name} est abîmé ou n’est pas du genre que dit son nom : exportez-le à nouveau."
            ).format(name=path.name)
        ) from error
