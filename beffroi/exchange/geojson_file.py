"""GeoJSON (RFC 7946)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from beffroi.exchange.columns import Column, Kind, Value, worth_reading
from beffroi.exchange.geometry import Geometry, point_of, to_wgs84
from beffroi.exchange.problems import Problem
from beffroi.exchange.raw import Raw, TooBig, decoded
from beffroi.exchange.values import moment_text
from beffroi.exchange.watermark import Watermark
from beffroi.plugin.crs import declared
from beffroi.text import _

_UTC = ZoneInfo("UTC")
_POSITION = ("lon", "lat")


def write(path: Path, mark: Watermark, table: Iterator[list[tuple[Column, Value]]]) -> None:
    """One feature per entry, without geometry when it has no place; what the export is, beside."""
    head = {"type": "FeatureCollection", "beffroi": dict(mark.pairs())}
    opened = msgspec.json.encode(head)[:-1] + b',"features":['
    with path.open("wb") as file:
        file.write(opened)
        for number, row in enumerate(table):
            file.write(b"\n" if number == 0 else b",\n")
            file.write(msgspec.json.encode(_feature(row)))
        file.write(b"\n]}\n")


def _feature(row: list[tuple[Column, Value]]) -> dict[str, Any]:
    values = {column.key: value for column, value in row}
    lon, lat = values["lon"], values["lat"]
    return {
        "type": "Feature",
        "id": values["uid"],
        "geometry": None if lon is None else {"type": "Point", "coordinates": [lon, lat]},
        "properties": {
            column.key: _property(column, value)
            for column, value in row
            if column.key not in _POSITION and value not in (None, "")
        },
    }


def _property(column: Column, value: Value) -> Any:
    if column.kind is Kind.TIME:
        return moment_text(int(value or 0), _UTC)
    if column.kind is Kind.WORDS:
        return str(value).split(", ")
    return value


class _Feature(msgspec.Struct):
    geometry: Any = None
    properties: dict[str, Any] | None = None
    id: str | int | float | None = None


class _Collection(msgspec.Struct):
    type: str
    features: list[_Feature]
    crs: Any = None


def read(path: Path, limit: int) -> Raw:
    """A collection of features, or one feature alone."""
    text, encoding = decoded(path.read_bytes())
    try:
        read_as = msgspec.json.decode(text, type=_Collection | None, strict=False)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    collection = read_as or _Collection(type="", features=[])
    if len(collection.features) > limit:
        raise TooBig(limit)
    crs = declared({"crs": collection.crs})
    keys = worth_reading(
        list(dict.fromkeys(k for f in collection.features for k in f.properties or ()))
    )
    raw = Raw(headers=[*keys, *_POSITION], rows=[], encoding=encoding)
    places = [_place(number, f, raw) for number, f in enumerate(collection.features, 1)]
    for number, (feature, place) in enumerate(
        zip(collection.features, to_wgs84(crs, places), strict=True), 1
    ):
        values = [_plain((feature.properties or {}).get(key)) for key in keys]
        raw.rows.append((number, [*values, *place]))
    return raw


def _plain(value: Any) -> Any:
    return ", ".join(str(part) for part in value) if isinstance(value, list) else value


def _place(number: int, feature: _Feature, raw: Raw) -> Geometry:
    try:
        return point_of(feature.geometry)
    except ValueError:
        raw.problems.append(
            Problem(where=number, column="geometry", kept=True,
                    why=_("Géométrie illisible : entrée gardée sans lieu."))
        )  # fmt: skip
        return (None, None)
