"""The shapes of a placemark: points, lines, areas, several of them, tracks of moving things."""

from collections.abc import Iterator

from beffroi.plugin import Geometry, Refused
from beffroi.plugin.geometry import gathered, shaped
from beffroi.plugin.pairs import numbers, tuples
from beffroi.plugin.words import _
from beffroi.plugin.xml import Element, child, local, named, text

_DEEPEST = 8


def shape_of(placemark: Element) -> Geometry | None:
    """All shapes of a placemark as one, unchecked as to their place; None when there is none.

    Raises:
        Refused: one of them cannot be read.
    """
    return gathered(shape for element in placemark for shape in _shapes(element, _DEEPEST))


def _shapes(element: Element, depth: int) -> Iterator[Geometry]:
    if depth <= 0:
        raise Refused(_("géométrie inconnue ou mal formée"))
    match local(element.tag):
        case "Point":
            yield from _simple("Point", element)
        case "LineString" | "LinearRing":
            yield from _simple("LineString", element)
        case "Polygon":
            yield from _area(element)
        case "Track":
            yield from _track(element)
        case "MultiGeometry" | "MultiTrack" | "MultiPoint" | "MultiLineString" | "MultiPolygon":
            for inner in element:
                yield from _shapes(inner, depth - 1)
        case _:
            return


def _simple(kind: str, element: Element) -> Iterator[Geometry]:
    positions = tuples(text(element, "coordinates"))
    if not positions:
        return
    if kind == "Point" or len(positions) == 1:
        yield shaped({"type": "Point", "coordinates": positions[0]})
    else:
        yield shaped({"type": kind, "coordinates": positions})


def _area(element: Element) -> Iterator[Geometry]:
    rings = [
        tuples(text(child(boundary, "LinearRing"), "coordinates"))
        for tag in ("outerBoundaryIs", "innerBoundaryIs")
        for boundary in named(element, tag)
    ]
    # Several holes may share one boundary element, against the schema but as Google writes them.
    if found := [ring for ring in rings if ring]:
        yield shaped({"type": "Polygon", "coordinates": found})


def _track(element: Element) -> Iterator[Geometry]:
    """A track (`gx:Track`, and `Track` of KML 2.3): the line through its fixes."""
    fixes = [numbers(coord.text or "")[:2] for coord in named(element, "coord")]
    positions = [fix for fix in fixes if len(fix) == 2]
    if len(positions) == 1:
        yield shaped({"type": "Point", "coordinates": positions[0]})
    elif positions:
        yield shaped({"type": "LineString", "coordinates": positions})
