"""The ten days of the demo, 20–29 July 2024, and the rhythm of each."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from beffroi.clock import PARIS, from_datetime, to_datetime

FIRST_DAY = date(2024, 7, 20)
OPENING_DAY = date(2024, 7, 26)
MAX_DAYS = 10
MINUTE = 60_000
# Entries per hour relative to a mean hour: low at night, relèves at 7 and 19, peaks at 8–10 and 17–20.
_HOURS = (
    0.42, 0.30, 0.22, 0.18, 0.20, 0.38, 0.72, 1.15, 1.55, 1.62, 1.28, 1.08,
    1.00, 0.92, 0.98, 1.12, 1.32, 1.62, 1.72, 1.55, 1.30, 1.12, 0.85, 0.60,
)  # fmt: skip
# How many entries people write by themselves each day, beside what is recorded.
_PER_DAY = (760, 820, 740, 780, 830, 860, 1080, 990, 930, 880)


def days(count: int) -> list[date]:
    """The last `count` of the ten days, so that the opening day comes with four of them."""
    every = [FIRST_DAY + timedelta(days=n) for n in range(MAX_DAYS)]
    return every[-count:]


def local(moment: int) -> datetime:
    """`moment` as the clock on the wall in Paris shows it."""
    return to_datetime(moment, PARIS)


def at(day: date, clock: str) -> int:
    """The UTC milliseconds of `clock` (`05:32`, or `05:32:10`) on that day in Paris."""
    return from_datetime(datetime.combine(day, time.fromisoformat(clock), PARIS))


END = at(FIRST_DAY + timedelta(days=MAX_DAYS - 1), "20:30")
"""When the demo stops, a busy evening, in UTC ms; what was written shortly before is still raw."""
FRESH = END - 3 * 60 * MINUTE


def spontaneous(day: date) -> int:
    """How many entries people write on that day, beside what is recorded or scripted."""
    return _PER_DAY[(day - FIRST_DAY).days]


def moments(day: date, count: int, rng: Random) -> Iterator[int]:
    """`count` moments of a day, more where the day is busy, in order."""
    start = at(day, "00:00")
    hours = rng.choices(range(24), weights=_HOURS, k=count)
    yield from sorted(start + h * 60 * MINUTE + rng.randrange(60 * MINUTE) for h in hours)
