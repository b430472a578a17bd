"""Reads GML 2, 3 and 3.2 geometries (OGC 02-069, 03-105r1, 07-036), whatever their namespace."""

from collections.abc import Iterator

from beffroi.plugin import crs, geometry
from beffroi.plugin.geometry import checked
from beffroi.plugin.pairs import numbers, positions
from beffroi.plugin.record import Geometry
from beffroi.plugin.refusals import Refused
from beffroi.plugin.xml import Element, child, local, named, text
from beffroi.text import _

SIMPLE = (
    "Point",
    "LineString",
    "LinearRing",
    "Polygon",
    "Envelope",
    "Box",
    "Curve",
    "Surface",
    "Ring",
)
GATHERING = (
    "MultiPoint", "MultiLineString", "MultiPolygon", "MultiCurve", "MultiSurface", "MultiGeometry",
    "CompositeCurve", "CompositeSurface", "OrientableCurve", "PolyhedralSurface",
)  # fmt: skip
SHAPES = frozenset(SIMPLE + GATHERING)
_DEEPEST = 12


def read(element: Element, system: str = "", *, latitude_first: bool | None = None) -> Geometry:
    """The shape of a GML element (`gml:Point`, …) in WGS 84.

    `system` is the srsName of what is around; `latitude_first` overrules what the name implies.

    Raises:
        Refused: it is no shape that can be kept.
        Unreadable: its system of coordinates is unknown.
    """
    name = _system(element) or system
    order = crs.latitude_first(name) if latitude_first is None else latitude_first
    found = geometry.gathered(_parts(element, order, _DEEPEST))
    if found is None:
        raise Refused(_("géométrie vide"))
    return checked(crs.to_wgs84(found, name))


def first(
    element: Element, system: str = "", *, latitude_first: bool | None = None
) -> Geometry | None:
    """The first shape inside an element, at any depth; None when there is none."""
    for inner in element.iter():
        if local(inner.tag) in SHAPES:
            return read(inner, system or _around(inner), latitude_first=latitude_first)
    return None


def _system(element: Element) -> str:
    for inner in element.iter():
        if name := inner.get("srsName"):
            return str(name)
    return ""


def _around(element: Element) -> str:
    return next((str(e.get("srsName")) for e in element.iterancestors() if e.get("srsName")), "")


def _parts(element: Element, order: bool, depth: int) -> Iterator[Geometry]:
    kind = local(element.tag)
    if depth <= 0:
        raise Refused(_("géométrie inconnue ou mal formée"))
    if kind == "Point":
        yield geometry.shaped({"type": "Point", "coordinates": _positions(element, order)[0]})
    elif kind == "LineString":
        yield _line(_positions(element, order))
    elif kind in {"LinearRing", "Ring"}:
        yield _area([_ring(element, order)])
    elif kind in {"Curve", "CompositeCurve", "OrientableCurve"}:
        yield _line(_chained(element, order))
    elif kind in {"Polygon", "PolygonPatch", "Triangle", "Rectangle"}:
        yield _polygon(element, order)
    elif kind in {"Envelope", "Box"}:
        yield _envelope(element, order)
    else:
        for inner in element:
            yield from _parts(inner, order, depth - 1)


def _polygon(element: Element, order: bool) -> Geometry:
    outer = named(element, "exterior", "outerBoundaryIs")
    holes = named(element, "interior", "innerBoundaryIs")
    if not outer or not len(outer[0]):
        raise Refused(_("géométrie vide"))
    return _area([_ring(boundary[0], order) for boundary in (*outer[:1], *holes) if len(boundary)])


def _ring(element: Element, order: bool) -> list[list[float]]:
    return _chained(element, order) if local(element.tag) == "Ring" else _positions(element, order)


def _chained(element: Element, order: bool) -> list[list[float]]:
    """The positions of all segments in a row; arcs become their chords."""
    found: list[list[float]] = []
    for inner in element.iter():
        if any(local(e.tag) in {"posList", "pos", "coordinates", "pointProperty"} for e in inner):
            step = _positions(inner, order)
            found += step[1:] if found and step[:1] == found[-1:] else step
    return found


def _envelope(element: Element, order: bool) -> Geometry:
    lower, upper = child(element, "lowerCorner"), child(element, "upperCorner")
    if lower is not None and upper is not None:
        corners = [*_list(lower, order, 2), *_list(upper, order, 2)]
    else:
        corners = _positions(element, order)
    if len(corners) < 2:
        raise Refused(_("géométrie vide"))
    (west, south), (east, north) = corners[0], corners[-1]
    return _area([[[west, south], [east, south], [east, north], [west, north], [west, south]]])


def _positions(element: Element, order: bool) -> list[list[float]]:
    found: list[list[float]] = []
    size = _dimension(element)
    for inner in element:
        match local(inner.tag):
            case "posList" | "pos":
                found += _list(inner, order, _size(inner, size))
            case "coordinates":
                found += _old(inner, order)
            case "coord":
                pair = numbers(f"{text(inner, 'X')} {text(inner, 'Y')}")
                found.append([pair[1], pair[0]] if order else pair)
            case "pointProperty" | "pointRep":
                for point in named(inner, "Point"):
                    found += _positions(point, order)
            case _:
                pass
    if not found:
        raise Refused(_("géométrie vide"))
    return found


def _dimension(element: Element) -> str:
    """How many numbers a position has, as the shape or what is around it says; nothing if silent."""
    around = (element, *element.iterancestors())
    return next((str(e.get("srsDimension")) for e in around if e.get("srsDimension")), "")


def _size(element: Element, around: str) -> int:
    """How many numbers a position has: what is said, or what a lone position shows."""
    said = element.get("srsDimension") or element.get("dimension") or around
    if said in {"2", "3", "4"}:
        return int(said)
    count = len((element.text or "").split())
    return count if local(element.tag) == "pos" and 2 <= count <= 4 else 2


def _list(element: Element, order: bool, size: int) -> list[list[float]]:
    return positions(element.text or "", size=size, latitude_first=order)


def _old(element: Element, order: bool) -> list[list[float]]:
    """`x,y x,y` of GML 2, whose separators may be others."""
    comma, blank, point = (
        element.get("cs") or ",", element.get("ts") or " ", element.get("decimal") or ".",
    )  # fmt: skip
    found = []
    for word in (element.text or "").replace("\n", " ").replace("\t", " ").split(blank):
        if word.strip():
            pair = numbers(" ".join(word.strip().replace(point, ".").split(comma)))[:2]
            if len(pair) < 2:
                raise Refused(_("géométrie inconnue ou mal formée"))
            found.append([pair[1], pair[0]] if order else pair)
    return found


def _line(line: list[list[float]]) -> Geometry:
    return geometry.shaped({"type": "LineString", "coordinates": line})


def _area(rings: list[list[list[float]]]) -> Geometry:
    return geometry.shaped({"type": "Polygon", "coordinates": rings})
