"""The areas anchored to a moving thing: circles around its last fix, a corridor along its route."""

from dataclasses import dataclass
from math import cos, radians

import numpy as np
import shapely
from shapely import LineString

from beffroi.layers.drawing.geodesic import DEGREE_M, globe, near
from beffroi.layers.shapes import Position
from beffroi.tracks.route import Along, Route
from beffroi.tracks.rules import Bubble

SIDES = 48
_TURN = np.arange(SIDES) * (360 / SIDES)
Ring = tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Areas:
    """Rings of positions, not closed; empty when that part is not drawn."""

    inner: Ring = ()
    middle: Ring = ()
    corridor: Ring = ()


def areas(bubble: Bubble, at: Position, route: Route | None, along: Along | None) -> Areas:
    """The bubble of something whose last fix is `at`; the corridor only where there is a route."""
    return Areas(
        inner=circle(at, bubble.inner_m),
        middle=circle(at, bubble.middle_m),
        corridor=corridor(bubble, route, along) if route and along else (),
    )


def circle(centre: Position, radius_m: float) -> Ring:
    """A geodesic circle; its longitudes may pass 180 so that it stays one ring."""
    if radius_m <= 0:
        return ()
    lons, lats, _back = globe().fwd(
        np.full(SIDES, centre[0]), np.full(SIDES, centre[1]), _TURN, np.full(SIDES, radius_m)
    )
    lons = centre[0] + (lons - centre[0] + 180) % 360 - 180
    return tuple(zip(lons.tolist(), lats.tolist(), strict=True))


def corridor(bubble: Bubble, route: Route, along: Along) -> Ring:
    """The band along the route, from behind the thing to ahead of it."""
    stretch = route.part(along.along_m - bubble.behind_m, along.along_m + bubble.ahead_m)
    if len(stretch) < 2 or bubble.width_m <= 0:
        return ()
    centre = along.nearest
    flat = LineString([_flat(near(p, centre), centre) for p in stretch])
    band = flat.buffer(bubble.width_m / 2, cap_style="flat", join_style="round", quad_segs=4)
    outer = band.exterior if isinstance(band, shapely.Polygon) else band.convex_hull.exterior
    return tuple(_round(x, y, centre) for x, y in outer.coords[:-1])


def _flat(position: Position, centre: Position) -> tuple[float, float]:
    """Metres east and north of `centre`: right within a thousandth over a few kilometres."""
    shrink = cos(radians(centre[1]))
    return (position[0] - centre[0]) * shrink * DEGREE_M, (position[1] - centre[1]) * DEGREE_M


def _round(x: float, y: float, centre: Position) -> Position:
    shrink = cos(radians(centre[1]))
    return centre[0] + x / (shrink * DEGREE_M), centre[1] + y / DEGREE_M
