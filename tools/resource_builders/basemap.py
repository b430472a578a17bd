"""The offline basemap: land, coasts, borders, waters and built-up areas of the whole planet.

France and its overseas territories are drawn from finer sources than the rest of the world.
"""

import itertools
import math
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from resource_builders.admin import departements
from resource_builders.geo import Feature, merged, read_features
from resource_builders.overseas import COLLECTIVITIES, DETAIL_BOXES, countries_10m, islets

NE10 = "A_basemap/natural_earth_10m/ne_10m_{}.geojson.gz"
NE50 = "A_basemap/natural_earth_50m/ne_50m_{}.geojson.gz"
FRANCE = 250
SEAM = 0.05
"""Degrees around a border inside which gaps between two sources are filled."""

SMALLEST_SEA = 1.0
"""Square degrees under which a hole in the land is not a sea (the Caspian is one)."""

RUN = 400
"""Segments of a shore drawn as one line: a view draws only the lines it shows."""


@cache
def detail_area() -> BaseGeometry:
    """Where the fine sources are used."""
    return shapely.unary_union([shapely.box(*box) for box in DETAIL_BOXES])


@cache
def france(data: Path) -> BaseGeometry:
    """Mainland France and the overseas départements."""
    return merged(f for f in departements(data) if f.properties["code"] not in COLLECTIVITIES)


@cache
def neighbours(data: Path) -> BaseGeometry:
    """All land inside the detail boxes but France and its overseas départements."""
    area = detail_area()
    shapes = [g.intersection(area) for code, g in countries_10m(data).items() if code != FRANCE]
    own = france(data).buffer(SEAM)
    near = [i for i in islets(data) if area.contains(i) and not own.intersects(i)]
    overseas = [f.geometry for f in departements(data) if f.properties["code"] in COLLECTIVITIES]
    return shapely.unary_union([*shapes, *near, *overseas])


@cache
def land(data: Path) -> BaseGeometry:
    """All the land of the planet, in one shape."""
    world = merged(read_features(data / NE50.format("land"))).difference(detail_area())
    seam = countries_10m(data)[FRANCE].intersection(neighbours(data).buffer(SEAM))
    seam = seam.intersection(detail_area())
    joined = shapely.unary_union([world, neighbours(data), france(data), seam])
    return shapely.MultiPolygon([_without_ponds(p) for p in shapely.get_parts(joined) if p.area])


def _without_ponds(part: shapely.Polygon) -> shapely.Polygon:
    """A land without its small holes: lakes are drawn by their own layer."""
    seas = [hole for hole in part.interiors if shapely.Polygon(hole).area > SMALLEST_SEA]
    return shapely.Polygon(part.exterior, seas)


def land_pieces(data: Path) -> list[Feature]:
    """The land cut into its islands and continents, so that a view draws only what it shows."""
    thin = shapely.simplify(land(data), 0.0008)
    quarters = [thin.intersection(shapely.box(w, -85, w + 90, -60)) for w in (-180, -90, 0, 90)]
    north = thin.intersection(shapely.box(-180, -60, 180, 90))
    parts = [p for part in (north, *quarters) for p in shapely.get_parts(part) if p.area > 1e-7]
    return [Feature(p) for p in sorted(parts, key=lambda p: (-p.area, p.bounds))]


def near_land(data: Path) -> list[Feature]:
    """The land for views from close by."""
    return in_squares(land_pieces(data), side=5.0, lap=0.002)


def in_squares(pieces: Iterable[Feature], *, side: float, lap: float) -> list[Feature]:
    """Pieces of land cut in squares of `side` degrees: a view draws only those it shows.

    Squares reach `lap` degrees over each other, so that no seam shows between them.
    """
    found = []
    for piece in pieces:
        west, south, east, north = piece.geometry.bounds
        for x in range(math.floor(west / side), math.ceil(east / side)):
            for y in range(math.floor(south / side), math.ceil(north / side)):
                w, s = x * side - lap, y * side - lap
                square = (w, s, w + side + 2 * lap, s + side + 2 * lap)
                found.append(Feature(shapely.clip_by_rect(piece.geometry, *square)))
    return [f for f in found if f.geometry.area]


