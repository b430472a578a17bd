"""The lines of a GTFS network, drawn by `shapes.txt`, else through the stops of their longest trip."""

from collections.abc import Iterator, Mapping

from beffroi.plugin import Book, Geometry, Record, Refused, Sample, flat, geometry
from beffroi.plugin.words import N_, _
from plugins.gtfs.tables import has, rows

_MODES = {
    "0": N_("tramway"), "1": N_("métro"), "2": N_("train"), "3": N_("bus"), "4": N_("ferry"),
    "5": N_("tramway à câble"), "6": N_("téléphérique"), "7": N_("funiculaire"),
    "11": N_("trolleybus"), "12": N_("monorail"),
}  # fmt: skip
_BY_HUNDREDS = {
    "1": N_("train"), "2": N_("autocar"), "4": N_("métro"), "7": N_("bus"), "8": N_("trolleybus"),
    "9": N_("tramway"), "10": N_("bateau"), "12": N_("ferry"), "13": N_("téléphérique"),
}  # fmt: skip
_MOST_CALLS = 40_000_000
"""Bytes of `stop_times.txt` beyond which lines without shapes are not worked out."""
Positions = list[tuple[int, float, float]]


def line_records(sample: Sample, book: Book) -> Iterator[Record]:
    """One record per row of `routes.txt`, with all the shapes that its trips follow."""
    shapes_by_route = _trips(sample)
    drawn = _shapes(sample) if has(sample, "shapes.txt") else {}
    through = {} if any(drawn.values()) else _through_stops(sample, book)
    for n, row in enumerate(rows(sample, "routes.txt", "route_id"), 2):
        uid = row.get("route_id", "") or str(n)
        parts = [drawn[shape] for shape in shapes_by_route.get(uid, ()) if shape in drawn]
        parts = parts or through.get(uid, [])
        mode = _mode(row.get("route_type", ""))
        name = " – ".join(
            dict.fromkeys(
                w for key in ("route_short_name", "route_long_name") if (w := row.get(key, ""))
            )
        )
        colour = row.get("route_color", "")
        told: dict[str, object] = {key: value for key, value in row.items() if value}
        told |= {"kind": mode} if mode else {}
        told |= {"colour": f"#{colour}"} if len(colour) == 6 else {}
        yield Record(
            id=uid,
            geometry=_drawn(parts, book, _("routes.txt, ligne {n}").format(n=n)),
            properties=flat(told),
            title=" ".join(word for word in (mode.capitalize(), name or uid) if word),
        )


def _mode(kind: str) -> str:
    word = _MODES.get(kind) or (_BY_HUNDREDS.get(kind[:-2]) if len(kind) >= 3 else None)
    return _(word) if word else ""


def _trips(sample: Sample) -> dict[str, list[str]]:
    """The shapes that the trips of each route follow."""
    found: dict[str, dict[str, None]] = {}
    for row in rows(sample, "trips.txt"):
        if shape := row.get("shape_id", ""):
            found.setdefault(row.get("route_id", ""), {})[shape] = None
    return {route: list(shapes) for route, shapes in found.items()}


def _shapes(sample: Sample) -> dict[str, Positions]:
    found: dict[str, Positions] = {}
    for n, row in enumerate(rows(sample, "shapes.txt", "shape_id")):
        position = _position(row.get("shape_pt_lon"), row.get("shape_pt_lat"))
        if position is not None:
            order = _order(row.get("shape_pt_sequence", ""), n)
            found.setdefault(row.get("shape_id", ""), []).append((order, *position))
    return found


def _through_stops(sample: Sample, book: Book) -> dict[str, list[Positions]]:
    """The stops of the longest trip of each route and direction."""
    calls = sample.archive.find("stop_times.txt")
    if calls is None or sample.archive.size(calls) > _MOST_CALLS:
        book.note(
            "shapes.txt", _("lignes sans tracé, et trop de passages pour les déduire"), lost=False
        )
        return {}
    ways = {
        row.get("trip_id", ""): (row.get("route_id", ""), row.get("direction_id", ""))
        for row in rows(sample, "trips.txt")
    }
    places = {
        row.get("stop_id", ""): position
        for row in rows(sample, "stops.txt")
        if (position := _position(row.get("stop_lon"), row.get("stop_lat"))) is not None
    }
    longest: dict[tuple[str, str], Positions] = {}
    for trip, stops in _calls(sample, places).items():
        if trip in ways and len(stops) > len(longest.get(ways[trip], ())):
            longest[ways[trip]] = stops
    found: dict[str, list[Positions]] = {}
    for (route, _direction), stops in longest.items():
        found.setdefault(route, []).append(stops)
    return found


def _calls(sample: Sample, places: Mapping[str, tuple[float, float]]) -> dict[str, Positions]:
    found: dict[str, Positions] = {}
    for n, row in enumerate(rows(sample, "stop_times.txt")):
        place = places.get(row.get("stop_id", ""))
        if place is not None:
            order = _order(row.get("stop_sequence", ""), n)
            found.setdefault(row.get("trip_id", ""), []).append((order, *place))
    return found


def _order(words: str, fallback: int) -> int:
    return int(words) if words.isdecimal() and len(words) < 12 else fallback


def _position(lon: str | None, lat: str | None) -> tuple[float, float] | None:
    try:
        return geometry.number(lon), geometry.number(lat)
    except Refused:
        return None


def _drawn(parts: list[Positions], book: Book, where: str) -> Geometry | None:
    lines: list[Geometry] = []
    for part in parts:
        places = [(lon, lat) for _order, lon, lat in sorted(part)]
        try:
            if len(places) > 1:
                lines.append(geometry.line(places))
        except Refused as refusal:
            book.note(where, refusal.why, lost=False)
    return geometry.gathered(lines)
