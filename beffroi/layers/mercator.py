"""Web Mercator metres (EPSG:3857), in which the page draws: to, from, and around the globe."""

from math import atan, degrees, exp, log, pi, radians, tan
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
MercatorBox = tuple[float, float, float, float]
"""West, south, east, north in metres; it may reach over the antimeridian."""
HALF_WORLD = 20_037_508.342789244
"""Half the width of the world."""
LIMIT = 85.05112878
"""Beyond this latitude everything is drawn at the edge."""


def metres(lon: Array, lat: Array) -> tuple[Array, Array]:
    """Columns of degrees as columns of metres."""
    inside = np.radians(np.clip(lat, -LIMIT, LIMIT))
    return lon / 180 * HALF_WORLD, np.arcsinh(np.tan(inside)) / pi * HALF_WORLD


def degrees_of(x: Array, y: Array) -> tuple[Array, Array]:
    """Columns of metres as columns of degrees."""
    return x / HALF_WORLD * 180, np.degrees(np.arctan(np.sinh(y / HALF_WORLD * pi)))


def mercator(lon: float, lat: float) -> tuple[float, float]:
    """A position in metres."""
    inside = max(-85.0, min(85.0, lat))
    y = log(tan(pi / 4 + radians(inside) / 2)) / pi * HALF_WORLD
    return lon / 180 * HALF_WORLD, y


def to_degrees(box: MercatorBox) -> MercatorBox:
    """A box as west, south, east, north in degrees (not wrapped)."""
    west, east = box[0] / HALF_WORLD * 180, box[2] / HALF_WORLD * 180
    south, north = (latitude(y) for y in (box[1], box[3]))
    return west, south, east, north


def latitude(y: float) -> float:
    """The latitude of an ordinate."""
    inside = max(-HALF_WORLD, min(HALF_WORLD, y))
    return degrees(2 * atan(exp(inside / HALF_WORLD * pi)) - pi / 2)


def inside_the_world(box: MercatorBox) -> list[tuple[MercatorBox, float]]:
    """Cut a box at the antimeridian; each piece with the shift that puts its points back."""
    west, south, east, north = box
    world = 2 * HALF_WORLD
    if east - west >= world:
        return [((-HALF_WORLD, south, HALF_WORLD, north), 0.0)]
    turns = np.floor((west + HALF_WORLD) / world)
    west, east = west - turns * world, east - turns * world
    shift = float(turns * world)
    if east <= HALF_WORLD:
        return [((west, south, east, north), shift)]
    return [
        ((west, south, HALF_WORLD, north), shift),
        ((-HALF_WORLD, south, east - world, north), shift + world),
    ]