def coast(data: Path) -> list[Feature]:
    """The shore line, without the cut at 180° nor the seams between sources."""
    return shores(land_pieces(data))


def shores(pieces: Iterable[Feature]) -> list[Feature]:
    """The edges of pieces of land that are a shore."""
    lines = []
    for piece in pieces:
        for ring in shapely.get_parts(piece.geometry.boundary):
            lines.extend(_away_from_edges(ring))
    return [Feature(line) for line in lines]


def _away_from_edges(ring: BaseGeometry) -> list[BaseGeometry]:
    """The parts of a ring that are a shore and not the edge of the flat map."""
    points = shapely.get_coordinates(ring)
    runs: list[list[tuple[float, float]]] = [[]]
    for start, end in itertools.pairwise(points):
        if _is_cut(start, end):
            runs.append([])
            continue
        if not runs[-1]:
            runs[-1].append(tuple(start))
        runs[-1].append(tuple(end))
    return [
        shapely.LineString(run[at : at + RUN + 1])
        for run in runs
        for at in range(0, len(run) - 1, RUN)
    ]


def _is_cut(start: npt.NDArray[np.float64], end: npt.NDArray[np.float64]) -> bool:
    """Whether a segment lies on the edge of the map or on a cut of Antarctica."""
    along = abs(start[0] - end[0]) < 1e-9 and start[0] % 90 == 0 and min(start[1], end[1]) < -60
    date_line = abs(start[0]) > 179.99 and abs(end[0]) > 179.99
    return bool(along or date_line or max(start[1], end[1]) < -84.9)


def borders(data: Path) -> list[Feature]:
    """Borders between countries; France's own follow the départements exactly."""
    far = merged(read_features(data / NE50.format("admin_0_boundary_lines_land")))
    near = [
        f.geometry
        for f in read_features(data / NE10.format("admin_0_boundary_lines_land"))
        if "France" not in (f.properties["adm0_left"], f.properties["adm0_right"])
    ]
    close = shapely.unary_union(near).intersection(detail_area())
    own = france(data).boundary.intersection(neighbours(data).buffer(SEAM * 0.6))
    own = _without_shore(own, data)
    joined = shapely.line_merge(shapely.unary_union([far.difference(detail_area()), close, own]))
    return [Feature(line) for line in shapely.get_parts(shapely.simplify(joined, 0.0008))]


def _without_shore(lines: BaseGeometry, data: Path) -> BaseGeometry:
    """The lines that have land on both sides."""
    return lines.difference(land(data).boundary.buffer(0.0005))


def lakes(data: Path) -> list[Feature]:
    """Lakes: the world's at 1:50 million, finer and smaller ones near France."""
    area = detail_area()
    near = [
        _water(f)
        for source in ("lakes", "lakes_europe")
        for f in read_features(data / NE10.format(source))
        if shapely.make_valid(f.geometry).intersects(area)
    ]
    far = [
        _water(f)
        for f in read_features(data / NE50.format("lakes"))
        if not shapely.make_valid(f.geometry).intersects(area)
    ]
    return near + far


def rivers(data: Path) -> list[Feature]:
    """Rivers: the world's great ones, and the lesser ones of Europe around France."""
    area = detail_area()
    near = [
        _water(f, f.geometry.intersection(area))
        for source in ("rivers_lake_centerlines", "rivers_europe")
        for f in read_features(data / NE10.format(source))
        if _flows(f) and f.geometry.intersects(area)
    ]
    far = [
        _water(f, f.geometry.difference(area))
        for f in read_features(data / NE50.format("rivers_lake_centerlines"))
        if _flows(f)
    ]
    return near + far


def _flows(feature: Feature) -> bool:
    return "Lake" not in str(feature.properties.get("featurecla"))


def _water(feature: Feature, geometry: BaseGeometry | None = None) -> Feature:
    p = feature.properties
    shape = shapely.simplify(geometry if geometry is not None else feature.geometry, 0.001)
    name = p.get("name") or ""
    return Feature(shape, {"name": name, "rank": int(p.get("scalerank") or 0)})


def urban_areas(data: Path) -> list[Feature]:
    """Built-up areas: where people live, at the scale of a country."""
    return [Feature(f.geometry) for f in read_features(data / NE50.format("urban_areas"))]
