"""What can be measured of a shape, for the words beside the pointer and in its sheet."""

from dataclasses import dataclass

from beffroi.layers.drawing.geodesic import area, leg, length
from beffroi.layers.drawing.outline import ring
from beffroi.layers.shapes import Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What can be said of a shape; None where it has no meaning.  Metres, square metres, degrees."""

    length_m: float | None = None
    area_m2: float | None = None
    radius_m: float | None = None
    azimuth_deg: float | None = None


def measures(shape: Shape) -> Measures:
    """The measures that its kind has: a line its length, a zone its area and edge."""
    points = shape.points
    match shape.kind:
        case "line" | "arrow":
            return Measures(length_m=length(points), azimuth_deg=leg(points[0], points[-1])[1])
        case "area" | "rectangle":
            hollow = sum(area(hole) for hole in shape.holes)
            return Measures(length_m=length([*points, points[0]]), area_m2=area(points) - hollow)
        case "circle" | "sector":
            edge = ring(shape)
            return Measures(
                length_m=length([*edge, edge[0]]), area_m2=area(edge), radius_m=shape.radius_m
            )
        case "point" | "text" | "symbol":
            return Measures()
