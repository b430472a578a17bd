"""Reads the times of a search: « 2h », « hier », « 26/07/2024 14:30 »."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from beffroi import when
from beffroi.clock import from_datetime, to_datetime
from beffroi.logbook.words import fold

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
_UNITS = {
    "min": MINUTE, "mn": MINUTE, "m": MINUTE, "h": HOUR, "j": DAY, "d": DAY,
    "sem": 7 * DAY, "s": 7 * DAY, "w": 7 * DAY, "mois": 30 * DAY, "an": 365 * DAY, "ans": 365 * DAY,
}  # fmt: skip
_DURATION = re.compile(rf"(\d{{1,4}})\s?({'|'.join(sorted(_UNITS, key=len, reverse=True))})")
_DATE = re.compile(
    r"(?:(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
    r"|(?P<fd>\d{1,2})[/.](?P<fm>\d{1,2})(?:[/.](?P<fy>\d{4}|\d{2}))?)"
    r"(?:[-t\sà]+(?P<h>\d{1,2})[:h](?P<n>\d{2})?)?"
)
_DAYS = {"aujourd'hui": 0, "today": 0, "hier": -1, "yesterday": -1, "avant-hier": -2, "demain": 1}
_BETWEEN = re.compile(r"\s*(?:\.\.|…|–|—|\s(?:et|and|à|to|-)\s)\s*")

Span = tuple[int, int]


def moment(said: str, *, now: int, zone: ZoneInfo) -> Span | None:
    """The first and last millisecond (excluded) of what `said` names; None when it names nothing.

    A duration names the moment that long ago, a day all of that day.
    """
    flat = fold(said).replace("’", "'").strip()
    try:
        return (
            _duration(flat, now)
            or _day(flat, now, zone)
            or _date(flat, now, zone)
            or _free(said, now, zone)
        )
    except (ValueError, OverflowError, OSError):
        return None


def period(said: str, *, now: int, zone: ZoneInfo) -> Span | None:
    """What « A..B », « A et B » or « A – B » spans, B included when it is a day."""
    parts = _BETWEEN.split(said.strip())
    if len(parts) != 2:
        return moment(said, now=now, zone=zone)
    first, last = (moment(part, now=now, zone=zone) for part in parts)
    if first is None or last is None:
        return None
    if last[0] < first[0]:
        first, last = last, first
    return first[0], max(last[1], first[0] + 1)


def _duration(flat: str, now: int) -> Span | None:
    match = _DURATION.fullmatch(flat)
    if match is None:
        return None
    at = now - int(match[1]) * _UNITS[match[2]]
    return at, at


def _day(flat: str, now: int, zone: ZoneInfo) -> Span | None:
    if flat in ("maintenant", "now"):
        return now, now
    if flat not in _DAYS:
        return None
    return _whole(to_datetime(now, zone) + timedelta(days=_DAYS[flat]))


def _date(flat: str, now: int, zone: ZoneInfo) -> Span | None:
    match = _DATE.fullmatch(flat)
    if match is None:
        return None
    year = int(match["y"] or match["fy"] or to_datetime(now, zone).year)
    day = datetime(
        year + 2000 if year < 100 else year,
        int(match["m"] or match["fm"]),
        int(match["d"] or match["fd"]),
        tzinfo=zone,
    )
    if match["h"] is None:
        return _whole(day)
    at = from_datetime(day.replace(hour=int(match["h"]), minute=int(match["n"] or 0)))
    return at, at


def _whole(day: datetime) -> Span:
    start = day.replace(hour=0, minute=0, second=0, microsecond=0)
    return from_datetime(start), from_datetime(start + timedelta(days=1))


def _free(said: str, now: int, zone: ZoneInfo) -> Span | None:
    found = when.parse(said, now=now, zone=zone)
    if found is None:
        return None
    return found.start, found.start if found.end is None else found.end
