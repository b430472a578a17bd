"""Cuts shapes at 180° so that none is drawn as a line across the whole planet."""

import itertools
from collections.abc import Iterable
from typing import Any

import shapely
from shapely import affinity
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

_WORLDS = (-360.0, 0.0, 360.0)


def crosses(geometry: dict[str, Any]) -> bool:
    """Whether two neighbouring positions are more than half a turn apart."""
    return any(
        abs(a[0] - b[0]) > 180 for line in _lines(geometry) for a, b in itertools.pairwise(line)
    )


def cut(geometry: dict[str, Any]) -> dict[str, Any]:
    """The same shape in parts that each stay on one side of 180°; points are left as they are."""
    if not crosses(geometry):
        return geometry
    if geometry["type"] == "GeometryCollection":
        return {**geometry, "geometries": [cut(part) for part in geometry["geometries"]]}
    return parted({**geometry, "coordinates": _unrolled(geometry["coordinates"])})


def parted(geometry: dict[str, Any]) -> dict[str, Any]:
    """A shape whose longitudes go on past ±180° (to ±540° at most), in parts back on the globe.

    One line or polygon when it all lies on one side, several otherwise.
    """
    unrolled = shapely.make_valid(shape(geometry))
    pieces: list[BaseGeometry] = []
    for offset in _WORLDS:
        world = shapely.box(offset - 180, -90, offset + 180, 90)
        piece = affinity.translate(unrolled.intersection(world), -offset)
        pieces.extend(p for p in _flat(piece) if p.length)
    wanted = "Polygon" if geometry["type"].endswith("Polygon") else "LineString"
    kept = [p for p in pieces if p.geom_type == wanted]
    several = shapely.MultiPolygon if wanted == "Polygon" else shapely.MultiLineString
    shown = mapping(kept[0] if len(kept) == 1 else several(kept))
    return {"type": shown["type"], "coordinates": _as_lists(shown["coordinates"])}


def _lines(geometry: dict[str, Any]) -> Iterable[list[list[float]]]:
    for part in geometry.get("geometries", ()):
        yield from _lines(part)
    match geometry["type"]:
        case "LineString":
            yield geometry["coordinates"]
        case "MultiLineString" | "Polygon":
            yield from geometry["coordinates"]
        case "MultiPolygon":
            for polygon in geometry["coordinates"]:
                yield from polygon
        case _:
            pass


def _unrolled(coordinates: list[Any]) -> list[Any]:
    """Lines whose longitudes go on past 180° instead of jumping to the other side."""
    if isinstance(coordinates[0][0], list):
        return [_unrolled(item) for item in coordinates]
    line = [coordinates[0]]
    turns = 0
    for before, after in itertools.pairwise(coordinates):
        turns += (before[0] - after[0] > 180) - (before[0] - after[0] < -180)
        line.append([after[0] + 360 * turns, after[1]])
    return line


def _flat(geometry: BaseGeometry) -> Iterable[BaseGeometry]:
    for part in shapely.get_parts(geometry):
        if hasattr(part, "geoms"):
            yield from _flat(part)
        else:
            yield part


def _as_lists(value: Any) -> Any:
    return [_as_lists(item) for item in value] if isinstance(value, tuple) else value
