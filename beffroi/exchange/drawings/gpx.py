"""GPX 1.1: positions as waypoints, lines and outlines as tracks.  A GPS shows no more than that."""

from collections.abc import Sequence
from pathlib import Path

from beffroi.clock import to_datetime
from beffroi.exchange.drawings.features import properties
from beffroi.exchange.drawings.placed import base_of, parts_of, placed
from beffroi.exchange.drawings.xml_words import said as words
from beffroi.exchange.watermark import Watermark
from beffroi.layers.shapes import Shape


def write(path: Path, mark: Watermark, shapes: Sequence[tuple[str, Shape]]) -> None:
    """Waypoints first, then tracks, as the schema wants them."""
    points = [shape for _uid, shape in shapes if len(shape.points) == 1 and not shape.radius_m]
    lines = [shape for _uid, shape in shapes if len(shape.points) > 1 or shape.radius_m]
    body = "\n".join([*map(_waypoint, points), *map(_track, lines)])
    moment = to_datetime(mark.exported_at).isoformat(timespec="seconds").replace("+00:00", "Z")
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gpx version="1.1" creator="Beffroi" xmlns="http://www.topografix.com/GPX/1/1">\n'
        f"<metadata><name>{words(mark.title)}</name><desc>{words(mark.sentence())}</desc>"
        f"<time>{moment}</time></metadata>\n{body}\n</gpx>\n",
        encoding="utf-8",
    )


def _waypoint(shape: Shape) -> str:
    lon, lat = placed(shape)["coordinates"]
    return f'<wpt lat="{lat}" lon="{lon}">{_said(shape)}</wpt>'


def _track(shape: Shape) -> str:
    found = placed(shape)
    parts = parts_of(found)
    rings = parts if base_of(found) == "LineString" else [ring for part in parts for ring in part]
    segments = "".join(
        "<trkseg>" + "".join(f'<trkpt lat="{lat}" lon="{lon}"/>' for lon, lat in ring) + "</trkseg>"
        for ring in rings
    )
    return f"<trk>{_said(shape)}{segments}</trk>"


def _said(shape: Shape) -> str:
    name = str(properties(shape)["name"])
    return f"<name>{words(name)}</name><desc>{words(shape.notes)}</desc><type>{shape.kind}</type>"
