"""Which tiles lie where in Web Mercator."""

import math
from collections.abc import Iterator

from beffroi.basemaps.pack import Box

_MOST_LAT = 85.0511


def tile_at(lon: float, lat: float, z: int) -> tuple[int, int]:
    """The column and row of the tile that holds a position."""
    side = 1 << z
    lat = max(-_MOST_LAT, min(_MOST_LAT, lat))
    x = int((lon + 180) / 360 * side)
    y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * side)
    return min(max(x, 0), side - 1), min(max(y, 0), side - 1)


def samples(box: Box, across: int) -> Iterator[tuple[float, float]]:
    """Positions spread evenly over a box; west beyond east means over the antimeridian."""
    west, south, east, north = box
    wide = (east - west) % 360 or (360 if east > west else 0)
    for row in range(across):
        lat = south + (north - south) * (row + 0.5) / across
        for column in range(across):
            lon = west + wide * (column + 0.5) / across
            yield (lon + 180) % 360 - 180, lat
