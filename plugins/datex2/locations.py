"""Where a DATEX II element is: each location once, by the most exact of the ways it is told.

Coordinates written as lists (`posList`) are latitude first, as the standard's examples are.
"""

from collections.abc import Callable, Iterator

import msgspec

from beffroi.plugin import Book, Geometry, Refused, geometry, pairs, tree

_PLACES = (
    "groupOfLocations", "locationReference", "locationByOrder", "implementedLocation",
    "vmsLocation", "measurementSiteLocation", "parkingLocation", "location",
)  # fmt: skip
_GROUPED = ("locationContainedInGroup", "locationContainedInItinerary")
Shapes = Iterator[Geometry]


def place(node: object, book: Book, where: str) -> Geometry | None:
    """The shape of all the locations inside an element; None when it draws none."""
    parts: list[Geometry] = []
    for location in tree.deep(node, *_PLACES):
        for single in _singles(location):
            parts += _best(single, book, where)
    return geometry.gathered(parts)


def location(node: object, book: Book, where: str) -> Geometry | None:
    """The shape of an element that is itself a location."""
    return geometry.gathered(s for single in _singles(node) for s in _best(single, book, where))


def _singles(location: object) -> Iterator[object]:
    grouped = [inner for name in _GROUPED for inner in tree.every(location, name)]
    if not grouped:
        yield location
    for inner in grouped:
        yield from _singles(tree.at(inner, "location") or inner)


def _best(location: object, book: Book, where: str) -> list[Geometry]:
    """The shapes by the first way that tells any."""
    for way in _WAYS:
        try:
            if shapes := list(way(location)):
                return shapes
        except Refused as refusal:
            book.note(where, refusal.why, lost=False)
    return []


def _geojson(location: object) -> Shapes:
    """The extension of DiaLog: a GeoJSON geometry as words."""
    for words in tree.deep(location, "geoJsonGeometry"):
        try:
            yield geometry.checked(msgspec.json.decode(tree.text(words)))
        except (msgspec.DecodeError, RecursionError) as error:
            raise Refused(str(error)[:100]) from error


def _gml(location: object) -> Shapes:
    for polygon in tree.deep(location, "gmlPolygon", "gmlAreaPolygon"):
        rings = [tree.text(e, "posList") for e in tree.deep(polygon, "exterior")]
        rings = rings or [tree.text(e) for e in tree.deep(polygon, "posList")]
        for ring in rings:
            yield geometry.polygon(pairs.positions(ring, latitude_first=True))
    for line in tree.deep(location, "gmlLineString"):
        size = tree.number(line, "@srsDimension")
        for words in tree.deep(line, "posList"):
            yield geometry.line(
                pairs.positions(tree.text(words), size=int(size or 2), latitude_first=True)
            )


def _openlr(location: object) -> Shapes:
    for reference in tree.deep(location, "openlrLineLocationReference", "openlrLinear"):
        places = [_pair(c) for c in tree.deep(reference, "openlrCoordinate")]
        if len(places) > 1:
            yield geometry.line(places)
    for corners in tree.deep(location, "openlrPolygonCorners", "openlrPolygonLocationReference"):
        places = [_pair(c) for c in tree.deep(corners, "openlrCoordinate", "openlrCoordinates")]
        if len(places) > 2:
            yield geometry.polygon(places)


def _linear(location: object) -> Shapes:
    """From one point to another, straight: TPEG, or the ends of a line in coordinates."""
    for linear in tree.deep(location, "tpegLinearLocation"):
        ends = [tree.at(linear, end, "pointCoordinates") for end in ("from", "to")]
        if all(end is not None for end in ends):
            yield geometry.line([_pair(end) for end in ends])
    ends = [
        next(tree.deep(location, name), None)
        for name in ("linearCoordinatesStartPoint", "linearCoordinatesEndPoint")
    ]
    if all(end is not None for end in ends):
        yield geometry.line([_pair(end) for end in ends])


def _points(location: object) -> Shapes:
    for point in tree.deep(location, "tpegPointLocation"):
        named = next(
            (tree.at(point, n) for n in ("framedPoint", "point") if tree.at(point, n)), point
        )
        yield from (_point(c) for c in tree.deep(named, "pointCoordinates"))
        return
    yield from (_point(c) for c in tree.deep(location, "pointCoordinates", "openlrCoordinate"))


def _circle(location: object) -> Shapes:
    for area in tree.deep(location, "circularArea", "gmlCircle", "openlrCircleLocationReference"):
        radius = next((tree.number(r) for r in tree.deep(area, "radius", "openlrRadius")), None)
        for middle in tree.deep(area, "centrePoint", "centerPoint", "openlrGeoCoordinate"):
            lon, lat = _pair(middle)
            yield geometry.circle(lon, lat, radius or 0)


def _displayed(location: object) -> Shapes:
    yield from (
        _point(c) for c in tree.deep(location, "locationForDisplay", "coordinatesForDisplay")
    )


_WAYS: tuple[Callable[[object], Shapes], ...] = (
    _geojson, _gml, _openlr, _circle, _linear, _points, _displayed,
)  # fmt: skip


def _pair(node: object) -> tuple[float, float]:
    lon = next((tree.text(n) for n in tree.deep(node, "longitude")), "")
    lat = next((tree.text(n) for n in tree.deep(node, "latitude")), "")
    return geometry.number(lon), geometry.number(lat)


def _point(node: object) -> Geometry:
    return geometry.point(*_pair(node))
