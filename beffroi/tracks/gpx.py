"""GPX 1.1 in and out: the timed points of tracks, and lines to follow.

Source: https://www.topografix.com/GPX/1/1/ (a `trkpt` has lat, lon, and may have `ele`, `time`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from beffroi.clock import to_datetime
from beffroi.errors import BeffroiError
from beffroi.layers.shapes import Position
from beffroi.plugin import Sample, times, xml
from beffroi.plugin.local import taken
from beffroi.text import _
from beffroi.tracks.fix import Fix

MOST_POINTS = 200_000


def fixes_in(data: bytes, name: str = "") -> list[Fix]:
    """The timed points of all tracks of a GPX file, by time; the file's name names what has none.

    Raises:
        BeffroiError: no GPX, too many points, or none that has a time.
    """
    found: list[Fix] = []
    for n, track in enumerate(xml.named(_root(data, name), "trk"), 1):
        said = xml.text(track, "name") or name or _("Piste {n}").format(n=n)
        found += filter(None, (_fix(point, said) for point in xml.every(track, "trkpt")))
        if len(found) > MOST_POINTS:
            raise BeffroiError(_("Ce GPX a plus de 200\u202f000 points\u00a0: découpez-le."))
    if not found:
        raise BeffroiError(
            _("Ce GPX n’a aucun point daté\u00a0: enregistrez la trace avec ses heures.")
        )
    return sorted(found, key=lambda fix: (fix.time, fix.track))


def taken_from(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        BeffroiError: it cannot be read, or is too large.
    """
    try:
        return taken(path)
    except OSError as error:
        raise BeffroiError(
            _("Le fichier {name} ne peut pas être lu\u00a0: choisissez-en un autre.").format(
                name=path.name
            )
        ) from error


def lines_in(data: bytes, name: str = "") -> list[tuple[str, tuple[Position, ...]]]:
    """The lines of a GPX file: its routes, or its tracks when it has none, each with its name.

    Raises:
        BeffroiError: no GPX, or no line in it.
    """
    root = _root(data, name)
    kinds = (("rte", "rtept"), ("trk", "trkpt"))
    for line, point in kinds:
        found = [
            (xml.text(one, "name"), tuple(filter(None, map(_place, xml.every(one, point)))))
            for one in xml.named(root, line)
        ]
        if lines := [(title, points) for title, points in found if len(points) >= 2]:
            return lines
    raise BeffroiError(_("Ce GPX ne contient aucun itinéraire\u00a0: choisissez un autre fichier."))


def _root(data: bytes, name: str) -> Any:
    root = Sample(data=data, name=name).xml
    if xml.local(root.tag) != "gpx":
        raise BeffroiError(_("Ce fichier n’est pas un GPX\u00a0: choisissez-en un autre."))
    return root


def _place(point: Any) -> Position | None:
    try:
        lon, lat = float(point.get("lon")), float(point.get("lat"))
    except (TypeError, ValueError):
        return None
    return (lon, lat) if abs(lon) <= 180 and abs(lat) <= 90 else None


def _fix(point: Any, track: str) -> Fix | None:
    place, time = _place(point), times.instant(xml.text(point, "time"))
    if place is None or time is None:
        return None
    try:
        alt = float(xml.text(point, "ele"))
    except ValueError:
        alt = None
    return Fix(
        track=track, time=time, lon=place[0], lat=place[1], callsign=track, alt=alt, source="gpx"
    )


def written(tracks: Mapping[str, Sequence[Fix]], title: str) -> bytes:
    """A GPX file of these tracks (name → fixes in order); a gap of five minutes parts segments."""
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gpx version="1.1" creator="Beffroi" xmlns="http://www.topografix.com/GPX/1/1">',
        f"<metadata><name>{escape(legible(title))}</name></metadata>",
    ]
    for name, fixes in tracks.items():
        out.append(f"<trk><name>{escape(legible(name))}</name>")
        for segment in _segments(fixes):
            out += ["<trkseg>", *(_point(fix) for fix in segment), "</trkseg>"]
        out.append("</trk>")
    return "\n".join([*out, "</gpx>", ""]).encode()


def legible(text: str) -> str:
    """`text` without the signs that XML 1.0 §2.2 forbids: a name may have come from anywhere."""
    return _FORBIDDEN.sub("", text)


_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GAP_MS = 300_000


def _segments(fixes: Iterable[Fix]) -> Iterable[list[Fix]]:
    held: list[Fix] = []
    for fix in fixes:
        if held and fix.time - held[-1].time > _GAP_MS:
            yield held
            held = []
        held.append(fix)
    if held:
        yield held


def _point(fix: Fix) -> str:
    lat, lon = quoteattr(f"{fix.lat:.7f}"), quoteattr(f"{fix.lon:.7f}")
    high = f"<ele>{fix.alt:.1f}</ele>" if fix.alt is not None else ""
    return f"<trkpt lat={lat} lon={lon}>{high}<time>{stamp(fix.time)}</time></trkpt>"


def stamp(moment: int) -> str:
    """A moment (UTC ms) as XML writes it."""
    return f"{to_datetime(moment):%Y-%m-%dT%H:%M:%S}.{moment % 1000:03d}Z"
