"""The shapes inside the objects of a JSON: GeoJSON geometries, and lists of positions."""

from collections.abc import Iterator, Mapping
from typing import Any

from beffroi.plugin import Geometry, geometry

GEOMETRIES = frozenset(
    {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"}
)
_DEEPEST = 4
_MOST_PARTS = 2_000
_MEMBERS = "members"
"""The ways of a relation, as OpenStreetMap's Overpass lists them."""
_POSITION = frozenset({"lat", "lon", "lng", "x", "y", "ele", "alt", "altitude", "time"})
_OF_SHAPES = frozenset({"type", "coordinates", "lat", "lon", "lng", "x", "y"})
_RING = 4
_WHOLE_TURN = 180


def drawn(value: Any, depth: int = _DEEPEST) -> Geometry | None:
    """The first shape inside a record: a geometry, a list of geometries (together), a line of positions."""
    if depth <= 0:
        return None
    if isinstance(value, list):
        return _of_list(value)
    if not isinstance(value, Mapping):
        return None
    if is_geometry(value):
        return dict(value)
    inner = (
        _of_members(item, depth) if name == _MEMBERS else drawn(item, depth - 1)
        for name, item in value.items()
    )
    return next((shape for shape in inner if shape), None)


def is_geometry(value: Mapping[str, Any]) -> bool:
    """Whether an object is a geometry of GeoJSON."""
    kind = value.get("type")
    return (
        isinstance(kind, str) and kind in GEOMETRIES and isinstance(value.get("coordinates"), list)
    )


def without_shape(value: Any) -> Any:
    """What a record tells besides its shape; two numbers in a list stay a pair (longitude first)."""
    if isinstance(value, Mapping):
        if is_geometry(value):
            return None
        return {name: without_shape(inner) for name, inner in value.items()}
    if isinstance(value, list):
        if len(value) == 2 and all(type(n) in (int, float) for n in value):
            return f"[{value[0]}, {value[1]}]"
        return [_besides(item) for item in value] if _of_list(value) else value
    return value


def _besides(item: Mapping[str, Any]) -> dict[str, Any]:
    """What is said with one of several shapes, such as its date."""
    return {name: inner for name, inner in item.items() if name not in _OF_SHAPES}


def _of_list(items: object) -> Geometry | None:
    if not isinstance(items, list) or not items or not isinstance(items[0], Mapping):
        return None
    parts = items[:_MOST_PARTS]
    if all(isinstance(item, Mapping) and is_geometry(item) for item in parts):
        return geometry.gathered(dict(item) for item in parts)
    line = list(_positions(items))
    if len(line) < 2 or len(line) < len(items):
        return None
    if len(line) >= _RING and line[0] == line[-1]:
        return {"type": "Polygon", "coordinates": [line]}
    return {"type": "LineString", "coordinates": line}


def _positions(items: list[Any]) -> Iterator[list[float]]:
    """Longitude and latitude of objects that hold little else; it stops at the first other thing."""
    for item in items:
        if not isinstance(item, Mapping) or not _POSITION.issuperset(item):
            return
        lon = item.get("lon", item.get("lng", item.get("x")))
        lat = item.get("lat", item.get("y"))
        if not isinstance(lon, int | float) or not isinstance(lat, int | float):
            return
        if abs(lon) > _WHOLE_TURN or abs(lat) > _WHOLE_TURN / 2:  # metres, not degrees
            return
        yield [lon, lat]


def _of_members(items: object, depth: int) -> Geometry | None:
    """The shapes of the members of a relation together."""
    members = items[:_MOST_PARTS] if isinstance(items, list) else []
    shapes = (drawn(member, depth - 1) for member in members)
    return geometry.gathered(shape for shape in shapes if shape)
