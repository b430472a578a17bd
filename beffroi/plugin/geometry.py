"""Checks and makes shapes: GeoJSON geometries in WGS 84, position by position, within limits.

Every function that cannot keep a shape raises `Refused`, whose `why` is for the book of problems.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from typing_extensions import TypeIs

from beffroi.plugin.antimeridian import cut
from beffroi.plugin.limits import MAX_POSITIONS
from beffroi.plugin.record import Geometry
from beffroi.plugin.refusals import Refused
from beffroi.text import _

MAX_NESTING = 4
METRES_BEYOND = 360
"""A coordinate past a full turn can only be metres."""
Position = Sequence[float]
_DEPTHS = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
_FEWEST = {"LineString": 2, "MultiLineString": 2, "Polygon": 4, "MultiPolygon": 4}
_EARTH_M = 6_371_008.8
_SIDES = 64


def checked(value: object) -> Geometry:
    """A geometry of a document, in longitude and latitude: valid, on the globe, cut at 180°.

    Altitudes are left out, rings are closed.

    Raises:
        Refused: it is no geometry, or not on the globe, or more than can be drawn.
    """
    found = shaped(value)
    on_the_globe(found)
    return cut(found)


def shaped(value: object) -> Geometry:
    """The geometry with two finite numbers per position, rings closed; in any system.

    Raises:
        Refused: it is not a geometry, or it holds more than can be drawn.
    """
    return _Checker().geometry(value)


def point(lon: object, lat: object) -> Geometry:
    """A point; numbers may be given as words, with a comma as well."""
    return checked({"type": "Point", "coordinates": [number(lon), number(lat)]})


def line(positions: Iterable[Position]) -> Geometry:
    """A line through (lon, lat) positions."""
    return checked({"type": "LineString", "coordinates": [list(p) for p in positions]})


def polygon(outer: Iterable[Position], *holes: Iterable[Position]) -> Geometry:
    """An area inside a ring of (lon, lat) positions."""
    rings = [[list(p) for p in ring] for ring in (outer, *holes)]
    return checked({"type": "Polygon", "coordinates": rings})


def box(west: float, south: float, east: float, north: float) -> Geometry:
    """The area between two meridians and two parallels."""
    return polygon([(west, south), (east, south), (east, north), (west, north), (west, south)])


def circle(lon: float, lat: float, metres: float) -> Geometry:
    """The area within a distance of a position, a point when the distance is nothing."""
    middle = point(lon, lat)
    if not (isinstance(metres, int | float) and 0 < metres < 10_000_000):
        return middle
    lon, lat = middle["coordinates"]
    ring = [away(lon, lat, -360 * side / _SIDES, metres) for side in range(_SIDES)]
    return polygon([*ring, ring[0]])


def away(lon: float, lat: float, bearing: float, metres: float) -> tuple[float, float]:
    """The position at a distance in a direction (degrees from north), on the sphere."""
    up, arc, to = math.radians(lat), metres / _EARTH_M, math.radians(bearing)
    there = math.asin(math.sin(up) * math.cos(arc) + math.cos(up) * math.sin(arc) * math.cos(to))
    over = math.atan2(
        math.sin(to) * math.sin(arc) * math.cos(up),
        math.cos(arc) - math.sin(up) * math.sin(there),
    )
    turned = (lon + math.degrees(over) + 180) % 360 - 180
    return round(turned, 6), round(math.degrees(there), 6)


def gathered(parts: Iterable[Geometry]) -> Geometry | None:
    """Several geometries as one: a Multi… of the same kind, or else a collection; None for none."""
    simple = [one for part in parts for one in _singles(part)]
    if len(simple) <= 1:
        return simple[0] if simple else None
    kinds = {part["type"] for part in simple}
    if len(kinds) == 1:
        return {"type": f"Multi{kinds.pop()}", "coordinates": [p["coordinates"] for p in simple]}
    return {"type": "GeometryCollection", "geometries": simple}


def number(value: object) -> float:
    """A finite number, given as one or as words with a point or a comma.

    Raises:
        Refused: it is none.
    """
    if isinstance(value, str):
        try:
            value = float(value.strip().replace(",", ".").replace("−", "-"))
        except ValueError:
            value = None
    if not _is_number(value):
        raise Refused(not_a_number())
    return value


def positions(geometry: Geometry) -> Iterator[list[float]]:
    """Every position of a checked geometry."""
    for part in geometry.get("geometries", ()):
        yield from positions(part)
    if "coordinates" in geometry:
        yield from _each(geometry["coordinates"], _DEPTHS[geometry["type"]])


def on_the_globe(geometry: Geometry) -> None:
    """Check that every position is a longitude and a latitude.

    Raises:
        Refused: one is not; the reason guesses the likely mistake.
    """
    for lon, lat in positions(geometry):
        if -180 <= lon <= 180 and -90 <= lat <= 90:
            continue
        if max(abs(lon), abs(lat)) > METRES_BEYOND:
            raise Refused(_("coordonnées en mètres, sans système déclaré (Lambert-93\u202f?)"))
        if -90 <= lon <= 90 and -180 <= lat <= 180:
            raise Refused(_("latitude et longitude inversées, semble-t-il"))
        raise Refused(_("coordonnées hors du globe"))


def not_a_number() -> str:
    """The reason for a coordinate that is none."""
    return _("coordonnée non numérique")


class _Checker:
    """Walks one geometry within a budget of positions."""

    def __init__(self) -> None:
        self.left = MAX_POSITIONS

    def geometry(self, value: object, nesting: int = 0) -> Geometry:
        if not isinstance(value, dict) or nesting > MAX_NESTING:
            raise Refused(_("géométrie inconnue ou mal formée"))
        kind = value.get("type")
        if kind == "GeometryCollection" and isinstance(value.get("geometries"), list):
            parts = [self.geometry(part, nesting + 1) for part in value["geometries"]]
            if not parts:
                raise Refused(_("géométrie vide"))
            return {"type": kind, "geometries": parts}
        if not isinstance(kind, str) or kind not in _DEPTHS:
            raise Refused(_("géométrie inconnue ou mal formée"))
        return {
            "type": kind,
            "coordinates": self._nested(value.get("coordinates"), _DEPTHS[kind], kind),
        }

    def _nested(self, value: object, depth: int, kind: str) -> list[Any]:
        if depth == 0:
            return self._position(value)
        if not isinstance(value, list | tuple):
            raise Refused(_("géométrie inconnue ou mal formée"))
        if not value:
            raise Refused(_("géométrie vide"))
        items = [self._nested(item, depth - 1, kind) for item in value]
        if depth == 1 and kind in _FEWEST:
            if kind.endswith("Polygon") and items[0] != items[-1]:
                items.append(items[0])
            if len(items) < _FEWEST[kind]:
                raise Refused(_("ligne ou contour de trop peu de points"))
        return items

    def _position(self, value: object) -> list[float]:
        self.left -= 1
        if self.left < 0:
            raise Refused(_("géométrie de plus de 500\u202f000 points"))
        if not isinstance(value, list | tuple):
            raise Refused(_("géométrie inconnue ou mal formée"))
        if not value:
            raise Refused(_("géométrie vide"))
        if len(value) < 2:
            raise Refused(_("géométrie inconnue ou mal formée"))
        if not (_is_number(value[0]) and _is_number(value[1])):
            raise Refused(not_a_number())
        return [value[0], value[1]]


def _is_number(value: object) -> TypeIs[float]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def _each(value: list[Any], depth: int) -> Iterator[list[float]]:
    if depth == 0:
        yield value
        return
    for item in value:
        yield from _each(item, depth - 1)


def _singles(geometry: Geometry) -> Iterator[Geometry]:
    kind = geometry["type"]
    if kind == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from _singles(part)
    elif kind.startswith("Multi"):
        for coordinates in geometry["coordinates"]:
            yield {"type": kind.removeprefix("Multi"), "coordinates": coordinates}
    else:
        yield geometry
