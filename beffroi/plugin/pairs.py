"""Positions written as words: `48.85 2.35 48.86 2.36`, `2.35,48.85,0 2.36,48.86,0`, WKT."""

import re
from collections.abc import Sequence
from typing import Any

import shapely
from shapely.errors import ShapelyError

from beffroi.plugin import geometry
from beffroi.plugin.geometry import not_a_number
from beffroi.plugin.limits import MAX_POSITIONS
from beffroi.plugin.record import Geometry
from beffroi.plugin.refusals import Refused
from beffroi.text import _

_EWKT = re.compile(r"\s*SRID\s*=\s*(\d{4,6})\s*;", re.IGNORECASE)
_WKT = re.compile(
    r"\s*(?:SRID\s*=\s*\d{4,6}\s*;)?\s*(?:MULTI)?(?:POINT|LINESTRING|POLYGON|GEOMETRYCOLLECTION)\s*[ZM]{0,2}\s*(?:\(|EMPTY)",
    re.IGNORECASE,
)
_LONGEST = 20_000_000


def numbers(words: str) -> list[float]:
    """The numbers of a list written with blanks or commas.

    Raises:
        Refused: something in it is no number.
    """
    try:
        found = [float(word) for word in words.replace(",", " ").split()]
    except ValueError as error:
        raise Refused(not_a_number()) from error
    if len(found) > 4 * MAX_POSITIONS:
        raise Refused(_("géométrie de plus de 500\u202f000 points"))
    return found


def positions(words: str, *, size: int = 2, latitude_first: bool = False) -> list[list[float]]:
    """(x, y) positions of a list of numbers, `size` numbers each.

    Raises:
        Refused: something in it is no number, or a position is short of one.
    """
    found = numbers(words)
    if size < 2 or len(found) % size:
        raise Refused(_("nombre impair de coordonnées"))
    x, y = (1, 0) if latitude_first else (0, 1)
    return [[found[i + x], found[i + y]] for i in range(0, len(found), size)]


def tuples(words: str) -> list[list[float]]:
    """(lon, lat) positions of KML: tuples of two or three numbers apart by blanks.

    Raises:
        Refused: something in it is no position.
    """
    found = [numbers(word)[:2] for word in re.sub(r"\s*,\s*", ",", words).split()]
    if any(len(position) < 2 for position in found):
        raise Refused(_("géométrie inconnue ou mal formée"))
    return found


def georss_point(words: str) -> Geometry:
    """A point of GeoRSS: latitude, longitude."""
    return geometry.point(*_first(positions(words, latitude_first=True)))


def georss_line(words: str) -> Geometry:
    """A line of GeoRSS."""
    return geometry.line(positions(words, latitude_first=True))


def georss_polygon(words: str) -> Geometry:
    """An area of GeoRSS."""
    return geometry.polygon(positions(words, latitude_first=True))


def georss_box(words: str) -> Geometry:
    """A box of GeoRSS: its lower corner, its upper one."""
    corners = positions(words, latitude_first=True)
    if len(corners) != 2:
        raise Refused(_("géométrie inconnue ou mal formée"))
    (west, south), (east, north) = corners
    return geometry.box(west, south, east, north)


def georss_circle(words: str) -> Geometry:
    """A circle of GeoRSS: its middle, its radius in metres."""
    found = numbers(words)
    if len(found) != 3:
        raise Refused(_("géométrie inconnue ou mal formée"))
    return geometry.circle(found[1], found[0], found[2])


def looks_like_wkt(words: object) -> bool:
    """Whether a value is a shape written as WKT."""
    return isinstance(words, str) and bool(_WKT.match(words[:200]))


def wkt(words: str) -> tuple[Geometry, str]:
    """A shape written as WKT, unchecked as to its place, and the system it names (`EPSG:…` or nothing).

    Raises:
        Refused: it is none.
    """
    named = _EWKT.match(words)
    if len(words) > _LONGEST:
        raise Refused(_("géométrie de plus de 500\u202f000 points"))
    try:
        shape = shapely.from_wkt(words[named.end() :] if named else words)
    except (ShapelyError, ValueError) as error:
        raise Refused(_("géométrie WKT mal formée")) from error
    return of_shape(shape), f"EPSG:{named[1]}" if named else ""


def of_shape(shape: Any) -> Geometry:
    """The GeoJSON geometry of a shapely one, in two dimensions, unchecked as to its place.

    Raises:
        Refused: it is empty or of a kind that GeoJSON does not know.
    """
    if shape is None or shape.is_empty:
        raise Refused(_("géométrie vide"))
    if shape.geom_type == "LinearRing":
        shape = shapely.Polygon(shape)
    return geometry.shaped(shapely.geometry.mapping(shape))


def _first(found: Sequence[list[float]]) -> list[float]:
    if len(found) != 1:
        raise Refused(_("géométrie inconnue ou mal formée"))
    return found[0]
