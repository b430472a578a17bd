"""Distances, bearings, lengths and areas on the WGS 84 ellipsoid, never on the flat map.

Source: Karney's geodesics, as pyproj computes them.
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from beffroi.layers.shapes import Position

if TYPE_CHECKING:
    from pyproj import Geod

DEGREE_M = 111_320.0
"""Metres of a degree along the equator: for what is near, compared on a flat map before it is measured."""


@cache
def globe() -> "Geod":
    """The WGS 84 ellipsoid."""
    from pyproj import Geod  # 40 ms and 8 MB: for who measures

    return Geod(ellps="WGS84")


def leg(start: Position, end: Position) -> tuple[float, float]:
    """Distance in metres and bearing from north (0 to 360 degrees) from one position to another."""
    bearing, _back, metres = globe().inv(*start, *end)
    return float(metres), float(bearing) % 360


def reach(start: Position, distance_m: float, bearing_deg: float) -> Position:
    """Where one arrives after a distance in a direction."""
    lon, lat, _back = globe().fwd(*start, bearing_deg, distance_m)
    return near((float(lon), float(lat)), start)


def near(position: Position, other: Position) -> Position:
    """The same position, its longitude within half a turn of another's (a line stays one line)."""
    lon, lat = position
    return (other[0] + (lon - other[0] + 180) % 360 - 180, lat)


def length(line: Sequence[Position]) -> float:
    """The length of a line in metres."""
    if len(line) < 2:
        return 0.0
    lons, lats = zip(*line, strict=True)
    return float(globe().line_length(lons, lats))


def area(ring: Sequence[Position]) -> float:
    """The area inside a ring in square metres, whichever way it turns."""
    if len(ring) < 3:
        return 0.0
    lons, lats = zip(*ring, strict=True)
    return abs(float(globe().polygon_area_perimeter(lons, lats)[0]))
