"""Sea and land out of the coastlines of OpenStreetMap, which have the land on their left."""

from collections.abc import Sequence
from typing import Any

import geopandas
import numpy as np
import shapely

_ASIDE = 1e-7
"""Degrees (a centimetre) to each side of a coastline, where one looks whose side it is."""
_SURE = 0.9
_MOST_LOOKS = 20_000
_CROSSING = 1e-6
_MOST_PLACES, _TIGHT, _BEYOND = 5_000, 0.25, 0.0015
_LONGEST_GAP = 0.02
"""Degrees from the end of a coastline, cut with the extract, to the edge of what is drawn."""


def some_places(shapes: Any) -> Any:
    """Positions of shapes, enough of them to tell where they are."""
    places = shapely.get_coordinates(shapes)
    return places[:: max(1, len(places) // _MOST_PLACES)]


def frame_of(places: Sequence[Any]) -> Any:
    """What an extract covers: close around its things, so that nothing is claimed beyond them."""
    hull = shapely.concave_hull(shapely.multipoints(np.concatenate(places)), ratio=_TIGHT)
    return hull.buffer(_BEYOND)


def sea_and_land(coast: Any, frame: Any) -> Any:
    """The parts of a frame (a polygon) as a GeoDataFrame, each with the class `sea` or `land`.

    Parts of which the coastlines do not agree are left out: extracts are often cut along the shore.
    """
    lines = [line for line in shapely.get_parts(coast.geometry.values) if not line.is_empty]
    inside = [shapely.intersection(line, frame) for line in lines]
    edges = shapely.union_all([*inside, *_closing(lines, frame), frame.boundary])
    parts = shapely.get_parts(shapely.polygonize([*shapely.get_parts(edges)]))
    right, left = _sides(lines, frame)
    sea, land = _count(parts, right), _count(parts, left)
    told = sea + land
    share = np.divide(sea, told, out=np.full(len(parts), 0.5), where=told > 0)
    classes = np.where(share >= _SURE, "sea", np.where(share <= 1 - _SURE, "land", ""))
    known = classes != ""
    return geopandas.GeoDataFrame({"class": classes[known]}, geometry=parts[known], crs="EPSG:4326")


def _closing(lines: list[Any], frame: Any) -> list[Any]:
    """From each loose end inside the frame, the short way to its edge."""
    ends: dict[tuple[float, float], int] = {}
    for line in lines:
        places = shapely.get_coordinates(line)
        for end in (places[0], places[-1]):
            place = (float(end[0]), float(end[1]))
            ends[place] = ends.get(place, 0) + 1
    loose = [shapely.Point(place) for place, count in ends.items() if count == 1]
    ways = [shapely.shortest_line(end, frame.boundary) for end in loose if frame.contains(end)]
    return [_across(way) for way in ways if 0 < way.length <= _LONGEST_GAP]


def _across(way: Any) -> Any:
    """The way and a little more, so that it crosses the edge rather than nearly touches it."""
    (x, y), (there_x, there_y) = shapely.get_coordinates(way)[[0, -1]]
    more = 1 + _CROSSING / way.length
    return shapely.LineString([(x, y), (x + (there_x - x) * more, y + (there_y - y) * more)])


def _sides(lines: list[Any], frame: Any) -> tuple[Any, Any]:
    """Points just right and just left of the middles of coastline segments inside the frame."""
    starts, ends = [], []
    for line in lines:
        places = shapely.get_coordinates(line)
        starts.append(places[:-1])
        ends.append(places[1:])
    start, end = np.concatenate(starts), np.concatenate(ends)
    middle, along = (start + end) / 2, end - start
    west, south, east, north = frame.bounds
    length = np.hypot(along[:, 0], along[:, 1])
    x, y = middle[:, 0], middle[:, 1]
    kept = (length > 0) & (x > west) & (x < east) & (y > south) & (y < north)
    chosen = np.flatnonzero(kept)[:: max(1, int(kept.sum()) // _MOST_LOOKS)]
    unit = along[chosen] / length[chosen, None]
    normal = np.stack([unit[:, 1], -unit[:, 0]], axis=1) * _ASIDE
    return shapely.points(middle[chosen] + normal), shapely.points(middle[chosen] - normal)


def _count(parts: Any, points: Any) -> Any:
    """How many of the points lie in each part."""
    found = shapely.STRtree(parts).query(points, predicate="within")[1]
    return np.bincount(found, minlength=len(parts))
