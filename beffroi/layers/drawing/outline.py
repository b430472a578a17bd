"""What a shape covers on the ground: its geometry as GeoJSON, for the map, files and questions."""

from collections.abc import Sequence
from typing import Any

from beffroi.layers.drawing.geodesic import leg, reach
from beffroi.layers.shapes import Position, Shape

CIRCLE_POINTS = 96
"""Enough that a circle of 100 km is drawn to within 60 m."""


def ring(shape: Shape) -> tuple[Position, ...]:
    """The outline of an area-like shape, without its closing point."""
    match shape.kind:
        case "circle":
            return circle(shape.points[0], shape.radius_m)
        case "sector":
            return sector(shape.points[0], shape.radius_m, shape.from_deg, shape.to_deg)
        case _:
            return shape.points


def circle(centre: Position, radius_m: float) -> tuple[Position, ...]:
    """All that lies at `radius_m` from a position, as a ring."""
    step = 360 / CIRCLE_POINTS
    return tuple(reach(centre, radius_m, -at * step) for at in range(CIRCLE_POINTS))


def sector(
    centre: Position, radius_m: float, from_deg: float, to_deg: float
) -> tuple[Position, ...]:
    """A slice of a disc, clockwise from one bearing to another; a full turn when they are equal."""
    span = (to_deg - from_deg) % 360 or 360.0
    steps = max(2, round(CIRCLE_POINTS * span / 360))
    arc = (reach(centre, radius_m, from_deg + span * at / steps) for at in range(steps + 1))
    return (centre, *arc)


def rectangle(corner: Position, opposite: Position) -> tuple[Position, ...]:
    """The four corners of a box along meridians and parallels."""
    (west, south), (east, north) = corner, opposite
    return ((west, south), (east, south), (east, north), (west, north))


def geometry(shape: Shape) -> dict[str, Any]:
    """The shape as a GeoJSON geometry (RFC 7946): circles and sectors as polygons."""
    match shape.kind:
        case "point" | "text" | "symbol":
            return {"type": "Point", "coordinates": list(shape.points[0])}
        case "line" | "arrow":
            return {"type": "LineString", "coordinates": [list(point) for point in shape.points]}
        case "area" | "rectangle" | "circle" | "sector":
            rings = [_closed(ring(shape)), *(_closed(hole) for hole in shape.holes)]
            return {"type": "Polygon", "coordinates": rings}


def middle(shape: Shape) -> Position:
    """Where its label stands and around which it turns: the mean of its points."""
    lons, lats = zip(*shape.points, strict=True)
    return sum(lons) / len(lons), sum(lats) / len(lats)


def moved(shape: Shape, start: Position, end: Position) -> tuple[Position, ...]:
    """Its points after a move from one position to another; its size on the ground is kept.

    A plain shift of degrees would narrow a shape that is carried to the north.
    """
    centre = middle(shape)
    return _laid(shape, reach(centre, *leg(start, end)), 0)


def turned(shape: Shape, angle_deg: float) -> tuple[Position, ...]:
    """Its points turned clockwise around its middle."""
    return _laid(shape, middle(shape), angle_deg)


def _laid(shape: Shape, centre: Position, turn_deg: float) -> tuple[Position, ...]:
    legs = (leg(middle(shape), point) for point in shape.points)
    return tuple(reach(centre, metres, bearing + turn_deg) for metres, bearing in legs)


def _closed(points: Sequence[Position]) -> list[list[float]]:
    closed = [list(point) for point in points]
    return [*closed, closed[0]]
