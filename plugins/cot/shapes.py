"""What an event draws: its point, or the route, the shape, the circle or the bearing of its detail."""

import math
from collections.abc import Iterator
from typing import Any

from beffroi.plugin import Geometry, geometry, xml
from plugins.cot.event import Event, measured

_SIDES = 64
_LARGEST_M = 5_000_000
Place = tuple[float, float]


def drawn(event: Event) -> Geometry | None:
    """The geometry of an event in longitude and latitude; None when it has no place.

    Raises:
        Refused: what it draws is off the globe or malformed.
    """
    shape = _of_detail(event) if event.detail is not None else None
    if shape is None and event.place is not None:
        shape = geometry.point(*event.place)
    return shape


def _of_detail(event: Event) -> Geometry | None:
    corners = list(_linked_places(event.detail)) or list(_polyline(event.detail))
    if len(corners) >= 2:
        return _path(event, corners)
    if event.place is None:
        return None
    if axes := _ellipse(event.detail):
        return _ring(event.place, axes)
    if event.type.startswith("u-rb") and (arm := _bearing(event.detail)):
        return geometry.line([event.place, geometry.away(*event.place, *arm)])
    return None


def _path(event: Event, corners: list[Place]) -> Geometry:
    """An area when the corners come back to the first one, or make a rectangle; else a line."""
    closed = corners[0] == corners[-1] or event.type == "u-d-r" or _says_closed(event.detail)
    if closed and len(set(corners)) >= 3:
        return geometry.polygon(corners)
    return geometry.line(corners)


def _linked_places(detail: Any) -> Iterator[Place]:
    """The corners of a route or a free drawing: `<link point="lat,lon,hae"/>`, in order."""
    for link in xml.named(detail, "link"):
        parts = [measured(part) for part in link.get("point", "").split(",")]
        if len(parts) >= 2 and parts[0] is not None and parts[1] is not None:
            yield parts[1], parts[0]


def _polyline(detail: Any) -> Iterator[Place]:
    line = xml.child(detail, "shape", "polyline")
    for vertex in [] if line is None else xml.named(line, "vertex"):
        lat, lon = measured(vertex.get("lat")), measured(vertex.get("lon"))
        if lat is not None and lon is not None:
            yield lon, lat


def _says_closed(detail: Any) -> bool:
    line = xml.child(detail, "shape", "polyline")
    return line is not None and line.get("closed", "").lower() == "true"


def _ellipse(detail: Any) -> tuple[float, float, float] | None:
    """Half axes in metres and the bearing of the larger one; the outermost ring of several."""
    shape = xml.child(detail, "shape")
    found = [
        (major, measured(ring.get("minor")) or major, measured(ring.get("angle")) or 0.0)
        for ring in ([] if shape is None else xml.named(shape, "ellipse"))
        if (major := measured(ring.get("major"))) and 0 < major < _LARGEST_M
    ]
    return max(found, default=None)


def _bearing(detail: Any) -> tuple[float, float] | None:
    away, to = (xml.child(detail, name) for name in ("range", "bearing"))
    metres = measured(away.get("value")) if away is not None else None
    degrees = measured(to.get("value")) if to is not None else None
    if metres is None or degrees is None or not 0 < metres < _LARGEST_M:
        return None
    return degrees, metres


def _ring(middle: Place, axes: tuple[float, float, float]) -> Geometry:
    major, minor, angle = axes
    if math.isclose(major, minor):
        return geometry.circle(*middle, major)
    ring = []
    for side in range(_SIDES):
        turn = -2 * math.pi * side / _SIDES
        along, across = major * math.cos(turn), minor * math.sin(turn)
        bearing = angle + math.degrees(math.atan2(across, along))
        ring.append(geometry.away(*middle, bearing, math.hypot(along, across)))
    return geometry.polygon([*ring, ring[0]])
