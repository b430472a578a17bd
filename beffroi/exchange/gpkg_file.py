"""GeoPackage, for the geomatician's QGIS.

GDAL only ever opens exported or imported files, never the profile's store: two SQLite libraries
on one file would break its locks, and GDAL knows nothing of its encryption.
"""

import shutil
import struct
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely

from beffroi.exchange.columns import COLUMNS, Column, Kind, Value, worth_reading
from beffroi.exchange.geometry import WGS84, Geometry, inside, to_wgs84
from beffroi.exchange.problems import Problem
from beffroi.exchange.raw import Raw, TooBig
from beffroi.exchange.watermark import Watermark
from beffroi.text import _

LAYER = "entries"
_ABOUT = "export"
_NEVER = np.datetime64("NaT", "ms")
_HEAD_BYTES = 100
_APPLICATIONS = (b"GPKG", b"GP10", b"GP11")
_UTC_OFFSET = 100
"""How GDAL says "this time is UTC"."""
_NUMPY = {Kind.NUMBER: np.int32, Kind.DEGREES: np.float64, Kind.FLAG: np.bool_}


def write(path: Path, mark: Watermark, table: Iterator[list[tuple[Column, Value]]]) -> None:
    """A layer of entries, and a table that says what the export is."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".beffroi-") as folder:
        part = Path(folder) / "export.gpkg"
        _write_entries(part, mark, list(table))
        _write_about(part, mark)
        shutil.move(part, path)


def _write_entries(path: Path, mark: Watermark, rows: list[list[tuple[Column, Value]]]) -> None:
    columns = [column for column, _value in rows[0]] if rows else list(COLUMNS)
    places = {column.key: place for place, column in enumerate(columns)}
    kept = [column for column in columns if column.key not in ("lon", "lat")]
    points = [_wkb(row[places["lon"]][1], row[places["lat"]][1]) for row in rows]
    pyogrio.raw.write(
        path,
        geometry=np.array(points, dtype=object),
        field_data=[_array(c, [row[places[c.key]][1] for row in rows]) for c in kept],
        fields=[column.key for column in kept],
        layer=LAYER,
        driver="GPKG",
        geometry_type="Point",
        crs=WGS84,
        gdal_tz_offsets={
            column.key: np.full(len(rows), _UTC_OFFSET)
            for column in kept
            if column.kind is Kind.TIME
        },
        layer_metadata=dict(mark.pairs()),
    )


def _write_about(path: Path, mark: Watermark) -> None:
    names, values = zip(*mark.pairs(), strict=True)
    pyogrio.raw.write(
        path,
        geometry=None,
        field_data=[np.array(names, dtype=object), np.array(values, dtype=object)],
        fields=["name", "value"],
        layer=_ABOUT,
        driver="GPKG",
        geometry_type=None,
        crs=None,
        append=True,
    )


def _wkb(lon: Value, lat: Value) -> bytes | None:
    if lon is None or lat is None:
        return None
    return struct.pack("<BIdd", 1, 1, float(lon), float(lat))


def _array(column: Column, values: list[Value]) -> Any:
    if column.kind is Kind.TIME:
        return np.array(
            [_NEVER if v is None else np.datetime64(int(v), "ms") for v in values], "datetime64[ms]"
        )
    if column.kind in _NUMPY:
        return np.array(values, dtype=_NUMPY[column.kind])
    return np.array([None if v is None else str(v) for v in values], dtype=object)


def read(path: Path, limit: int) -> Raw:
    """The layer of entries, or the first layer with places, brought to WGS 84."""
    _refuse_other_kinds(path)
    with tempfile.TemporaryDirectory(prefix="beffroi-") as folder, warnings.catch_warnings():
        # GDAL warns of odd columns; what matters to the reader is told row by row.
        warnings.simplefilter("ignore")
        copy = Path(folder) / "import.gpkg"
        shutil.copyfile(path, copy)
        try:
            layers = [(str(name), kind) for name, kind in pyogrio.list_layers(copy)]
            name = _layer(layers)
            told = pyogrio.read_info(copy, layer=name)
            if told["features"] > limit:
                raise TooBig(limit)
            meta, _ids, shapes, columns = pyogrio.raw.read(
                copy, layer=name, datetime_as_string=True,
                columns=worth_reading([str(field) for field in told["fields"]]),
            )  # fmt: skip
        except pyogrio.errors.DataSourceError as error:
            raise ValueError(str(error)) from error
    raw = Raw(headers=[*(str(f) for f in meta["fields"]), "lon", "lat"], rows=[])
    places = _places(meta["crs"], shapes, len(columns[0]) if columns else 0, raw)
    for number, (place, *cells) in enumerate(zip(places, *columns, strict=True), 1):
        raw.rows.append((number, [*(_plain(cell) for cell in cells), *place]))
    return raw


def _refuse_other_kinds(path: Path) -> None:
    """GDAL opens a file by what it holds: some kinds name other files, or addresses, to read.

    Raises:
        ValueError: it is no GeoPackage (OGC 12-128, requirements 1 and 2).
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head.startswith(b"SQLite format 3\x00") or head[68:72] not in _APPLICATIONS:
        message = "not a GeoPackage"
        raise ValueError(message)


def _layer(layers: list[tuple[str, Any]]) -> str:
    names = [name for name, _kind in layers]
    if LAYER in names:
        return LAYER
    placed = [name for name, kind in layers if kind is not None]
    if not (placed or names):
        message = "no layer"
        raise ValueError(message)
    return (placed or names)[0]


def _places(crs: str | None, shapes: Any, count: int, raw: Raw) -> list[Geometry]:
    if shapes is None:
        return [(None, None)] * count
    found: list[Geometry] = []
    for number, geometry in enumerate(shapely.from_wkb(shapes, on_invalid="ignore"), 1):
        try:
            found.append(inside(geometry))
        except ValueError:
            found.append((None, None))
            raw.problems.append(
                Problem(where=number, column="geometry", kept=True,
                        why=_("Géométrie illisible : entrée gardée sans lieu."))
            )  # fmt: skip
    if crs is None:
        raw.problems.append(
            Problem(where=0, kept=True,
                    why=_("Ce fichier ne dit pas son système de coordonnées : WGS 84 est supposé."))
        )  # fmt: skip
    return to_wgs84(crs or WGS84, found)


def _plain(cell: Any) -> Any:
    if isinstance(cell, float | np.floating):
        return None if np.isnan(cell) else float(cell)
    return cell.item() if isinstance(cell, np.generic) else cell
