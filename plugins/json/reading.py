"""Reads any JSON: one record per object of the list chosen, or of the longest one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
import shapely

from beffroi.plugin import Book, Geometry, Options, Reading, Record, Refused, Sample, Scalar, flat
from beffroi.plugin.crs import WGS84, named, reprojection
from beffroi.plugin.geometry import checked, shaped
from beffroi.plugin.placing import placed
from beffroi.plugin.record import Part
from beffroi.plugin.whereabouts import Whereabouts, found_in
from beffroi.plugin.words import _
from plugins.json.paths import Found, at, candidates

_GEOMETRIES = {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"}
_DEEPEST = 4
_SHOWN = 10


def recognise(sample: Sample) -> float:
    """How sure it is: hardly, since any other format of JSON knows better."""
    if sample.kind == "jsonl":
        return 0.25
    return 0.25 if isinstance(sample.json, dict | list) and candidates(sample.json) else 0.0


def read(sample: Sample, options: Options) -> Reading:
    """Options: `records` (path of the list), `lon`, `lat`, `geometry`, `latlon` (fields), `crs`."""
    book = Book()
    lines = [value for _n, value in sample.json_lines(book)] if sample.kind == "jsonl" else None
    document = sample.json if lines is None else lines
    known = candidates(document)
    path = str(options.get("records") or "")
    found = at(document, path) if path or not known else known[0]
    records, crs, hints = _records(found, options, book)
    return Reading(
        format="json",
        records=records,
        problems=book,
        crs=crs,
        encoding=sample.encoding,
        parts=[Part(option="records", value=one.path, count=len(one.records))
               for one in known[:_SHOWN] if one.path] if len(known) > 1 else [],
        hints=hints,
    )  # fmt: skip


def _records(
    found: Found, options: Options, book: Book
) -> tuple[list[Record], str, dict[str, str]]:
    drawn = [_drawn(record, _DEEPEST) for record in found.records]
    told = [
        flat(_bracketed(record, shape)) for record, shape in zip(found.records, drawn, strict=True)
    ]
    names = found.names or [""] * len(told)
    if any(shape is not None for shape in drawn):
        crs = named(str(options.get("crs") or WGS84))
        shapes = list(_own_shapes(drawn, crs, book))
        hints: dict[str, str] = {}
    else:
        shapes, crs, hints = _from_fields(told, options, book)
    records = [
        Record(id=name, geometry=shape, properties=properties)
        for name, shape, properties in zip(names, shapes, told, strict=True)
    ]
    return records, crs, hints


def _own_shapes(drawn: Sequence[Any], crs: str, book: Book) -> Iterator[Geometry | None]:
    move = reprojection(crs)
    for number, shape in enumerate(drawn, 1):
        try:
            yield checked(move(shaped(shape)) if move else shape) if shape else None
        except Refused as refusal:
            book.note(_("enregistrement n° {n}").format(n=number), refusal.why, lost=False)
            yield None


def _from_fields(
    told: Sequence[Mapping[str, Scalar]], options: Options, book: Book
) -> tuple[list[Geometry | None], str, dict[str, str]]:
    """Places from the fields whose names say so, as in a table."""
    keys = dict.fromkeys(name for properties in told for name in properties)
    fields = {name: [properties.get(name) for properties in told] for name in keys}
    where: Whereabouts = found_in(fields, options)
    shapes = where.shapes(fields, range(1, len(told) + 1), book)
    wkb, crs = placed(shapes, str(options.get("crs") or where.crs), _("enregistrements"), book)
    geometries = [
        None if shape is None else msgspec.json.decode(shapely.to_geojson(shapely.from_wkb(shape)))
        for shape in wkb
    ]
    return geometries, crs, where.hints


def _drawn(value: Any, depth: int) -> Geometry | None:
    """The first GeoJSON geometry inside a record."""
    if not isinstance(value, Mapping) or depth <= 0:
        return None
    if value.get("type") in _GEOMETRIES and isinstance(value.get("coordinates"), list):
        return dict(value)
    inner = (_drawn(item, depth - 1) for item in value.values())
    return next((shape for shape in inner if shape), None)


def _bracketed(value: Any, shape: Geometry | None) -> Any:
    """The record without its shape; two numbers in a list stay a pair (longitude first, as GeoJSON)."""
    if isinstance(value, Mapping):
        if shape is not None and value.get("type") in _GEOMETRIES and "coordinates" in value:
            return None
        return {name: _bracketed(inner, shape) for name, inner in value.items()}
    if isinstance(value, list) and len(value) == 2 and all(type(n) in (int, float) for n in value):
        return f"[{value[0]}, {value[1]}]"
    return value
