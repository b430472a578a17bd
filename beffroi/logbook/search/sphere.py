"""Distances on the Earth, the same in SQL and in Python."""

import math

EARTH_METRES = 6_371_008.8
Box = tuple[float, float, float, float]

DISTANCE_SQL = (
    f"{2 * EARTH_METRES!r} * asin(min(1.0, sqrt("
    "pow(sin(radians(e.lat - ?) / 2), 2) "
    "+ cos(radians(?)) * cos(radians(e.lat)) * pow(sin(radians(e.lon - ?) / 2), 2))))"
)
"""Great-circle metres between table `e` and a point given as lat, lat, lon."""


def metres(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """The great-circle distance between two points (haversine, mean Earth radius)."""
    across = math.sin(math.radians(lat2 - lat1) / 2) ** 2
    along = math.sin(math.radians(lon2 - lon1) / 2) ** 2
    h = across + math.cos(math.radians(lat1)) * math.cos(math.radians(lat2)) * along
    return 2 * EARTH_METRES * math.asin(min(1.0, math.sqrt(h)))


def around(lon: float, lat: float, within: float) -> Box:
    """A box that holds everything `within` metres of a point; it may cross the antimeridian."""
    dlat = math.degrees((within + 0.01) / EARTH_METRES) * 1.001  # more than rounding loses
    south, north = max(-90.0, lat - dlat), min(90.0, lat + dlat)
    widest = max(abs(south), abs(north))
    if widest >= 89.9 or dlat >= 90:
        return -180.0, south, 180.0, north
    dlon = dlat / math.cos(math.radians(widest))
    if dlon >= 180:
        return -180.0, south, 180.0, north
    west, east = lon - dlon, lon + dlon
    return (west + 360 if west < -180 else west), south, (east - 360 if east > 180 else east), north


def inside(box: Box, lon: float, lat: float) -> bool:
    """Whether a point lies in a box; west > east crosses the antimeridian (RFC 7946)."""
    west, south, east, north = box
    across = west <= lon <= east if west <= east else lon >= west or lon <= east
    return across and south <= lat <= north
