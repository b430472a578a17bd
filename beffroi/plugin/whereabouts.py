"""Which columns of a table say where things are: longitude and latitude, x and y, both, or shapes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from beffroi.plugin.book import Book
from beffroi.plugin.cells import (
    NOWHERE,
    looks_like_a_shape,
    number_of,
    numbers_of,
    pair_of,
    points_of,
    shapes_of,
    srid_of,
)  # fmt: skip
from beffroi.plugin.crs import WGS84
from beffroi.plugin.record import Scalar

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
_AROUND = r"((coord\w*|geom(etr(y|ie))?|lieu|locali[sz]ation|location|point|position)\.)?"
_X = re.compile(
    rf"^{_AROUND}(x|easting|est|coord(onn[ée]e)?s?[_ ]?x|x[_ ]?(coord|l93|lambert.*|wgs.*|rgf.*|proj.*|2154|3857|ccoord)?|geo_?x|lambx|xl93|x_?centroid)$",
    re.I,
)
_Y = re.compile(
    rf"^{_AROUND}(y|northing|nord|coord(onn[ée]e)?s?[_ ]?y|y[_ ]?(coord|l93|lambert.*|wgs.*|rgf.*|proj.*|2154|3857|ccoord)?|geo_?y|lamby|yl93|y_?centroid)$",
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
_MOSTLY = 0.8
_HALF = 0.5
"""What is called longitude is taken for one even in a table with many faults."""
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
            x, y = (numbers_of(fields[name]) for name in self.columns)
            return points_of(x, y, _either(fields, self.columns, size), lines, book)
        if self.way == "pair":
            told = [pair_of(value) for value in fields[self.columns[0]]]
            first = np.array([pair[0] for pair in told], dtype=float)
            second = np.array([pair[1] for pair in told], dtype=float)
            x, y = (second, first) if self.latitude_first else (first, second)
            return points_of(x, y, _either(fields, self.columns, size), lines, book)
        if self.way == "shape":
            return shapes_of(fields[self.columns[0]], lines, book)
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
        good = sum(map(looks_like_a_shape, probed))
        if probed and good >= (_MOSTLY if not _SHAPE.match(name) else 0.5) * len(probed):
            return Whereabouts(way="shape", columns=(name,), crs=srid_of(probed[0]))
    return None


def _two_columns(fields: Fields) -> Whereabouts | None:
    for east, north, mostly in ((_LON, _LAT, _HALF), (_X, _Y, _MOSTLY)):
        xs = [name for name in fields if east.search(name) and _is_numeric(fields[name], mostly)]
        ys = [name for name in fields if north.search(name) and _is_numeric(fields[name], mostly)]
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
            good = [pair for value in probed if (pair := pair_of(value)) != NOWHERE]
            far = sum(1 for a, b in good if max(abs(a), abs(b)) <= 180 and (a % 1 or b % 1))
            if probed and far >= _MOSTLY * len(probed):
                return Whereabouts(
                    way="pair", columns=(name,), crs=WGS84, latitude_first=_latitude_first(column)
                )
    return None


def _latitude_first(column: Sequence[Scalar]) -> bool:
    """The order of pairs: what no latitude can be decides, then France, then brackets (as GeoJSON)."""
    pairs = [pair for value in column[:_PROBED] if (pair := pair_of(value)) != NOWHERE]
    if any(abs(first) > 90 for first, _second in pairs):
        return False
    in_order = sum(1 for lat, lon in pairs if 41 < lat < 51.5 and -5.5 < lon < 10)
    turned = sum(1 for lon, lat in pairs if 41 < lat < 51.5 and -5.5 < lon < 10)
    if in_order != turned:
        return in_order > turned
    return not any(str(value).strip().startswith("[") for value in column[:_PROBED] if value)


def _crs_of(fields: Fields, pair: tuple[str, str]) -> str:
    """WGS 84 when all values may be degrees; otherwise nothing, for their place to be guessed."""
    x, y = (numbers_of(fields[name]) for name in pair)
    with np.errstate(invalid="ignore"):
        far = (np.abs(x) > 360) | (np.abs(y) > 360)
    return "" if far.sum() > len(x) / 2 else WGS84


def _is_numeric(column: Sequence[Scalar], mostly: float) -> bool:
    probed = [value for value in column[:_PROBED] if value not in (None, "")]
    numeric = sum(number_of(value) == number_of(value) for value in probed)
    return bool(probed) and numeric >= mostly * len(probed)


def _either(fields: Fields, names: tuple[str, ...], size: int) -> list[bool]:
    """Whether a row says anything of its place."""
    return [any(fields[name][row] not in (None, "") for name in names) for row in range(size)]
