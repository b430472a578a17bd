"""Where an item of a feed is: GeoRSS Simple and GML (OGC 17-002r1), W3C Geo."""

from collections.abc import Callable, Iterator
from functools import partial

from beffroi.plugin import Book, Geometry, Refused, geometry, gml, pairs, tree, xml
from plugins.cap.areas import area_of

_SIMPLE: dict[str, Callable[[str], Geometry]] = {
    "point": pairs.georss_point,
    "line": pairs.georss_line,
    "polygon": pairs.georss_polygon,
    "box": pairs.georss_box,
    "circle": pairs.georss_circle,
}


def place(item: xml.Element, book: Book, where: str) -> Geometry | None:
    """The shapes of an item as one; a W3C position counts only when GeoRSS says nothing."""
    parts: list[Geometry] = []
    for drawn in _drawings(item, book, where):
        try:
            if (shape := drawn()) is not None:
                parts.append(shape)
        except Refused as refusal:
            book.note(where, refusal.why, lost=False)
    return geometry.gathered(parts)


def _drawings(item: xml.Element, book: Book, where: str) -> Iterator[Callable[[], Geometry | None]]:
    simple = [e for e in item.iter() if _is_georss(e)]
    if any(_is_cap(element) for element in item.iter()):
        yield partial(area_of, _cap_area(item), book, where)
    for element in simple:
        name = tree.local(element.tag)
        if name == "where":
            yield partial(_from_gml, element)
        else:
            yield partial(_SIMPLE[name], _numbers(element))
    lat, lon = _first(item, "lat"), _first(item, "long") or _first(item, "lon")
    if not simple and lat and lon:
        yield partial(geometry.point, lon, lat)


def _numbers(element: xml.Element) -> str:
    return str(element.text or "").replace(";", " ")


def _is_georss(element: xml.Element) -> bool:
    tag = str(element.tag)
    name = tree.local(element.tag)
    return (name in _SIMPLE or name == "where") and "georss" in tag


def _is_cap(element: xml.Element) -> bool:
    return "emergency:cap" in str(element.tag) and tree.local(element.tag) in ("polygon", "circle")


def _cap_area(item: xml.Element) -> object:
    """The shapes of CAP that weather services put straight into their feeds."""
    shapes: dict[str, list[str]] = {"polygon": [], "circle": []}
    for element in filter(_is_cap, item.iter()):
        shapes[tree.local(element.tag)].append(str(element.text or ""))
    return {"area": shapes}


def _from_gml(element: xml.Element) -> Geometry | None:
    """GeoRSS writes GML latitude first, unless a system is named."""
    named = any(inner.get("srsName") for inner in element.iter())
    return gml.first(element, latitude_first=None if named else True)


def _first(item: xml.Element, name: str) -> str:
    for element in item.iter():
        if tree.local(element.tag) == name and (element.text or "").strip():
            return str(element.text).strip()
    return ""
