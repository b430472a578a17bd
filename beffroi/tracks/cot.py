"""Cursor on Target out: one event per fix, which says itself how long it is worth.

Source: MITRE MTR 09W0000 (CoT event 2.0): `time`, `start`, `stale` in UTC; `ce`, `le` in metres,
9999999.0 for what is not known.
"""

from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from beffroi.tracks.fix import Fix
from beffroi.tracks.gpx import legible, stamp
from beffroi.tracks.rules import Rules

UNKNOWN = "9999999.0"
TYPE = "a-f-G-E-V"
"""A friendly ground vehicle: what a track is when its source did not say."""
DEFAULT_STALE_MS = 60_000


def event(fix: Fix, rules: Rules) -> str:
    """The event of a fix.

    It is stale when its source said so; otherwise when our own rules call it old (a minute when
    they never do): who receives it greys it when we do.
    """
    worth = round(rules.amber_s * 1000) or DEFAULT_STALE_MS
    stale = fix.stale or fix.time + worth
    error = f"{fix.ce:.1f}" if fix.ce is not None else UNKNOWN
    high = f"{fix.alt:.1f}" if fix.alt is not None else UNKNOWN
    uid, kind, name = (
        quoteattr(legible(text))
        for text in (fix.track, fix.type or TYPE, fix.callsign or fix.track)
    )
    moved = ""
    if fix.speed is not None and fix.course is not None:
        moved = f'<track course="{fix.course:.1f}" speed="{fix.speed:.2f}"/>'
    return (
        f'<event version="2.0" uid={uid} type={kind} how="m-g" time="{stamp(fix.time)}" '
        f'start="{stamp(fix.time)}" stale="{stamp(stale)}">'
        f'<point lat="{fix.lat:.7f}" lon="{fix.lon:.7f}" hae="{high}" ce="{error}" le="{UNKNOWN}"/>'
        f"<detail><contact callsign={name}/>{moved}</detail></event>"
    )


def written(fixes: Iterable[Fix], rules: Rules) -> bytes:
    """A file of events, one a line under one root."""
    events = "\n".join(event(fix, rules) for fix in fixes)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<events>\n{events}\n</events>\n'.encode()
