"""When a repeated event takes place again, within a window: never more than a year, nor 1,000 times."""

import itertools
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from dateutil.rrule import DAILY, rrulestr  # type: ignore[import-untyped]
from icalendar import Component

from plugins.icalendar import moments

LONGEST_DAYS = 366
_MOST = 1_000
_MOST_STEPS = 20_000


class TooOften(Exception):
    """A rule that repeats by the hour or faster, or never ends before its window."""


def occurrences(
    event: Component, zone: str, window: tuple[datetime, datetime]
) -> Iterator[datetime]:
    """The beginnings that fall in the window, its own included; in order.

    Raises:
        TooOften: the rule cannot be followed within bounds.
    """
    start = moments.told(event, "DTSTART")
    if not isinstance(start, date):
        return
    first = moments.local(start, zone)
    left_out = {moments.local(day, zone) for day in _dates(event, "EXDATE")}
    found = {first, *(moments.local(day, zone) for day in _dates(event, "RDATE"))}
    found.update(_repeated(event, first, window[1]))
    inside = sorted(day for day in found - left_out if window[0] <= day < window[1])
    yield from inside[:_MOST]


def window(received: int, days: int) -> tuple[datetime, datetime]:
    """From the day before a sample came (now, for most) to `days` later, a year at most."""
    now = datetime.fromtimestamp(received / 1000, UTC)
    return now - timedelta(days=1), now + timedelta(days=max(1, min(days, LONGEST_DAYS)))


def _repeated(event: Component, first: datetime, end: datetime) -> Iterator[datetime]:
    rule = event.get("RRULE")
    if rule is None:
        return
    rule = rule[0] if isinstance(rule, list) else rule
    said = _without_zone(rule.to_ical().decode())
    try:
        # hours of the clock on the wall repeat, whatever the offset: the zone is put back after
        repeated = rrulestr(said, dtstart=first.replace(tzinfo=None))
    except (ValueError, TypeError) as error:
        raise TooOften from error
    if repeated._freq > DAILY:  # noqa: SLF001
        raise TooOften
    last = end.astimezone(first.tzinfo).replace(tzinfo=None)
    steps = itertools.takewhile(lambda day: day < last, repeated)
    for step, day in enumerate(steps):
        if step > _MOST_STEPS:
            raise TooOften
        yield day.replace(tzinfo=first.tzinfo)


def _without_zone(rule: str) -> str:
    """`UNTIL` without its `Z`: dateutil compares it with hours that have no zone."""
    parts = (part.rstrip("Z") if part.startswith("UNTIL=") else part for part in rule.split(";"))
    return ";".join(parts)


def _dates(event: Component, name: str) -> Iterator[date]:
    """All dates of a property that may be there several times, each with several dates."""
    values = event.get(name)
    for value in values if isinstance(values, list) else [values]:
        for one in getattr(value, "dts", ()):
            day = getattr(one, "dt", None)
            day = day[0] if isinstance(day, tuple) else day
            if isinstance(day, date):
                yield day
