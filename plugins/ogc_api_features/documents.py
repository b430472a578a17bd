"""Tells the documents of an OGC API apart, and makes records of those that describe."""

from collections.abc import Iterator
from typing import Any, Literal

from beffroi.plugin import Book, Geometry, Record, flat
from beffroi.plugin.words import _
from plugins.ogc import extents
from plugins.ogc_api_features.links import Told, address, relations

Kind = Literal[
    "landing", "collections", "collection", "items", "conformance", "tiles", "styles", "fields"
]
_LANDING = {"data", "conformance", "service-desc", "tilesets-vector"}


def kind_of(document: Any) -> Kind | None:
    """Which document it is; None when it is none of an OGC API."""
    if not isinstance(document, dict):
        return None
    named = relations(document)
    if document.get("type") == "FeatureCollection":
        return "items" if _is_page(document, named) else None
    for name, kind in _BY_LIST.items():
        if isinstance(document.get(name), list):
            return kind
    if "id" in document and named & {"items", "tilesets-vector", "tiles"}:
        return "collection"
    if "tileMatrixSetId" in document or document.get("dataType") in {"vector", "map"}:
        return "tiles"
    if "$schema" in document and isinstance(document.get("properties"), dict):
        return "fields"
    return "landing" if named & _LANDING and "features" not in document else None


_BY_LIST: dict[str, Kind] = {
    "collections": "collections",
    "conformsTo": "conformance",
    "tilesets": "tiles",
    "styles": "styles",
}


def _is_page(document: Told, named: set[str]) -> bool:
    """A page of items says how many it gives, or leads to the others; WFS says `totalFeatures`."""
    if "totalFeatures" in document or "stac_version" in document:
        return False
    return "numberReturned" in document or bool(named & {"next", "prev", "collection"})


def described(document: Told, kind: Kind, book: Book) -> Iterator[Record]:
    """The records of a document that describes: collections, tilesets, styles or fields."""
    match kind:
        case "collections" | "collection":
            listed = document["collections"] if kind == "collections" else [document]
            yield from (_collection(one, book) for one in listed if isinstance(one, dict))
        case "tiles":
            listed = document.get("tilesets") or [document]
            yield from (_tileset(one) for one in listed if isinstance(one, dict))
        case "styles":
            yield from (_style(one) for one in document["styles"] if isinstance(one, dict))
        case "fields":
            yield from (_field(name, told) for name, told in document["properties"].items())
        case _:
            return


def _collection(told: Told, book: Book) -> Record:
    name = str(told.get("id") or "")
    fields = {
        "name": name,
        "description": told.get("description"),
        "keywords": told.get("keywords"),
        "type": told.get("itemType"),
        "count": told.get("itemCount"),
        "crs": told.get("storageCrs"),
        "licence": address(told, "license"),
        "request": address(told, "items"),
        "tiles": address(told, "tilesets-vector"),
        "fields": address(told, "queryables"),
    }
    return Record(
        id=name,
        geometry=_area(told.get("extent"), name, book),
        properties=flat(fields),
        title=str(told.get("title") or name),
    )


def _area(extent: Any, name: str, book: Book) -> Geometry | None:
    """The first box of the extent, which is the whole; with six numbers, heights are in it."""
    spatial = extent.get("spatial") if isinstance(extent, dict) else None
    boxes = spatial.get("bbox") if isinstance(spatial, dict) else None
    if not isinstance(boxes, list) or not boxes:
        return None
    box = boxes[0] if isinstance(boxes[0], list) else boxes
    numbers = [n for n in box if isinstance(n, int | float) and not isinstance(n, bool)]
    if len(numbers) == 6:
        numbers = [*numbers[:2], *numbers[3:5]]
    if (shape := extents.area(numbers)) is None:
        book.note(name, _("emprise absente ou fausse"), lost=False)
    return shape


def _tileset(told: Told) -> Record:
    name = str(told.get("tileMatrixSetId") or told.get("title") or "")
    template = address(told, "item")
    named = (("{tileMatrix}", "{z}"), ("{tileRow}", "{y}"), ("{tileCol}", "{x}"))
    tiles = template
    for theirs, ours in named:
        tiles = tiles.replace(theirs, ours)
    fields = {
        "name": name,
        "type": told.get("dataType"),
        "crs": told.get("crs"),
        "request": template or address(told, "self"),
        "tiles": tiles if "{z}" in tiles else "",
    }
    return Record(id=name, properties=flat(fields), title=str(told.get("title") or name))


def _style(told: Told) -> Record:
    name = str(told.get("id") or "")
    fields = {"name": name, "request": address(told, "stylesheet")}
    return Record(id=name, properties=flat(fields), title=str(told.get("title") or name))


def _field(name: str, told: Any) -> Record:
    told = told if isinstance(told, dict) else {}
    fields = {
        "field": name,
        "type": told.get("type") or told.get("$ref") or told.get("format"),
        "description": told.get("description"),
        "unit": told.get("x-ogc-unit"),
    }
    return Record(id=name, properties=flat(fields), title=str(told.get("title") or name))
