"""Reads open geodata, thins it and writes it as small, reproducible GeoJSON files."""

import csv
import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

DECIMALS = 5


@dataclass(frozen=True)
class Feature:
    """A thing on the map: where it is and the few words shown about it."""

    geometry: BaseGeometry
    properties: dict[str, Any] = field(default_factory=dict)


def read_json(path: Path) -> Any:
    """The JSON document of a plain or gzip file."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    return json.loads(data.decode("utf-8-sig"))


def read_features(path: Path) -> Iterator[Feature]:
    """The features of a GeoJSON file that have a geometry."""
    for item in read_json(path)["features"]:
        if item["geometry"]:
            geometry = shapely.force_2d(shape(item["geometry"]))
            yield Feature(geometry, item["properties"])


def read_table(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    """The rows of a CSV file, with or without a byte order mark."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter))


def point(lon: object, lat: object, **properties: Any) -> Feature:
    """A feature at one position given as numbers or text."""
    lon_text, lat_text = (str(value).replace(",", ".") for value in (lon, lat))
    return Feature(shapely.Point(float(lon_text), float(lat_text)), properties)


def thinned(features: Iterable[Feature], tolerance: float) -> list[Feature]:
    """The features, each one simplified on its own: for lines and lone polygons."""
    return [Feature(shapely.simplify(f.geometry, tolerance), f.properties) for f in features]


def thinned_together(features: Iterable[Feature], tolerance: float) -> list[Feature]:
    """Neighbouring polygons simplified so that their common borders stay common."""
    kept = list(features)
    shapes = shapely.coverage_simplify([f.geometry for f in kept], tolerance)
    return [Feature(thin, f.properties) for thin, f in zip(shapes, kept, strict=True)]


def merged(features: Iterable[Feature]) -> BaseGeometry:
    """The union of all shapes."""
    return shapely.unary_union([shapely.make_valid(f.geometry) for f in features])


def collection(features: Iterable[Feature]) -> bytes:
    """An RFC 7946 document of the features, with coordinates to about one metre."""
    items = []
    for feature in features:
        geometry = tidy(feature.geometry)
        if not geometry.is_empty:
            kept = {k: v for k, v in feature.properties.items() if v not in (None, "")}
            items.append({"type": "Feature", "properties": kept, "geometry": _rounded(geometry)})
    document = {"type": "FeatureCollection", "features": items}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def write(path: Path, features: Iterable[Feature]) -> int:
    """Write the features to a gzip file that is the same at each run; tells its size."""
    path.parent.mkdir(parents=True, exist_ok=True)
    packed = gzip.compress(collection(features), 9, mtime=0)
    path.write_bytes(packed)
    return len(packed)


def tidy(geometry: BaseGeometry) -> BaseGeometry:
    """A valid shape of one kind, with coordinates to about one metre."""
    if geometry.geom_type.endswith(("Polygon", "Collection")):
        geometry = shapely.set_precision(shapely.make_valid(geometry), 10**-DECIMALS)
        geometry = _only_polygons(geometry)
        return shapely.orient_polygons(geometry)
    if geometry.geom_type.endswith("LineString"):
        return shapely.set_precision(geometry, 10**-DECIMALS)
    return geometry


def _only_polygons(geometry: BaseGeometry) -> BaseGeometry:
    parts = [p for p in shapely.get_parts(geometry) if p.geom_type.endswith("Polygon")]
    flat = [part for p in parts for part in shapely.get_parts(p)]
    return flat[0] if len(flat) == 1 else shapely.MultiPolygon(flat)


def _rounded(geometry: BaseGeometry) -> dict[str, Any]:
    shown = mapping(geometry)
    return {"type": shown["type"], "coordinates": _round(shown["coordinates"])}


def _round(value: Any) -> Any:
    if isinstance(value, float | int):
        return round(float(value), DECIMALS)
    return [_round(item) for item in value]
