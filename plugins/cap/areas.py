"""Where a CAP alert applies: polygons and circles, latitude first, unlike GeoJSON."""

import re
from collections.abc import Iterator

from beffroi.plugin import Book, Geometry, Refused, geometry, tree
from beffroi.plugin.words import _

_NUMBER = re.compile(r"([+-]?)\s*(\d+(?:\.\d*)?|\.\d+)")
_KILOMETRE = 1000


def area_of(info: object, book: Book, where: str) -> Geometry | None:
    """All the polygons and circles under `area` (or `targetArea` of EDXL) as one geometry.

    None when it draws none; shapes that cannot be drawn go to the book.
    """
    return geometry.gathered(
        shape
        for name in ("area", "targetArea")
        for area in tree.every(info, name)
        for shape in _shapes(area, book, where)
    )


def _shapes(area: object, book: Book, where: str) -> Iterator[Geometry]:
    for name, drawn in (("polygon", _polygon), ("circle", _circle)):
        for words in tree.every(area, name):
            said = tree.text(words)
            if not said:
                continue
            try:
                yield drawn(_numbers(said))
            except Refused as refusal:
                book.note(where, refusal.why, lost=False)


def _numbers(words: str) -> list[float]:
    """The numbers of a list of pairs, however they are kept apart (« 34.35,- 120.44 » too)."""
    return [float(sign + digits) for sign, digits in _NUMBER.findall(words)]


def _polygon(numbers: list[float]) -> Geometry:
    if len(numbers) % 2:
        raise Refused(_("nombre impair de coordonnées"))
    return geometry.polygon(
        [(lon, lat) for lat, lon in zip(numbers[::2], numbers[1::2], strict=True)]
    )


def _circle(numbers: list[float]) -> Geometry:
    if len(numbers) < 3:
        raise Refused(_("cercle sans rayon"))
    lat, lon, kilometres = numbers[:3]
    return geometry.circle(lon, lat, kilometres * _KILOMETRE)
