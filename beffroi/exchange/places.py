"""The position of a row: two columns, or one written in any notation."""

from typing import Any

from beffroi.exchange.values import number
from beffroi.places import coordinates

Position = tuple[float, float] | None


def position(cells: dict[str, Any]) -> Position:
    """Longitude and latitude, None when the row gives no place.

    Raises:
        ValueError: what it gives is no position on the globe.
    """
    lon, lat = cells.get("lon"), cells.get("lat")
    if _blank(lon) and _blank(lat):
        return _written(cells.get("position"))
    if _blank(lon) or _blank(lat):
        message = "only one coordinate"
        raise ValueError(message)
    try:
        found = (number(lon), number(lat))
    except ValueError:
        return _written(f"{lat} {lon}")
    if not (-180 <= found[0] <= 180 and -90 <= found[1] <= 90):
        message = "not on the globe"
        raise ValueError(message)
    return found


def _blank(value: Any) -> bool:
    return value is None or not str(value).strip()


def _written(text: Any) -> Position:
    if _blank(text):
        return None
    readings = coordinates.parse(str(text))
    if not readings:
        message = "no position"
        raise ValueError(message)
    return readings[0].lon, readings[0].lat
