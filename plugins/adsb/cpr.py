"""Positions out of pairs of messages: the compact reporting of ADS-B (RTCA DO-260B, A.1.7).

One message holds a place within a cell; an even and an odd one, close in time, tell which cell.
"""

import math
from typing import NamedTuple

_SCALE = 1 << 17
_ZONES = 15
_POLE = 87.0


class Half(NamedTuple):
    """One message: even or odd, and the 17-bit latitude and longitude within its cell."""

    odd: bool
    lat: int
    lon: int


def half(me: int) -> Half:
    """The part of a position that one airborne message holds."""
    return Half(bool(me >> 34 & 1), me >> 17 & 0x1FFFF, me & 0x1FFFF)


def position(earlier: Half, later: Half) -> tuple[float, float] | None:
    """Longitude and latitude in degrees when `later` was sent; None when the two do not fit."""
    even, odd = (earlier, later) if later.odd else (later, earlier)
    if even.odd or not odd.odd:
        return None
    y0, y1 = even.lat / _SCALE, odd.lat / _SCALE
    band = math.floor((4 * _ZONES - 1) * y0 - 4 * _ZONES * y1 + 0.5)
    lat_even = _signed(360 / (4 * _ZONES) * (band % (4 * _ZONES) + y0))
    lat_odd = _signed(360 / (4 * _ZONES - 1) * (band % (4 * _ZONES - 1) + y1))
    zones = _longitude_zones(lat_even)
    if zones != _longitude_zones(lat_odd) or not -90 <= lat_even <= 90:
        return None
    lat = lat_odd if later.odd else lat_even
    count = max(zones - later.odd, 1)
    x0, x1 = even.lon / _SCALE, odd.lon / _SCALE
    slot = math.floor(x0 * (zones - 1) - x1 * zones + 0.5)
    lon = 360 / count * (slot % count + (x1 if later.odd else x0))
    return round(lon - 360 if lon >= 180 else lon, 6), round(lat, 6)


def _signed(degrees: float) -> float:
    return degrees - 360 if degrees >= 270 else degrees


def _longitude_zones(lat: float) -> int:
    """How many cells go round the earth at a latitude (NL)."""
    if abs(lat) >= _POLE:
        return 2 if abs(lat) == _POLE else 1
    cell = 1 - math.cos(math.pi / (2 * _ZONES))
    return math.floor(2 * math.pi / math.acos(1 - cell / math.cos(math.radians(abs(lat))) ** 2))
