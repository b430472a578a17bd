"""Reads GeoJSON: collections, features, lone geometries, one feature per line."""

from collections.abc import Iterator
from typing import Any

from beffroi.plugin import (
    Book,
    Geometry,
    Options,
    Reading,
    Record,
    Refused,
    Sample,
    Unreadable,
    flat,
    plain,
)
from beffroi.plugin.crs import WGS84, Reprojection, declared, reprojection
from beffroi.plugin.geometry import checked, shaped
from beffroi.plugin.placing import looks_like_lambert_93
from beffroi.plugin.words import _
from plugins.geojson.bulk import columns_of, fits

_GEOMETRIES = {
    "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
    "GeometryCollection",
}  # fmt: skip
_LOOKED_AT = 20
_OWN = {"type", "geometry", "properties", "id", "bbox", "crs", "links"}


def recognise(sample: Sample) -> float:
    """How sure it is: what says « Feature » is GeoJSON, whatever else it may be besides."""
    if sample.kind == "jsonl":
        return 0.85 if '"Feature"' in sample.head else 0.0
    document = sample.json
    if isinstance(document, list):
        return 0.8 if document and any(_is_feature(item) for item in document[:20]) else 0.0
    if not isinstance(document, dict):
        return 0.0
    if document.get("type") in ("FeatureCollection", "Feature"):
        return 0.85
    return 0.8 if document.get("type") in _GEOMETRIES and len(document) <= 4 else 0.0


def read(sample: Sample, options: Options) -> Reading:
    """One record per feature; option `crs` tells the system of a file that does not."""
    book = Book()
    document: Any = _lines(sample, book) if sample.kind == "jsonl" else sample.json
    crs = str(options.get("crs") or "") or declared(document)
    items = _items(document)
    records = (
        columns_of(items, crs, book) if fits(items) else _records(items, reprojection(crs), book)
    )
    name = document.get("name") if isinstance(document, dict) else ""
    return Reading(
        format="geojson",
        records=records,
        problems=book,
        crs=crs,
        encoding=sample.encoding,
        title=str(plain(name) or "") if isinstance(name, str) else "",
        attribution=_attribution(document),
        hints={"crs": "EPSG:2154"} if crs == WGS84 and _in_metres(items) else {},
    )


def _in_metres(items: list[Any]) -> bool:
    """Whether the first features lie in France in Lambert-93, which the file does not say."""
    firsts = [_first(item["geometry"].get("coordinates")) for item in items[:_LOOKED_AT]
              if _is_feature(item) and isinstance(item.get("geometry"), dict)]  # fmt: skip
    return bool(firsts) and all(place and looks_like_lambert_93(*place) for place in firsts)


def _first(value: object) -> tuple[float, float] | None:
    """The first position of some coordinates."""
    while isinstance(value, list) and value and isinstance(value[0], list):
        value = value[0]
    match value:
        case [int() | float() as x, int() | float() as y, *_more]:
            return x, y
        case _:
            return None


def _lines(sample: Sample, book: Book) -> list[Any]:
    found: list[Any] = []
    for _number, value in sample.json_lines(book):
        many = value.get("features") if isinstance(value, dict) else None
        found += many if isinstance(many, list) else [value]
    return found


def _items(document: object) -> list[Any]:
    """The features of any GeoJSON document, a lone geometry being one feature."""
    if isinstance(document, list) and any(_is_feature(item) for item in document):
        return document
    if isinstance(document, dict):
        match document.get("type"):
            case "FeatureCollection":
                items = document.get("features")
                if isinstance(items, list):
                    return items
                raise Unreadable(
                    _(
                        "Cette collection GeoJSON n’a pas de liste d’objets\u00a0: vérifiez son export."
                    )
                )
            case "Feature":
                return [document]
            case str() as kind if kind in _GEOMETRIES:
                return [{"type": "Feature", "geometry": document}]
            case _:
                pass
    raise Unreadable(
        _(
            "Ce contenu est du JSON mais pas du GeoJSON\u00a0: choisissez le format «\u202fJSON\u202f»."
        )
    )


def _records(items: list[Any], to_wgs84: Reprojection | None, book: Book) -> Iterator[Record]:
    for number, item in enumerate(items, 1):
        where = _("objet n° {n}").format(n=number)
        if not _is_feature(item):
            book.note(where, _("sans forme d’objet GeoJSON"))
            continue
        yield _record(item, to_wgs84, where, book)


def _record(item: dict[str, Any], to_wgs84: Reprojection | None, where: str, book: Book) -> Record:
    told = item.get("properties")
    properties = flat(told if isinstance(told, dict) else None)
    for key, value in item.items():
        if key not in _OWN and key not in properties:
            properties |= flat({key: value})
    return Record(
        id=_identity(item.get("id")),
        geometry=_geometry(item.get("geometry"), to_wgs84, where, book),
        properties=properties,
    )


def _geometry(
    value: object, to_wgs84: Reprojection | None, where: str, book: Book
) -> Geometry | None:
    """The shape in WGS 84; a feature whose shape cannot be drawn is kept without."""
    if not value:
        return None
    try:
        return checked(to_wgs84(shaped(value)) if to_wgs84 else value)
    except Refused as refusal:
        book.note(where, refusal.why, lost=False)
        return None


def _identity(value: object) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(plain(value))


def _is_feature(item: object) -> bool:
    return isinstance(item, dict) and item.get("type") == "Feature"


def _attribution(document: object) -> str:
    if not isinstance(document, dict):
        return ""
    said = document.get("attribution") or document.get("copyright") or document.get("licence")
    return str(plain(said)) if isinstance(said, str) else ""
