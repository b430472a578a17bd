"""Lines written as encoded polylines (the algorithm of Google), as GTFS-RT shapes are."""

from beffroi.plugin import Geometry, Refused, geometry
from beffroi.plugin.words import _

_LONGEST = 2_000_000


def line(encoded: str) -> Geometry:
    """The line of an encoded polyline.

    Raises:
        Refused: it is cut short, or no line.
    """
    if len(encoded) > _LONGEST:
        raise Refused(_("géométrie de plus de 500\u202f000 points"))
    numbers = _numbers(encoded)
    lat = lon = 0
    places: list[tuple[float, float]] = []
    for north, east in zip(numbers[::2], numbers[1::2], strict=False):
        lat, lon = lat + north, lon + east
        places.append((lon / 1e5, lat / 1e5))
    return geometry.line(places)


def _numbers(encoded: str) -> list[int]:
    found: list[int] = []
    value = shift = 0
    for letter in encoded:
        part = ord(letter) - 63
        if not 0 <= part < 64:
            raise Refused(_("géométrie inconnue ou mal formée"))
        value |= (part & 31) << shift
        shift += 5
        if part < 32:
            found.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
        elif shift > 40:
            raise Refused(_("géométrie inconnue ou mal formée"))
    return found
