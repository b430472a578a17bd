"""Asks a WMS (OGC 06-042) for the part of its map that a tile shows."""

import math
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

WEB = "EPSG:3857"
_DEGREES = frozenset(("EPSG:4326", "CRS:84", "EPSG:4171", "EPSG:4258"))
_LONGITUDE_FIRST = "CRS:84"
_HALF = 20_037_508.342789244
_SIZE = frozenset(("bbox", "width", "height", "crs", "srs"))


def is_request(address: str) -> bool:
    """Whether an address is a GetMap request, whose frame and size are left to the map."""
    asked = _asked(address)
    return asked.get("request", "").lower() == "getmap" and bool(asked.get("layers"))


def tile_address(request: str, z: int, x: int, y: int, size: int) -> str:
    """The request for one tile of `size` pixels.

    Services that know longitudes and latitudes alone are asked for those: within one tile the
    difference is a pixel or so from zoom 6 on.  All others are asked for Web Mercator.
    """
    parts = urlsplit(request)
    asked = _asked(request)
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in _SIZE
    ]
    system = (asked.get("crs") or asked.get("srs") or WEB).upper()
    recent = asked.get("version", "1.1.1") >= "1.3"
    if system in _DEGREES:
        west, south, east, north = _degrees(z, x, y)
        turned = recent and system != _LONGITUDE_FIRST
        box = (south, west, north, east) if turned else (west, south, east, north)
    else:
        system, box = WEB, _metres(z, x, y)
    kept += [
        ("CRS" if recent else "SRS", system),
        (
            "BBOX",
            ",".join(f"{value:.9g}" if system in _DEGREES else f"{value:.3f}" for value in box),
        ),
        ("WIDTH", str(size)),
        ("HEIGHT", str(size)),
    ]
    return urlunsplit(parts._replace(query=urlencode(kept, safe=":/,")))


def _asked(address: str) -> dict[str, str]:
    try:
        query = urlsplit(address).query
    except ValueError:
        return {}
    return {name.lower(): value for name, value in parse_qsl(query)}


def _metres(z: int, x: int, y: int) -> tuple[float, float, float, float]:
    side = 2 * _HALF / (1 << z)
    west, north = x * side - _HALF, _HALF - y * side
    return west, north - side, west + side, north


def _degrees(z: int, x: int, y: int) -> tuple[float, float, float, float]:
    west, south, east, north = _metres(z, x, y)
    return _lon(west), _lat(south), _lon(east), _lat(north)


def _lon(metres: float) -> float:
    return metres / _HALF * 180


def _lat(metres: float) -> float:
    return math.degrees(math.atan(math.sinh(metres / _HALF * math.pi)))
