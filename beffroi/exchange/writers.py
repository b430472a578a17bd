"""Writes a table of entries as CSV, XLSX, GeoJSON or GeoPackage."""

from collections.abc import Callable, Iterator
from pathlib import Path

from beffroi.errors import BeffroiError
from beffroi.exchange import csv_file, geojson_file, gpkg_file, xlsx_file
from beffroi.exchange.columns import Column, Value
from beffroi.exchange.watermark import Watermark
from beffroi.text import _

Table = Iterator[list[tuple[Column, Value]]]
Writer = Callable[[Path, Watermark, Table], None]

WRITERS: dict[str, Writer] = {
    ".csv": csv_file.write,
    ".xlsx": xlsx_file.write,
    ".geojson": geojson_file.write,
    ".json": geojson_file.write,
    ".gpkg": gpkg_file.write,
}


def writer_of(path: Path) -> Writer:
    """How to write `path`.

    Raises:
        BeffroiError: its suffix is none of those known.
    """
    try:
        return WRITERS[path.suffix.lower()]
    except KeyError:
        raise BeffroiError(
            _("Donnez au fichier l’une de ces terminaisons : .csv, .xlsx, .geojson ou .gpkg.")
        ) from None
