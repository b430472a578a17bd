"""Reads GPX: one record per waypoint, per track and per route, empty ones too."""

import re
from collections.abc import Iterable, Iterator

from beffroi.plugin import (
    Book,
    Geometry,
    Options,
    Reading,
    Record,
    Refused,
    Sample,
    Scalar,
    Unreadable,
    times,
)
from beffroi.plugin.flat import flat, plain, printable
from beffroi.plugin.geometry import checked, number, point
from beffroi.plugin.words import _
from beffroi.plugin.xml import Element, child, every, local, named, text

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d+)?")
_KINDS = {"wpt": "waypoint", "trk": "track", "rte": "route"}
_NESTED = {"trkseg", "rtept", "extensions", "link", "time", "name"}


def recognise(sample: Sample) -> float:
    """How sure it is: a `gpx` root."""
    return 0.95 if sample.root.local == "gpx" else 0.0


def read(sample: Sample, options: Options) -> Reading:
    """Waypoints, tracks and routes in the order of the document; altitudes of points are kept."""
    root = sample.xml_recovered
    if local(root.tag) != "gpx":
        raise Unreadable(_("Ce document n’est pas du GPX\u00a0: choisissez un autre format."))
    book = Book()
    head = child(root, "metadata")
    return Reading(
        format="gpx",
        records=_records(root, sample.zone, book),
        problems=book,
        encoding=root.getroottree().docinfo.encoding or "utf-8",
        title=printable(text(head, "name") or text(root, "name")),
        attribution=printable(text(head, "author", "name") or text(head, "copyright", "author")),
        hints={"family": "field"},
    )


def _records(root: Element, zone: str, book: Book) -> Iterator[Record]:
    counts = dict.fromkeys(_KINDS, 0)
    for element in root:
        kind = local(element.tag)
        if kind not in _KINDS:
            continue
        counts[kind] += 1
        where = f"{kind} {counts[kind]}"
        fixes = [element] if kind == "wpt" else _fixes(element, kind)
        moments = [m for fix in fixes if (m := times.instant(text(fix, "time"), zone)) is not None]
        yield Record(
            geometry=_geometry(element, kind, where, book),
            properties=_properties(element, kind, fixes),
            title=printable(text(element, "name")),
            time=min(moments, default=None),
            until=max(moments) if moments and kind == "trk" else None,
        )


def _fixes(element: Element, kind: str) -> list[Element]:
    return every(element, "trkpt" if kind == "trk" else "rtept")


def _geometry(element: Element, kind: str, where: str, book: Book) -> Geometry | None:
    try:
        if kind == "wpt":
            return point(element.get("lon"), element.get("lat"))
        parts = named(element, "trkseg") if kind == "trk" else [element]
        lines = [list(_positions(_fixes(part, kind), where, book)) for part in parts]
        return _line([line for line in lines if line])
    except Refused as refusal:
        book.note(where, refusal.why, lost=False)
        return None


def _positions(fixes: Iterable[Element], where: str, book: Book) -> Iterator[list[float]]:
    for fix in fixes:
        try:
            yield [number(fix.get("lon")), number(fix.get("lat"))]
        except Refused as refusal:
            book.note(where, refusal.why, lost=False)


def _line(lines: list[list[list[float]]]) -> Geometry | None:
    """A line, or several; a lone fix is a point; nothing when there is no fix."""
    long = [line for line in lines if len(line) > 1]
    if not long:
        return checked({"type": "Point", "coordinates": lines[0][0]}) if lines else None
    if len(long) == 1:
        return checked({"type": "LineString", "coordinates": long[0]})
    return checked({"type": "MultiLineString", "coordinates": long})


def _properties(element: Element, kind: str, fixes: list[Element]) -> dict[str, Scalar]:
    found: dict[str, Scalar] = {"kind": _KINDS[kind]}
    for inner in element:
        if local(inner.tag) not in _NESTED and not len(inner):
            found[local(inner.tag)] = _value(inner)
    link = child(element, "link")
    if link is not None:
        found["link"] = printable(link.get("href") or text(link, "text"))
    for extensions in named(element, "extensions"):
        found |= flat({local(e.tag): _value(e) for e in extensions.iter() if not len(e)})
    if kind != "wpt":
        found["points"] = len(fixes)
    return {name: value for name, value in found.items() if name and value not in (None, "")}


def _value(element: Element) -> Scalar:
    """Altitude, speed and the like as numbers; colours, codes and words as words."""
    words = (element.text or "").strip()
    if "color" in local(element.tag).lower() or not _NUMBER.fullmatch(words):
        return plain(words)
    return float(words)
