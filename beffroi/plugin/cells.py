"""Coordinates as the cells of a table hold them: numbers, pairs, degrees and minutes, shapes."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from beffroi.plugin.book import Book
from beffroi.plugin.geometry import number
from beffroi.plugin.pairs import looks_like_wkt
from beffroi.plugin.record import Scalar
from beffroi.plugin.refusals import Refused
from beffroi.text import _

_COORDINATE = r"([-+]?\d{1,7}(?:\.\d+)?|[-+]?\d{1,3},\d+)\s*°?\s*([NSEWO]?)"
_TWO = re.compile(rf"\s*[\[(]?\s*{_COORDINATE}\s*(?:[,;|/]|\s)\s*{_COORDINATE}\s*[\])]?\s*")
_DEGREES = re.compile(
    r"\s*([NSEWO])?\s*(\d{1,3}(?:[.,]\d+)?)\s*(?:[°d]|(?=\s*[NSEWO]\s*$))\s*"
    r"(\d{1,2}(?:[.,]\d+)?)?\s*['′’]?\s*(\d{1,2}(?:[.,]\d+)?)?\s*(?:[\"″]|'')?\s*([NSEWO])?\s*",
    re.I,
)
_TWO_IN_DEGREES = re.compile(
    r"(\s*\d{1,3}\s*°.{0,30}?[NSEWO])\s*[,;/]?\s*(\d{1,3}\s*°.{0,30})", re.I
)
_SRID = re.compile(r"\s*SRID\s*=\s*(\d{4,6})\s*;", re.IGNORECASE)
_HEX = re.compile(r"0[01][0-9A-Fa-f]{20,}")
NOWHERE = (float("nan"), float("nan"))
"""What is no pair; compared by identity, since NaN equals nothing."""


def pair_of(value: Scalar) -> tuple[float, float]:
    """The two numbers of a cell in the order they are written, `NOWHERE` when there are none."""
    if not isinstance(value, str) or len(value) >= 100:
        return NOWHERE
    if found := _TWO.fullmatch(value):
        return _turned(found[1], found[2]), _turned(found[3], found[4])
    if found := _TWO_IN_DEGREES.fullmatch(value):
        first, second = _degrees(found[1]), _degrees(found[2])
        return (first, second) if first == first and second == second else NOWHERE
    return NOWHERE


def _turned(words: str, side: str) -> float:
    """A coordinate with the letter of its hemisphere (O is the French West)."""
    return -_decimal(words) if side and side in "SWO" else _decimal(words)


def _decimal(words: str) -> float:
    return float(words.replace(",", "."))


def numbers_of(column: Sequence[Scalar]) -> NDArray[np.float64]:
    """The cells as numbers, NaN where they are none."""
    return np.array([number_of(value) for value in column], dtype=float)


def number_of(value: Scalar) -> float:
    """A number, with a comma or in degrees too; NaN when it is none."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if value is None or value == "":
        return float("nan")
    try:
        return number(str(value).replace("\u00a0", "").replace("\u202f", "").replace(" ", ""))
    except Refused:
        return _degrees(str(value))


def _degrees(words: str) -> float:
    """Degrees, minutes and seconds (`48°51'24"N`, `N 48° 51,4'`, `2.35 W`)."""
    found = _DEGREES.fullmatch(words[:60])
    if not found:
        return float("nan")
    size = sum(
        _decimal(part or "0") / base
        for part, base in zip(found.groups()[1:4], (1, 60, 3600), strict=True)
    )
    return -size if (found[1] or found[5] or "").upper() in {"S", "W", "O"} else size


def points_of(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    told: Iterable[bool],
    lines: Sequence[int],
    book: Book,
) -> NDArray[np.object_]:
    """A point per row where both numbers are; rows that say something else (`told`) go to the book."""
    good = np.isfinite(x) & np.isfinite(y)
    for line, said, fine in zip(lines, told, good.tolist(), strict=True):
        if said and not fine:
            book.note(_("ligne {n}").format(n=line), _("coordonnée non numérique"), lost=False)
    shapes: NDArray[np.object_] = np.full(len(x), None, dtype=object)
    shapes[good] = shapely.points(x[good], y[good])
    return shapes


def shapes_of(column: Sequence[Scalar], lines: Sequence[int], book: Book) -> NDArray[np.object_]:
    """The shapes of a column, in the system they were written in; bad ones go to the book."""
    shapes = np.full(len(column), None, dtype=object)
    for row, value in enumerate(column):
        if value is None or value == "":
            continue
        shapes[row] = _shape(str(value))
        if shapes[row] is None:
            book.note(_("ligne {n}").format(n=lines[row]), _("géométrie mal formée"), lost=False)
    found: NDArray[np.object_] = shapely.force_2d(shapes)
    return found


def looks_like_a_shape(value: Scalar) -> bool:
    """Whether a cell holds WKT, GeoJSON or the hexadecimal WKB of databases."""
    return looks_like_wkt(value) or _is_geojson(value) or _is_hex(value)


def srid_of(value: Scalar) -> str:
    """The system that a shape names (EWKT, EWKB) as `EPSG:…`, or nothing."""
    if isinstance(value, str) and (found := _SRID.match(value)):
        return f"EPSG:{found[1]}"
    number = shapely.get_srid(_shape(str(value))) if _is_hex(value) else 0
    return f"EPSG:{number}" if number > 0 else ""


def _shape(words: str) -> Any:
    if _is_hex(words):
        return shapely.from_wkb(words, on_invalid="ignore")
    read = shapely.from_geojson if _is_geojson(words) else shapely.from_wkt
    return read(_SRID.sub("", words), on_invalid="ignore")


def _is_hex(value: object) -> bool:
    return isinstance(value, str) and bool(_HEX.fullmatch(value.strip()))


def _is_geojson(value: object) -> bool:
    return isinstance(value, str) and value.lstrip()[:1] == "{" and '"coordinates"' in value[:400]
