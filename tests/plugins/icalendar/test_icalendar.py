"""Calendars: whole, broken, repeated."""

from pathlib import Path

import pytest

from beffroi.plugin import Unreadable, times
from tests.plugins.conftest import FEEDS, ReadSample

DAY = 86_400_000
HOUR = 3_600_000


def calendar(*events: str) -> str:
    body = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}END:VCALENDAR\r\n"


def test_holidays_last_until_midnight_in_paris(read_sample: ReadSample):
    read = read_sample(Path("icalendar/jours_feries_metropole.ics"))
    assert (len(read.records), read.reading.title) == (121, "Jours fériés Métropole")
    ascension = next(
        r for r in read.records if r.title == "Ascension" and r.time == 1_748_469_600_000
    )
    assert ascension.until == ascension.time + DAY
    assert ascension.properties["all_day"] is True


def test_an_hour_of_a_zone_that_the_file_defines_is_understood(read_sample: ReadSample):
    [event] = read_sample(
        Path("icalendar/icalendar_issue_156_RDATE_with_PERIOD_TZID_khal_2.ics")
    ).records
    assert event.time == 1_635_778_800_000, "16 h at one hour from UTC"


def test_a_floating_hour_is_of_paris(read_sample: ReadSample):
    [event] = read_sample(calendar("UID:1\r\nDTSTART:20240726T193000\r\nDURATION:PT4H")).records
    assert event.time == 1_722_015_000_000
    assert event.until == event.time + 4 * HOUR


def test_a_broken_date_keeps_the_event_and_says_so(read_sample: ReadSample):
    read = read_sample(Path("icalendar/icalendar_broken_ical.ics"))
    assert [(r.id, r.time) for r in read.records] == [("abc", None)]
    assert [p.why for p in read.reading.problems] == ["date de début illisible"]


def test_one_broken_event_does_not_lose_the_others(read_sample: ReadSample):
    text = calendar("UID:1\r\nSUMMARY:un", "UID:2\r\nSUMMARY:deux") + "garbage without a colon"
    assert [record.title for record in read_sample(text).records] == ["un", "deux"]


def test_tasks_are_left_out_and_counted(read_sample: ReadSample):
    read = read_sample(Path("icalendar/icalendar_issue_1050_calendar_with_events_and_todos.ics"))
    assert (len(read.records), sum(p.count for p in read.reading.problems)) == (2, 2)


def test_a_place_and_words_are_told_but_not_who_attends(read_sample: ReadSample):
    told = (
        "UID:1\r\nSUMMARY:Réunion\r\nGEO:48.9;2.3\r\nLOCATION:Beauvau\\, salle A\r\n"
        "ATTENDEE;CN=Alice Martin:mailto:alice@example.org\r\nORGANIZER:mailto:bob@example.org"
    )
    [event] = read_sample(calendar(told)).records
    assert event.geometry == {"type": "Point", "coordinates": [2.3, 48.9]}
    assert event.properties["location"] == "Beauvau, salle A"
    assert "example.org" not in str(event.properties)


def test_what_is_cancelled_is_ended(read_sample: ReadSample):
    assert read_sample(calendar("UID:7\r\nSTATUS:CANCELLED")).reading.ended == ["7"]


def test_a_repeated_event_is_told_once_unless_asked(read_sample: ReadSample):
    text = calendar("UID:1\r\nDTSTART:20240101T080000\r\nDTEND:20240101T090000\r\nRRULE:FREQ=DAILY")
    assert len(read_sample(text).records) == 1
    times = read_sample(text, repeat_days=7).records
    assert len(times) == 8, "since the day before"
    assert len({record.id for record in times}) == 8
    assert {record.until - record.time for record in times} == {HOUR}


def test_repeated_hours_stay_those_of_the_wall_clock_across_a_change(read_sample: ReadSample):
    rule = "RRULE:FREQ=DAILY;UNTIL=20991231T000000Z\r\nEXDATE:20240727T080000"
    text = calendar(f"UID:1\r\nDTSTART:20240101T080000\r\n{rule}")
    records = read_sample(text, repeat_days=366).records
    assert {record.time % DAY for record in records} == {6 * HOUR, 7 * HOUR}


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=9", "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=NEVER"],
)
def test_a_rule_that_repeats_too_often_is_told_once_and_said(read_sample: ReadSample, rule: str):
    text = calendar(f"UID:1\r\nDTSTART:16010101T080000\r\nRRULE:{rule}")
    read = read_sample(text, repeat_days=30)
    assert len(read.records) == 1
    assert all(not problem.lost for problem in read.reading.problems)


def test_nothing_readable_is_refused(read_sample: ReadSample):
    with pytest.raises(Unreadable, match="mal formé"):
        read_sample("BEGIN:VCALENDAR\r\nBEGIN:VALARM\r\ngarbage", word="icalendar")


@pytest.mark.skipif(not FEEDS.exists(), reason="the feeds are not on this machine")
def test_every_event_of_the_samples_is_counted(read_sample: ReadSample):
    for file in (FEEDS / "ics").glob("*.ics"):
        meant = file.read_bytes().count(b"BEGIN:VEVENT")
        assert len(read_sample(file).records) == meant, file.name


def test_an_hour_of_an_unknown_zone_is_read_as_local_and_said(read_sample: ReadSample):
    read = read_sample(calendar("UID:1\r\nDTSTART;TZID=Customized Time Zone:20240726T193000"))
    assert read.records[0].time == times.instant("2024-07-26T19:30:00+02:00")
    assert "lu à l’heure de Paris" in read.reading.problems[0].why


def test_the_place_of_an_apple_calendar_is_found(read_sample: ReadSample):
    place = 'X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE="Stade":geo:48.92,2.36'
    read = read_sample(calendar(f"UID:1\r\nDTSTART:20240726T193000Z\r\n{place}"))
    assert read.records[0].geometry["coordinates"] == [2.36, 48.92]


@pytest.mark.parametrize(
    "broken",
    [
        "DTSTART:20240726T080000Z\r\nGEO:null;2.3",
        "DTSTART;VALUE=DATE:20240726\r\nDTEND:20240727T080000Z",
        "DTSTART;TZID=America:20240726T080000",
        "DTSTART:20240726T080000Z\r\nRRULE:FREQ=YEARLY;UNTIL=000000",
    ],
)
def test_one_broken_event_never_loses_the_others(read_sample: ReadSample, broken: str):
    read = read_sample(calendar(f"UID:1\r\n{broken}", "UID:2\r\nDTSTART:20240728T080000Z"))
    assert "2" in [record.id for record in read.records]
