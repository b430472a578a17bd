"""Checks the shapes of a file that somebody brought, position by position."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from beffroi.layers.problems import Reason

MAX_POSITIONS = 500_000
MAX_NESTING = 4
METRES_BEYOND = 360
"""A coordinate past a full turn can only be metres."""

_DEPTHS = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
_FEWEST = {"LineString": 2, "MultiLineString": 2, "Polygon": 4, "MultiPolygon": 4}


@dataclass(frozen=True)
class Feature:
    """A thing to draw: a checked GeoJSON geometry in WGS 84 and its plain properties."""

    geometry: dict[str, Any]
    properties: dict[str, str | int | float | bool] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The feature as GeoJSON."""
        return {"type": "Feature", "properties": self.properties, "geometry": self.geometry}

    @property
    def point(self) -> tuple[float, float] | None:
        """Its position, when it is a point."""
        if self.geometry["type"] != "Point":
            return None
        lon, lat = self.geometry["coordinates"]
        return lon, lat


class Refused(Exception):
    """A geometry that cannot be drawn."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.name)
        self.reason = reason


class _Checker:
    """Walks one geometry within a budget of positions."""

    def __init__(self) -> None:
        self.left = MAX_POSITIONS

    def geometry(self, value: object, nesting: int = 0) -> dict[str, Any]:
        if not isinstance(value, dict) or nesting > MAX_NESTING:
            raise Refused(Reason.UNKNOWN_GEOMETRY)
        kind = value.get("type")
        if kind == "GeometryCollection" and isinstance(value.get("geometries"), list):
            parts = [self.geometry(part, nesting + 1) for part in value["geometries"]]
            if not parts:
                raise Refused(Reason.NO_GEOMETRY)
            return {"type": kind, "geometries": parts}
        if not isinstance(kind, str) or kind not in _DEPTHS:
            raise Refused(Reason.UNKNOWN_GEOMETRY)
        coordinates = self._nested(value.get("coordinates"), _DEPTHS[kind], kind)
        return {"type": kind, "coordinates": coordinates}

    def _nested(self, value: object, depth: int, kind: str) -> list[Any]:
        if depth == 0:
            return self._position(value)
        if not isinstance(value, list):
            raise Refused(Reason.UNKNOWN_GEOMETRY)
        if not value:
            raise Refused(Reason.NO_GEOMETRY)
        items = [self._nested(item, depth - 1, kind) for item in value]
        if depth == 1 and kind in _FEWEST:
            if kind.endswith("Polygon") and items[0] != items[-1]:
                items.append(items[0])
            if len(items) < _FEWEST[kind]:
                raise Refused(Reason.UNKNOWN_GEOMETRY)
        return items

    def _position(self, value: object) -> list[float]:
        self.left -= 1
        if self.left < 0:
            raise Refused(Reason.TOO_COMPLEX)
        if not isinstance(value, list):
            raise Refused(Reason.UNKNOWN_GEOMETRY)
        if not value:
            raise Refused(Reason.NO_GEOMETRY)
        if len(value) < 2:
            raise Refused(Reason.UNKNOWN_GEOMETRY)
        lon, lat = value[0], value[1]
        if not (_is_number(lon) and _is_number(lat)):
            raise Refused(Reason.NOT_A_NUMBER)
        return [lon, lat]


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def checked(value: object) -> dict[str, Any]:
    """The geometry with two finite numbers per position, rings closed.

    Raises:
        Refused: it is not a geometry, or it holds more than can be drawn.
    """
    return _Checker().geometry(value)


def positions(geometry: dict[str, Any]) -> Iterator[list[float]]:
    """Every position of a checked geometry."""
    for part in geometry.get("geometries", ()):
        yield from positions(part)
    if "coordinates" in geometry:
        yield from _flat(geometry["coordinates"], _DEPTHS[geometry["type"]])


def _flat(value: list[Any], depth: int) -> Iterator[list[float]]:
    if depth == 0:
        yield value
        return
    for item in value:
        yield from _flat(item, depth - 1)


def on_the_globe(geometry: dict[str, Any]) -> None:
    """Check that every position is a longitude and a latitude.

    Raises:
        Refused: one is not; the reason guesses the likely mistake.
    """
    for lon, lat in positions(geometry):
        if -180 <= lon <= 180 and -90 <= lat <= 90:
            continue
        if max(abs(lon), abs(lat)) > METRES_BEYOND:
            raise Refused(Reason.METRES)
        if -90 <= lon <= 90 and -180 <= lat <= 180:
            raise Refused(Reason.SWAPPED)
        raise Refused(Reason.OUT_OF_GLOBE)
