"""Time for people and for the journal: UTC inside, French formats outside, one clock tests can hold."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NewType
from zoneinfo import ZoneInfo

Millis = NewType("Millis", int)
"""Milliseconds since 1970-01-01T00:00:00Z."""

PARIS = ZoneInfo("Europe/Paris")


@dataclass(slots=True)
class Clock:
    """Says what time it is.  Tests give it another source.

    `replayed` says that its time is a story's and not the world's: screens then show the date.
    `offset_ms` is what the hub's clock has over this one; without a hub it stays zero.
    """

    source: Callable[[], int] = lambda: time.time_ns() // 1_000_000
    replayed: bool = False
    offset_ms: int = 0

    def now(self) -> Millis:
        """The present moment, in UTC milliseconds, set right by the hub's clock."""
        return Millis(self.source() + self.offset_ms)


def resumed(moment: int) -> Clock:
    """A clock that goes on from `moment` (UTC ms), as if no time had passed since."""
    away = time.time_ns() // 1_000_000 - moment
    return Clock(lambda: time.time_ns() // 1_000_000 - away, replayed=True)


def from_datetime(moment: datetime) -> Millis:
    """Milliseconds of an aware datetime; a naive one is refused."""
    if moment.tzinfo is None:
        message = "a moment without a time zone is not a moment"
        raise ValueError(message)
    return Millis(round(moment.timestamp() * 1000))


def to_datetime(moment: int, zone: ZoneInfo | None = None) -> datetime:
    """The aware datetime of `moment`, in UTC unless a zone is asked for."""
    return datetime.fromtimestamp(moment / 1000, tz=zone or UTC)
