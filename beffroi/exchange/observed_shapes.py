"""Objects of a calque with their whole geometry: GeoJSON (RFC 7946) and GeoPackage."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import numpy as np
import pyogrio
import shapely

from beffroi.exchange.values import moment_text
from beffroi.exchange.watermark import Watermark
from beffroi.observations import Observation

WGS84 = "EPSG:4326"
_UTC = ZoneInfo("UTC")
_LAYER = "objects"


def write(path: Path, suffix: str, mark: Watermark, found: Iterator[Observation]) -> None:
    """Write objects to `path` as `.geojson` or `.gpkg`, with what the export is beside them."""
    if suffix != ".gpkg":
        _geojson(path, mark, found)
    else:
        _geopackage(path, mark, list(found))


def _geojson(path: Path, mark: Watermark, found: Iterator[Observation]) -> None:
    head = {"type": "FeatureCollection", "beffroi": dict(mark.pairs())}
    with path.open("wb") as file:
        file.write(msgspec.json.encode(head)[:-1] + b',"features":[')
        for number, one in enumerate(found):
            feature = {
                "type": "Feature", "id": one.id, "geometry": one.geometry,
                "properties": _properties(one),
            }  # fmt: skip
            file.write(b"\n" if number == 0 else b",\n")
            file.write(msgspec.json.encode(feature))
        file.write(b"\n]}\n")


def _properties(one: Observation) -> dict[str, str | int | float | bool | None]:
    told = {"beffroi_title": one.title} | {
        f"beffroi_{name}": moment_text(at, _UTC)
        for name, at in (("time", one.time), ("until", one.until), ("seen", one.seen))
        if at
    }
    return {**one.properties, **told}


def _geopackage(path: Path, mark: Watermark, found: list[Observation]) -> None:
    rows = [_properties(one) for one in found]
    names = list(dict.fromkeys(name for row in rows for name in row))
    shapes = [
        None if one.geometry is None
        else shapely.to_wkb(shapely.from_geojson(msgspec.json.encode(one.geometry)))
        for one in found
    ]  # fmt: skip
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".beffroi-") as folder:
        part = Path(folder) / "export.gpkg"
        pyogrio.raw.write(
            part, geometry=np.array(shapes, dtype=object),
            field_data=[_column([row.get(name) for row in rows]) for name in names],
            fields=_distinct(names), layer=_LAYER, driver="GPKG", geometry_type="Unknown",
            crs=WGS84, layer_metadata=dict(mark.pairs()),
        )  # fmt: skip
        shutil.move(part, path)


def _distinct(names: list[str]) -> list[str]:
    """SQLite sees no case and keeps `fid` and `geom` for itself: names that clash get a number."""
    taken, found = {"fid", "geom"}, list[str]()
    for name in names:
        wanted, number = name, 2
        while wanted.casefold() in taken:
            wanted, number = f"{name}_{number}", number + 1
        taken.add(wanted.casefold())
        found.append(wanted)
    return found


def _column(
    values: list[str | int | float | bool | None],
) -> "np.ndarray[tuple[int], np.dtype[np.generic]]":
    numbers = all(isinstance(v, int | float) and not isinstance(v, bool) for v in values)
    if values and numbers:
        return np.array(values, np.float64)
    return np.array([None if v is None else str(v) for v in values], dtype=object)
