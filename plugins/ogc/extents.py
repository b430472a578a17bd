"""Where a layer lies: boxes as services declare them, made into areas that can be drawn."""

from collections.abc import Sequence

from beffroi.plugin import Geometry, Refused, Unreadable, crs, geometry


def area(numbers: Sequence[float], system: str = "") -> Geometry | None:
    """The area of (west, south, east, north), in degrees or in `system`; None when it is nowhere.

    Old servers give the box of a layer in its own system where degrees are wanted: they are
    brought back.
    """
    if len(numbers) != 4:
        return None
    if all(abs(number) <= 180.01 for number in numbers):
        return _degrees(*numbers)
    try:
        return _degrees(*_brought_back(numbers, system)) if system else None
    except (Refused, Unreadable):
        return None


def _degrees(west: float, south: float, east: float, north: float) -> Geometry | None:
    """The box, its parallels in two halves: a line may not go further than half a turn."""
    west, east = max(west, -180.0), min(east, 180.0)
    south, north = max(south, -90.0), min(north, 90.0)
    if not (west < east and south < north):
        return None
    middle = (west + east) / 2
    ring = [
        (west, south), (middle, south), (east, south),
        (east, north), (middle, north), (west, north), (west, south),
    ]  # fmt: skip
    try:
        return geometry.polygon(ring)
    except Refused:
        return None


def _brought_back(numbers: Sequence[float], system: str) -> tuple[float, float, float, float]:
    west, south, east, north = numbers
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    there = crs.to_wgs84({"type": "Polygon", "coordinates": [ring]}, system)["coordinates"][0]
    return (
        min(lon for lon, _lat in there),
        min(lat for _lon, lat in there),
        max(lon for lon, _lat in there),
        max(lat for _lon, lat in there),
    )
