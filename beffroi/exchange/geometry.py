"""One point for any geometry."""

import math
from typing import Any

import shapely
from shapely.geometry import shape

WGS84 = "EPSG:4326"
Geometry = tuple[float | None, float | None]


def point_of(geometry: Any) -> Geometry:
    """The point of a GeoJSON geometry; a point inside it when it is a line or an area.

    Raises:
        ValueError: it is no geometry.
    """
    if geometry is None:
        return (None, None)
    try:
        if geometry["type"] == "Point":
            lon, lat = (float(value) for value in geometry["coordinates"][:2])
            return _finite(lon, lat)
        return inside(shape(geometry))
    except (
        TypeError, KeyError, IndexError, AttributeError, OverflowError, shapely.errors.ShapelyError,
    ) as error:  # fmt: skip
        raise ValueError(str(error)) from error


def inside(geometry: Any) -> Geometry:
    """A point of a shapely geometry.

    Raises:
        ValueError: its coordinates are not numbers.
    """
    if geometry is None or geometry.is_empty:
        return (None, None)
    point = geometry if geometry.geom_type == "Point" else geometry.representative_point()
    return _finite(point.x, point.y)


def _finite(lon: float, lat: float) -> Geometry:
    if not (math.isfinite(lon) and math.isfinite(lat)):
        message = "not a number"
        raise ValueError(message)
    return lon, lat


def to_wgs84(crs: str, places: list[Geometry]) -> list[Geometry]:
    """`places` written in `crs`, as longitude and latitude; infinite where that makes no sense."""
    if crs == WGS84:
        return places
    from pyproj import Transformer  # 40 ms and 8 MB: for who imports metres

    change = Transformer.from_crs(crs, WGS84, always_xy=True)
    return [place if place[0] is None else change.transform(*place) for place in places]
