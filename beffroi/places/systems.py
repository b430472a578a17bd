"""The projected systems used in France, and positions written in them."""

from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

import mgrs

from beffroi.places.angles import write as write_degrees
from beffroi.places.territories import territory_at

if TYPE_CHECKING:
    from pyproj import Transformer

HAIR = 5e-6
"""Just south of the equator, where rounding to a metre falls out of the last southern square."""
LAMBERT93 = 2154
_grid_lock = Lock()
"""The library of grid references keeps its parameters in one place for all threads."""
BANDS = "CDEFGHJKLMNPQRSTUVWX"


@cache
def to_wgs84(epsg: int) -> "Transformer":
    """From metres to longitude and latitude."""
    return _transformer(epsg, 4326)


@cache
def from_wgs84(epsg: int) -> "Transformer":
    """From longitude and latitude to metres."""
    return _transformer(4326, epsg)


def _transformer(source: int, target: int) -> "Transformer":
    from pyproj import Transformer  # 40 ms and 8 MB: for who writes metres

    return Transformer.from_crs(source, target, always_xy=True)


def utm_epsg(zone: int, *, south: bool) -> int:
    """The code of a UTM zone on WGS 84."""
    return (32700 if south else 32600) + zone


def band(lat: float) -> str:
    """The letter of latitude of UTM and MGRS."""
    return BANDS[min(19, max(0, int((lat + 80) // 8)))]


def write_utm(lon: float, lat: float) -> str:
    """« 31N 452484 5411718 »; degrees near the poles, where UTM stops."""
    if not -80 <= lat <= 84:
        return write_degrees(lon, lat, "dd")
    zone = min(60, int((lon + 180) // 6) + 1)
    east, north = from_wgs84(utm_epsg(zone, south=lat < 0)).transform(lon, lat)
    return f"{zone}{'S' if lat < 0 else 'N'} {east:.0f} {north:.0f}"


def write_mgrs(lon: float, lat: float) -> str:
    """« 31U DQ 52484 11718 »; degrees near the poles."""
    if not -80 <= lat <= 84:
        return write_degrees(lon, lat, "dd")
    if -HAIR < lat < 0:
        lat = 0.0
    with _grid_lock:
        packed = str(mgrs.MGRS().toMGRS(lat, lon, MGRSPrecision=5)).lstrip("0")
    zone, square, digits = packed[:-12], packed[-12:-10], packed[-10:]
    return f"{zone} {square} {digits[:5]} {digits[5:]}"


def grid_position(packed: str) -> tuple[float, float] | None:
    """The position of a grid reference without spaces, if there is such a square."""
    try:
        with _grid_lock:
            lat, lon = mgrs.MGRS().toLatLon(packed)
    except (mgrs.core.MGRSError, ValueError):
        return None
    return float(lon), float(lat)


def write_lambert(lon: float, lat: float) -> str:
    """« 652469 6862035 » in mainland France; UTM elsewhere, where Lambert-93 means nothing."""
    territory = territory_at(lon, lat)
    if territory is None or territory.epsg != LAMBERT93:
        return write_utm(lon, lat)
    east, north = from_wgs84(LAMBERT93).transform(lon, lat)
    return f"{east:.0f} {north:.0f}"
