"""Which columns of a table say where things are: longitude and latitude, x and y, both, or shapes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from beffroi.plugin.book import Book
from beffroi.plugin.crs import WGS84
from beffroi.plugin.geometry import number
from beffroi.plugin.pairs import looks_like_wkt
from beffroi.plugin.record import Scalar
from beffroi.plugin.refusals import Refused
from beffroi.text import _

Fields = Mapping[str, Sequence[Scalar]]
Way = Literal["", "columns", "pair", "shape"]
_LON = re.compile(
    r"(^|[_ .\-(])(lon|long|lng|longitude|x_?long|xlong|stop_lon|wgs84_?x)($|[_ .\-)\d])|longitude|^xlong|^lon",
    re.I,
)
_LAT = re.compile(
    r"(^|[_ .\-(])(lat|latitude|y_?lat|ylat|stop_lat|wgs84_?y)($|[_ .\-)\d])|latitude|^ylat|^lat($|[_ \d])",
    re.I,
)
_X = re.compile(
    r"^(x|easting|est|coord(onn[ée]e)?s?[_ ]?x|x[_ ]?(coord|l93|lambert.*|wgs.*|rgf.*|proj.*|2154|3857|ccoord)?|geo_?x|lambx|xl93|x_?centroid)$",
    re.I,
)
_Y = re.compile(
    r"^(y|northing|nord|coord(onn[ée]e)?s?[_ ]?y|y[_ ]?(coord|l93|lambert.*|wgs.*|rgf.*|proj.*|2154|3857|ccoord)?|geo_?y|lamby|yl93|y_?centroid)$",
    re.I,
)
_SHAPE = re.compile(
    r"^(wkt|ewkt|geom(etr(y|ie))?|the_geom|geo_?shape|shape|geojson|wkb_geometry|contour|polygone?|st_?as_?text.*)$",
    re.I,
)
_PAIR = re.compile(
    r"geo_?point|latlon|lat_?lng|lat_?long|coord|gps|position|localisation|geoloc|^point$|centroid",
    re.I,
)
_TWO = re.compile(
    r"\s*[\[(]?\s*([-+]?\d{1,7}(?:\.\d+)?|[-+]?\d{1,3},\d+)°?\s*(?:[,;|]|\s)\s*([-+]?\d{1,7}(?:\.\d+)?|[-+]?\d{1,3},\d+)°?\s*[\])]?\s*"
)
_DEGREES = re.compile(
    r"\s*(\d{1,3})\s*[°d]\s*(\d{1,2})?\s*['′’]?\s*(\d{1,2}(?:[.,]\d+)?)?\s*(?:[\"″]|'')?\s*([NSEWO])?\s*",
    re.I,
)
_MOSTLY = 0.8
_PROBED = 200


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """How a table says where its rows are; `columns` are one (a pair, a shape) or two (x, y)."""

    way: Way = ""
    columns: tuple[str, ...] = ()
    crs: str = ""
    latitude_first: bool = True

    @property
    def hidden(self) -> frozenset[str]:
        """Columns that need not be shown once the rows are placed: shapes, which are unreadable."""
        return frozenset(self.columns if self.way == "shape" else ())

    @property
    def hints(self) -> dict[str, str]:
        """The columns, for the wizard."""
        if self.way == "columns":
            return {"lon": self.columns[0], "lat": self.columns[1]}
        return {self.way: self.columns[0]} if self.way else {}

    def shapes(self, fields: Fields, lines: Sequence[int], book: Book) -> NDArray[np.object_]:
        """A shapely shape per row, None where there is none; what cannot be read goes to the book."""
        size = len(lines)
        if self.way == "columns":
            x, y = (_numbers(fields[name]) for name in self.columns)
            return _points(x, y, _either(fields, self.columns, size), lines, book)
        if self.way == "pair":
            told = [_two(value) for value in fields[self.columns[0]]]
            first = np.array([pair[0] for pair in told], dtype=float)
            second = np.array([pair[1] for pair in told], dtype=float)
            x, y = (second, first) if self.latitude_first else (first, second)
            return _points(x, y, _either(fields, self.columns, size), lines, book)
        if self.way == "shape":
            return _shapes(fields[self.columns[0]], lines, book)
        return np.full(size, None, dtype=object)


def found_in(fields: Fields, options: Mapping[str, Any]) -> Whereabouts:
    """The columns that place the rows: those that were chosen, or those that look so."""
    chosen = _chosen(fields, options)
    return (
        chosen
        or _shape_column(fields)
        or _two_columns(fields)
        or _pair_column(fields)
        or Whereabouts()
    )


def _chosen(fields: Fields, options: Mapping[str, Any]) -> Whereabouts | None:
    for east, north in (("lon", "lat"), ("x", "y")):
        pair = (str(options.get(east) or ""), str(options.get(north) or ""))
        if all(name in fields for name in pair):
            return Whereabouts(way="columns", columns=pair, crs=_crs_of(fields, pair))
    for option, way in (("geometry", "shape"), ("latlon", "pair")):
        if (name := str(options.get(option) or "")) in fields:
            found: Way = "shape" if way == "shape" else "pair"
            return Whereabouts(
                way=found, columns=(name,), latitude_first=_latitude_first(fields[name])
            )
    return None


def _shape_column(fields: Fields) -> Whereabouts | None:
    for name, column in fields.items():
        probed = [value for value in column[:_PROBED] if value not in (None, "")]
        good = sum(1 for value in probed if looks_like_wkt(value) or _looks_like_geojson(value))
        if probed and good >= (_MOSTLY if not _SHAPE.match(name) else 0.5) * len(probed):
            return Whereabouts(way="shape", columns=(name,))
    return None


def _two_columns(fields: Fields) -> Whereabouts | None:
    for east, north in ((_LON, _LAT), (_X, _Y)):
        xs = [name for name in fields if east.search(name) and _is_numeric(fields[name])]
        ys = [name for name in fields if north.search(name) and _is_numeric(fields[name])]
        if xs and ys:
            pair = (xs[0], _nearest(fields, xs[0], ys))
            if pair[0] != pair[1]:
                return Whereabouts(way="columns", columns=pair, crs=_crs_of(fields, pair))
    return None


def _nearest(fields: Fields, name: str, others: Sequence[str]) -> str:
    """The column that stands closest: tables may hold several pairs."""
    order = list(fields)
    return min(others, key=lambda other: abs(order.index(other) - order.index(name)))


def _pair_column(fields: Fields) -> Whereabouts | None:
    for named in (True, False):
        for name, column in fields.items():
            if bool(_PAIR.search(name)) is not named:
                continue
            probed = [value for value in column[:_PROBED] if value not in (None, "")]
            good = [pair for value in probed if (pair := _two(value)) != _NOWHERE]
            far = sum(1 for a, b in good if max(abs(a), abs(b)) <= 180 and (a % 1 or b % 1))
            if probed and far >= _MOSTLY * len(probed):
                return Whereabouts(
                    way="pair", columns=(name,), crs=WGS84, latitude_first=_latitude_first(column)
                )
    return None


def _latitude_first(column: Sequence[Scalar]) -> bool:
    """The order of pairs: what no latitude can be decides, then France, then brackets (as GeoJSON)."""
    pairs = [pair for value in column[:_PROBED] if (pair := _two(value)) != _NOWHERE]
    if any(abs(first) > 90 for first, _second in pairs):
        return False
    in_order = sum(1 for lat, lon in pairs if 41 < lat < 51.5 and -5.5 < lon < 10)
    turned = sum(1 for lon, lat in pairs if 41 < lat < 51.5 and -5.5 < lon < 10)
    if in_order != turned:
        return in_order > turned
    return not any(str(value).strip().startswith("[") for value in column[:_PROBED] if value)


def _crs_of(fields: Fields, pair: tuple[str, str]) -> str:
    """WGS 84 when all values may be degrees; otherwise nothing, for their place to be guessed."""
    x, y = (_numbers(fields[name]) for name in pair)
    with np.errstate(invalid="ignore"):
        far = (np.abs(x) > 360) | (np.abs(y) > 360)
    return "" if far.sum() > len(x) / 2 else WGS84


_NOWHERE = (float("nan"), float("nan"))


def _two(value: Scalar) -> tuple[float, float]:
    if isinstance(value, str) and len(value) < 100 and (found := _TWO.fullmatch(value)):
        return _decimal(found[1]), _decimal(found[2])
    return _NOWHERE


def _decimal(words: str) -> float:
    return float(words.replace(",", "."))


def _numbers(column: Sequence[Scalar]) -> NDArray[np.float64]:
    return np.array([_one(value) for value in column], dtype=float)


def _one(value: Scalar) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if value is None or value == "":
        return float("nan")
    try:
        return number(str(value).replace("\u00a0", "").replace("\u202f", "").replace(" ", ""))
    except Refused:
        return _degrees(str(value))


def _degrees(words: str) -> float:
    """Degrees, minutes and seconds (`48°51'24"N`)."""
    found = _DEGREES.fullmatch(words[:60])
    if not found:
        return float("nan")
    size = sum(
        _decimal(part or "0") / base
        for part, base in zip(found.groups()[:3], (1, 60, 3600), strict=True)
    )
    return -size if (found[4] or "").upper() in {"S", "W", "O"} else size


def _is_numeric(column: Sequence[Scalar]) -> bool:
    probed = [value for value in column[:_PROBED] if value not in (None, "")]
    return bool(probed) and sum(_one(v) == _one(v) for v in probed) >= _MOSTLY * len(probed)


def _points(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    told: Iterable[bool],
    lines: Sequence[int],
    book: Book,
) -> NDArray[np.object_]:
    good = np.isfinite(x) & np.isfinite(y)
    for line, said, fine in zip(lines, told, good.tolist(), strict=True):
        if said and not fine:
            book.note(_("ligne {n}").format(n=line), _("coordonnée non numérique"), lost=False)
    shapes: NDArray[np.object_] = np.full(len(x), None, dtype=object)
    shapes[good] = shapely.points(x[good], y[good])
    return shapes


def _either(fields: Fields, names: tuple[str, ...], size: int) -> list[bool]:
    """Whether a row says anything of its place."""
    return [any(fields[name][row] not in (None, "") for name in names) for row in range(size)]


def _shapes(column: Sequence[Scalar], lines: Sequence[int], book: Book) -> NDArray[np.object_]:
    shapes = np.full(len(column), None, dtype=object)
    for row, value in enumerate(column):
        if value in (None, ""):
            continue
        words = re.sub(r"^\s*SRID\s*=\s*\d+\s*;", "", str(value))
        read = shapely.from_geojson if _looks_like_geojson(words) else shapely.from_wkt
        shapes[row] = read(words, on_invalid="ignore")
        if shapes[row] is None:
            book.note(_("ligne {n}").format(n=lines[row]), _("géométrie mal formée"), lost=False)
    found: NDArray[np.object_] = shapely.force_2d(shapes)
    return found


def _looks_like_geojson(value: object) -> bool:
    return isinstance(value, str) and value.lstrip()[:1] == "{" and '"coordinates"' in value[:400]
