"""The nights when clocks change: an hour comes twice in October, and is missing in March."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi import when
from beffroi.clock import PARIS, to_datetime

MINUTE = 60_000
HOUR = 60 * MINUTE
BACK = round(datetime(2024, 10, 27, 1, tzinfo=UTC).timestamp() * 1000)  # 03:00 becomes 02:00
FORTH = round(datetime(2024, 3, 31, 1, tzinfo=UTC).timestamp() * 1000)  # 02:00 becomes 03:00


def read(text: str, now: int) -> str:
    found = when.parse(text, now=now)
    assert found is not None
    return to_datetime(found.start, PARIS).isoformat()


@pytest.mark.parametrize(
    ("now", "text", "meant"),
    [
        (BACK - 45 * MINUTE, "2h10", "2024-10-27T02:10:00+02:00"),
        (BACK + 15 * MINUTE, "2h10", "2024-10-27T02:10:00+01:00"),
        (BACK + 15 * MINUTE, "2h30", "2024-10-27T02:30:00+02:00"),
        (BACK + 3 * HOUR, "vers 2h30", "2024-10-27T02:30:00+01:00"),
        (BACK + 40 * HOUR, "27/10 2h30", "2024-10-27T02:30:00+01:00"),
        (BACK + 15 * MINUTE, "00:30 UTC", "2024-10-27T02:30:00+02:00"),
    ],
)
def test_of_the_two_hours_the_last_gone_by_is_meant(now: int, text: str, meant: str) -> None:
    assert read(text, now) == meant


def test_an_interval_within_the_double_hour_goes_forward() -> None:
    found = when.parse("2h10 – 2h30", now=BACK + 15 * MINUTE)
    assert found is not None
    assert found.end is not None
    assert 0 < found.end - found.start <= 80 * MINUTE


@given(
    change=st.sampled_from([BACK, FORTH]),
    moment=st.integers(-300, 300),
    later=st.integers(0, 2_000),
    zone=st.sampled_from(["Europe/Paris", "Pacific/Marquesas", "America/Miquelon", "UTC"]),
)
def test_whatever_is_said_that_night_means_the_same_when_read(
    change: int, moment: int, later: int, zone: str
) -> None:
    start = change + moment * MINUTE
    now = start + later * MINUTE
    said = when.say(start, now=now, zone=ZoneInfo(zone))
    found = when.parse(said, now=now, zone=ZoneInfo(zone))
    assert found is not None
    assert found.start == start


@given(first=st.integers(-200, 200), length=st.integers(0, 200), later=st.integers(0, 2_000))
def test_whatever_interval_is_said_that_night_means_the_same_when_read(
    first: int, length: int, later: int
) -> None:
    start, end = BACK + first * MINUTE, BACK + (first + length) * MINUTE
    now = end + later * MINUTE
    found = when.parse(when.say(start, end, now=now), now=now)
    assert found is not None
    assert (found.start, found.end) == (start, end)
