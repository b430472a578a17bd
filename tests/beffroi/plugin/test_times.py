"""Moments as feeds write them become UTC milliseconds, or nothing."""

from datetime import date, datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.plugin import times


@pytest.mark.parametrize(
    ("said", "utc"),
    [
        ("2024-07-26T08:00:00Z", "2024-07-26T08:00:00Z"),
        ("2024-07-26T10:00:00+02:00", "2024-07-26T08:00:00Z"),
        ("2024-07-26T10:00:00+02", "2024-07-26T08:00:00Z"),
        ("2024-07-26T10:00:00+0200", "2024-07-26T08:00:00Z"),
        ("2024-07-26 08:00:00 UTC", "2024-07-26T08:00:00Z"),
        ("2024-07-26T08:00:00.123456789Z", "2024-07-26T08:00:00.123Z"),
        ("2024-07-26T10:00", "2024-07-26T08:00:00Z"),
        ("2024-07-26", "2024-07-25T22:00:00Z"),
        ("2024-12-26", "2024-12-25T23:00:00Z"),
        ("20240424T083001", "2024-04-24T06:30:01Z"),
        ("20240424T083001Z", "2024-04-24T08:30:01Z"),
        ("26/07/2024", "2024-07-25T22:00:00Z"),
        ("26/07/2024 10:00", "2024-07-26T08:00:00Z"),
        ("26/07/2024 à 10h05", "2024-07-26T08:05:00Z"),
        ("26/07/24 10h", "2024-07-26T08:00:00Z"),
        ("Fri, 26 Jul 2024 10:00:00 +0200", "2024-07-26T08:00:00Z"),
        ("Fri, 26 Jul 2024 08:00:00 GMT", "2024-07-26T08:00:00Z"),
        ("1721980800", "2024-07-26T08:00:00Z"),
        (1721980800, "2024-07-26T08:00:00Z"),
        (1721980800.5, "2024-07-26T08:00:00.500Z"),
        (1721980800000, "2024-07-26T08:00:00Z"),
        (1721980800000000, "2024-07-26T08:00:00Z"),
        (date(2024, 7, 26), "2024-07-25T22:00:00Z"),
        (datetime(2024, 7, 26, 8, tzinfo=timezone.utc), "2024-07-26T08:00:00Z"),  # noqa: UP017
    ],
)
def test_a_moment_is_read_however_it_is_written(said: object, utc: str):
    found = times.instant(said)
    assert found is not None
    assert times.iso(found) == utc


@pytest.mark.parametrize(
    "said",
    ["", "bonjour", "12", "31/02/2024", "2024-13-01", "99/99/9999", None, True, 12, float("nan"),
     1e300, "1" * 500, "0000-00-00", "2024-07-26T25:00:00Z"],
)  # fmt: skip
def test_what_is_no_moment_is_nothing(said: object):
    assert times.instant(said) is None


def test_hours_without_a_zone_are_those_of_the_source():
    paris = times.instant("2024-07-26T10:00:00")
    cayenne = times.instant("2024-07-26T10:00:00", "America/Cayenne")
    assert paris is not None
    assert cayenne is not None
    assert cayenne - paris == 5 * 3_600_000


@given(st.text(max_size=60) | st.floats() | st.integers())
def test_nothing_that_is_said_ever_breaks_the_reader(said: object):
    found = times.instant(said)
    assert found is None or times.EARLIEST <= found <= times.LATEST


@pytest.mark.parametrize(
    ("said", "ms"),
    [("PT5M", 300_000), ("P1DT2H", 93_600_000), ("-PT1S", -1_000), ("P", None), ("5 min", None)],
)
def test_durations_are_read(said: str, ms: int | None):
    assert times.duration(said) == ms


def test_a_moment_of_greenwich_is_read():
    assert times.instant("2024-07-26 06:00:00 GMT") == times.instant("2024-07-26T06:00:00Z")
