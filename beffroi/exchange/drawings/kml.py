"""KML 2.2 (OGC 07-147r2): each shape a placemark with its colours, its times and all its fields."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from beffroi.exchange.drawings.features import properties
from beffroi.exchange.drawings.placed import base_of, parts_of, placed
from beffroi.exchange.drawings.xml_words import said as words
from beffroi.exchange.watermark import Watermark
from beffroi.layers.shapes import Shape

_WIDTHS = {"s": 2, "m": 3, "l": 5}


def write(path: Path, mark: Watermark, shapes: Sequence[tuple[str, Shape]]) -> None:
    """A document whose description says who took it out, when and under which marking."""
    placemarks = "\n".join(_placemark(uid, shape) for uid, shape in shapes)
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n'
        f"<name>{words(mark.title)}</name><description>{words(mark.sentence())}</description>\n"
        f"{placemarks}\n</Document></kml>\n",
        encoding="utf-8",
    )


def _placemark(uid: str, shape: Shape) -> str:
    said = properties(shape)
    data = "".join(
        f"<Data name={quoteattr(name)}><value>{words(_text(value))}</value></Data>"
        for name, value in said.items()
    )
    return (
        f"<Placemark id={quoteattr(f'_{uid}')}><name>{words(str(said['name']))}</name>"
        f"<description>{words(shape.notes)}</description>{_span(said)}{_style(shape)}"
        f"<ExtendedData>{data}</ExtendedData>{_geometry(placed(shape))}</Placemark>"
    )


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _span(said: dict[str, Any]) -> str:
    begin = f"<begin>{said['since']}</begin>" if "since" in said else ""
    end = f"<end>{said['until']}</end>" if "until" in said else ""
    return f"<TimeSpan>{begin}{end}</TimeSpan>" if begin or end else ""


def _style(shape: Shape) -> str:
    if not shape.colour:
        return ""
    red, green, blue = (shape.colour[at : at + 2] for at in (1, 3, 5))
    alpha = f"{round(max(0.0, min(1.0, shape.fill)) * 255):02x}"
    return (
        f"<Style><LineStyle><color>ff{blue}{green}{red}</color><width>{_WIDTHS[shape.size]}</width>"
        f"</LineStyle><PolyStyle><color>{alpha}{blue}{green}{red}</color></PolyStyle></Style>"
    )


def _geometry(found: dict[str, Any]) -> str:
    parts = [_part(base_of(found), part) for part in parts_of(found)]
    return parts[0] if len(parts) == 1 else f"<MultiGeometry>{''.join(parts)}</MultiGeometry>"


def _part(kind: str, coordinates: Any) -> str:
    match kind:
        case "Point":
            return f"<Point>{_coordinates([coordinates])}</Point>"
        case "LineString":
            return f"<LineString><tessellate>1</tessellate>{_coordinates(coordinates)}</LineString>"
        case _:
            outer, *holes = coordinates
            inner = "".join(_boundary("innerBoundaryIs", hole) for hole in holes)
            return f"<Polygon>{_boundary('outerBoundaryIs', outer)}{inner}</Polygon>"


def _boundary(name: str, ring: Sequence[Sequence[float]]) -> str:
    return f"<{name}><LinearRing>{_coordinates(ring)}</LinearRing></{name}>"


def _coordinates(points: Sequence[Sequence[float]]) -> str:
    return f"<coordinates>{' '.join(f'{lon},{lat}' for lon, lat in points)}</coordinates>"
