"""BaseStation lines (SBS-1, port 30003): one message per line, fields between commas.

`MSG,3,1,1,39AC45,1,2024/07/26,12:00:00.000,…,SAMU31,1100,87,150,48.9,2.3,-64,7014,0,0,0,0`
"""

from collections.abc import Iterable

from beffroi.plugin import times
from plugins.adsb.listing import Told

_FIELDS = (
    "kind", "type", "session", "aircraft", "hex", "record", "date", "time", "logged_date",
    "logged_time", "flight", "alt_baro", "gs", "track", "lat", "lon", "baro_rate", "squawk",
    "alert", "emergency", "spi", "ground",
)  # fmt: skip
_KEPT = ("hex", "flight", "alt_baro", "gs", "track", "lat", "lon", "baro_rate", "squawk", "ground")
_NUMBERS = frozenset(("alt_baro", "gs", "track", "lat", "lon", "baro_rate"))
_HEAD = ("MSG,", "STA,", "ID,", "AIR,", "SEL,", "CLK,")


def is_line(line: str) -> bool:
    """Whether a line is one of BaseStation."""
    return line.startswith(_HEAD) and line.count(",") >= 9


def aircraft(lines: Iterable[str]) -> list[tuple[Told, int | None]]:
    """What all lines tell of each aircraft, the latest word first to count, and its moment."""
    known: dict[str, dict[str, str | float]] = {}
    moments: dict[str, int | None] = {}
    for line in filter(is_line, lines):
        told = dict(zip(_FIELDS, (part.strip() for part in line.split(",")), strict=False))
        who = told.get("hex", "").lower()
        if who:
            known.setdefault(who, {}).update(_said(told))
            moment = times.instant(f"{told['date'].replace('/', '-')} {told['time']}", "UTC")
            moments[who] = moment or moments.get(who)
    return [(told, moments[who]) for who, told in known.items()]


def _said(told: dict[str, str]) -> dict[str, str | float]:
    said: dict[str, str | float] = {}
    for name in _KEPT:
        if not (value := told.get(name, "")):
            continue
        try:
            said[name] = float(value) if name in _NUMBERS else value
        except ValueError:
            continue
    return said
