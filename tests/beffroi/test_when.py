"""Times as officers write them, on the morning of 26 July 2024 at 05:40 in Paris."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.clock import PARIS, from_datetime, to_datetime
from beffroi.when import Precision, find, parse, say

NOW = from_datetime(datetime(2024, 7, 26, 5, 40, tzinfo=PARIS))
MOMENTS = st.integers(
    min_value=from_datetime(datetime(2024, 1, 3, tzinfo=PARIS)) // 60_000,
    max_value=from_datetime(datetime(2025, 12, 30, tzinfo=PARIS)) // 60_000,
).map(lambda minutes: minutes * 60_000)


def shown(moment: int | None) -> str | None:
    return None if moment is None else f"{to_datetime(moment, PARIS):%d/%m %Hh%M}"


@pytest.mark.parametrize(
    ("words", "start", "end", "precision"),
    [
        ("vers 4h", "26/07 04h00", None, "approx"),
        ("05h32", "26/07 05h32", None, "exact"),
        ("0532", "26/07 05h32", None, "exact"),
        ("entre 1h et 5h30", "26/07 01h00", "26/07 05h30", "interval"),
        ("26/07 4h–5h30", "26/07 04h00", "26/07 05h30", "interval"),
        ("hier 23h10", "25/07 23h10", None, "exact"),
        ("hier soir vers 20h", "25/07 20h00", None, "approx"),
        ("23h10", "25/07 23h10", None, "exact"),
        ("de 22h à 2h", "25/07 22h00", "26/07 02h00", "interval"),
        ("hier 23h – aujourd’hui 1h", "25/07 23h00", "26/07 01h00", "interval"),
        ("lundi 8h", "22/07 08h00", None, "exact"),
        ("mercredi 24 juillet à 14 h", "24/07 14h00", None, "exact"),
        ("le 24 juillet vers 18 h 30", "24/07 18h30", None, "approx"),
        ("2024-07-25T18:05", "25/07 18h05", None, "exact"),
        ("3h30 UTC", "26/07 05h30", None, "exact"),
        ("8h du soir", "25/07 20h00", None, "exact"),
        ("vers 5 heures et demie", "26/07 05h30", None, "approx"),
        ("à midi", "26/07 12h00", None, "exact"),
        ("il y a 20 min", "26/07 05h20", None, "approx"),
        ("cette nuit", "26/07 00h00", "26/07 06h00", "interval"),
        ("le 5 juin", "05/06 00h00", "05/06 23h59", "interval"),
    ],
)
def test_words_name_a_moment(words: str, start: str, end: str | None, precision: str) -> None:
    when = parse(words, now=NOW)
    assert when is not None
    assert (shown(when.start), shown(when.end), when.precision) == (start, end, precision)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "2h de retard",
        "24h/24",
        "retard de 2h",
        "depuis 2h",
        "30/02 4h",
        "99h",
        "5h75",
        "PS n° 79",
    ],
)
def test_words_that_name_no_moment_are_left_alone(words: str) -> None:
    assert parse(words, now=NOW) is None
    assert find(words, now=NOW) == []


def test_a_time_is_found_where_it_stands_in_a_sentence() -> None:
    text = "Incendie d’une artère de câbles vers 4h du matin à Croisilles, retard de 2h"
    (when,) = find(text, now=NOW)
    assert text[slice(*when.span)] == "vers 4h du matin"
    assert when.precision == "approx"


def test_an_hour_since_when_traffic_is_stopped_is_a_time() -> None:
    (when,) = find("trafic suspendu depuis 05h32", now=NOW)
    assert shown(when.start) == "26/07 05h32"


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    for when in find(text, now=NOW):
        assert when.end is None or when.end >= when.start
        assert 0 <= when.span[0] < when.span[1] <= len(text)
    parse(text, now=NOW)


@given(st.text(alphabet="0123456789hH:/– -àet dumsoirvil", max_size=60))
def test_no_text_that_looks_like_a_time_makes_it_fail(text: str) -> None:
    for when in find(text, now=NOW):
        assert when.end is None or when.end >= when.start
    parse(text, now=NOW)


@given(MOMENTS, st.sampled_from(["exact", "approx"]))
def test_what_is_said_is_understood_again(moment: int, precision: Precision) -> None:
    again = parse(say(moment, None, precision, now=NOW), now=NOW)
    assert again is not None
    said = to_datetime(moment, PARIS)
    assert to_datetime(again.start, PARIS).replace(tzinfo=None) == said.replace(tzinfo=None)
    assert again.precision == precision


@given(MOMENTS, st.integers(min_value=1, max_value=4000))
def test_an_interval_that_is_said_is_understood_again(start: int, minutes: int) -> None:
    end = start + minutes * 60_000
    again = parse(say(start, end, "interval", now=NOW), now=NOW)
    assert again is not None
    for kept, given_moment in ((again.start, start), (again.end, end)):
        assert kept is not None
        assert shown(kept) == shown(given_moment)
    assert again.precision == "interval"


def test_a_long_paste_is_read_at_once() -> None:
    find("vers 4h entre lundi 26/07 " * 800 + "9" * 5_000 + " " * 5_000, now=NOW)
