"""The geometry of a shape as files want it: on the one globe, in parts where it crosses 180°."""

from collections.abc import Sequence
from typing import Any

from beffroi.layers.drawing.outline import geometry
from beffroi.layers.shapes import Shape
from beffroi.plugin.antimeridian import parted
from beffroi.plugin.geometry import positions


def placed(shape: Shape) -> dict[str, Any]:
    """A GeoJSON geometry whose longitudes lie within ±180° (RFC 7946, 3.1.9)."""
    found = geometry(shape)
    if all(abs(position[0]) <= 180 for position in positions(found)):
        return found
    if found["type"] == "Point":
        lon, lat = found["coordinates"]
        return {"type": "Point", "coordinates": [(lon + 180) % 360 - 180, lat]}
    return parted(found)


def base_of(found: dict[str, Any]) -> str:
    """`Point`, `LineString` or `Polygon`, in one part or several."""
    return str(found["type"]).removeprefix("Multi")


def parts_of(found: dict[str, Any]) -> Sequence[Any]:
    """The coordinates of each part."""
    several = str(found["type"]).startswith("Multi")
    parts: Sequence[Any] = found["coordinates"] if several else [found["coordinates"]]
    return parts
