"""Says a moment in the words that an officer would type."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from beffroi.clock import PARIS, to_datetime
from beffroi.when.reading import Precision, parse

_UTC = ZoneInfo("UTC")
_MINUTE_MS = 60_000


def say(
    start: int,
    end: int | None = None,
    precision: Precision = "exact",
    *,
    now: int,
    zone: ZoneInfo = PARIS,
) -> str:
    """The moment in words that `parse` understands: « hier 23:10 », « 26/07 04:00 – 05:30 ».

    The hour that an autumn night has twice is said in UTC when its words alone would be taken for
    the other one: « 01:30 UTC ».
    """
    said = _said(start, end, precision, now, zone)
    if _reads_as(said, start, end, now, zone):
        return said
    universal = f"{_said(start, end, precision, now, _UTC)} UTC"
    return universal if _reads_as(universal, start, end, now, zone) else said


def _reads_as(said: str, start: int, end: int | None, now: int, zone: ZoneInfo) -> bool:
    found = parse(said, now=now, zone=zone)
    return found is not None and (_minute(found.start), _minute(found.end)) == (
        _minute(start),
        _minute(end),
    )


def _minute(moment: int | None) -> int | None:
    return None if moment is None else moment // _MINUTE_MS


def _said(start: int, end: int | None, precision: Precision, now: int, zone: ZoneInfo) -> str:
    today = to_datetime(now, zone).date()
    first = to_datetime(start, zone)
    near = "" if end is not None or precision != "approx" else "vers "
    said = f"{_say_day(first, today)}{near}{_say_clock(first)}"
    if end is None:
        return said
    last = to_datetime(end, zone)
    follows = last.date() == first.date() or (
        last.date() == first.date() + timedelta(days=1) and last.time() < first.time()
    )
    day = "" if follows else _say_day(last, today, always=True)
    return f"{said} – {day}{_say_clock(last)}"


def _say_clock(moment: datetime) -> str:
    return f"{moment:%H:%M}"


def _say_day(moment: datetime, today: date, *, always: bool = False) -> str:
    day = moment.date()
    if day == today:
        # Today is only worth saying when the clock alone would be taken for yesterday's.
        return "aujourd’hui " if always or moment.hour >= 12 else ""
    if day == today - timedelta(days=1):
        return "hier "
    return f"{moment:%d/%m} " if day.year == today.year else f"{moment:%d/%m/%Y} "
