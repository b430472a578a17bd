"""What looks wrong in records that were read without any error."""

from collections.abc import Callable, Iterable
from itertools import islice

from beffroi.places.territories import in_france
from beffroi.plugin import Record
from beffroi.plugin.geometry import positions
from beffroi.text import _

_LOOKED_AT = 2_000


def swapped(records: Iterable[Record]) -> str:
    """Why the order of coordinates is doubtful, or nothing.

    It is when everything would be in France if latitude and longitude changed places, and nothing is.
    """
    firsts = [
        next(positions(record.geometry))
        for record in islice(records, _LOOKED_AT)
        if record.geometry
    ]
    if not firsts or _some(firsts, in_france):
        return ""
    if _some(firsts, lambda lon, lat: not in_france(lat, lon)):
        return ""
    return _("latitude et longitude peut-être inversées")


def _some(firsts: list[list[float]], test: Callable[[float, float], bool]) -> bool:
    return any(test(lon, lat) for lon, lat in firsts)
