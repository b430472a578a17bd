"""When an event takes place, in UTC ms: hours of a zone, floating hours, whole days, durations."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Component
from icalendar.error import BrokenCalendarProperty

from beffroi.plugin import times

DAY = timedelta(days=1)


def told(event: Component, name: str) -> Any:
    """A date, a moment or a duration that the event tells; None when it is missing or broken."""
    value = event.get(name)
    value = value[0] if isinstance(value, list) and value else value
    try:
        return getattr(value, "dt", None)
    except (BrokenCalendarProperty, ValueError):
        return None


def span(event: Component, zone: str) -> tuple[int | None, int | None]:
    """From when to when; a day without an end lasts until midnight, as RFC 5545 wants."""
    start, end = told(event, "DTSTART"), told(event, "DTEND")
    if not isinstance(start, date):
        return None, instant(end, zone)
    duration = told(event, "DURATION")
    if not isinstance(end, date) and isinstance(duration, timedelta):
        end = start + duration
    if isinstance(end, datetime) and not isinstance(start, datetime):
        end = end.date()
    if not isinstance(start, datetime) and (not isinstance(end, date) or end <= start):
        end = start + DAY
    return instant(start, zone), instant(end, zone)


def unknown_zone(event: Component) -> str:
    """The zone that the start names and nobody knows, so that its hour is read as a local one."""
    start = event.get("DTSTART")
    named = str(getattr(start, "params", {}).get("TZID", ""))
    moment = told(event, "DTSTART")
    return named if isinstance(moment, datetime) and moment.tzinfo is None else ""


def instant(moment: Any, zone: str) -> int | None:
    """UTC ms; hours that name no zone, and days, are of `zone`."""
    return times.instant(moment, zone) if isinstance(moment, date) else None


def local(moment: date, zone: str) -> datetime:
    """The same moment as an hour of a zone, for rules that repeat it."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
