"""The search language: understood in both languages, never failing, written back the same."""

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from beffroi.logbook.entry import Lifecycle, Nature, Qualification
from beffroi.logbook.query import EVERYTHING, Query, chips, parse, text_of
from beffroi.logbook.query.keys import FILTERS

NOW = 1_722_024_000_000  # 2024-07-26 22:00 in Paris
HOUR = 3_600_000


def locate(name: str) -> tuple[float, float] | None:
    return (2.3601, 48.9245) if "stade" in name.lower() else None


def read(text: str) -> Query:
    return parse(text, now=NOW, locate=locate)


VALUES = st.sampled_from(
    ["2h", "hier", "26/07/2024", "26/07..27/07", "14:30", "3", ">=2", "tra.ferre", "TRA,SEC",
     '"Stade de France" 500m', "48.9,2.3", "2,48,3,49", "ouverte", "retard", "marquant", "oui",
     "non", "décision", "confirmée", "annulée", "événement", '"', "«", "a b", "14h et 16h",
     '"SNCF"', '"a,b"', "c.marchand,x", "nan,1,2,3", "1,2,3,nan", "inf,nan", "99/99/9999", "9999an", "31/02", "1e999,2"]
)  # fmt: skip
FILTERED = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "-"]),
    st.sampled_from([*FILTERS, *(n for names in FILTERS.values() for n in names)]),
    st.sampled_from([":", ">=", "<=", "=", "<", ">"]),
    VALUES,
)
PIECES = st.one_of(
    st.text(max_size=12),
    FILTERED,
    st.sampled_from(["feu", '"gare du nord"', "-feu", "st", "l’Étoile", "inond*"]),
)
TYPED = st.lists(PIECES, max_size=6).map(" ".join)


@given(st.one_of(TYPED, st.text()))
@example("depuis:99999an avant:0h")
@example('"" « » -★ -"')
@example("A:0")
def test_whatever_is_typed_is_understood_or_said_and_reads_back_the_same(text: str) -> None:
    query = read(text)
    said = text_of(query)
    again = read(said)
    assert text_of(again) == said
    assert unsaid(again) == unsaid(query)


def unsaid(query: Query) -> Query:
    """The search itself: a word that looks like a filter is doubted again when it is read again."""
    return msgspec.structs.replace(query, problems=())


@given(TYPED)
def test_each_chip_takes_its_part_out(text: str) -> None:
    query = read(text)
    for chip in chips(query):
        assert chip.label
        assert chip.remove != query


def test_words_are_all_wanted_and_the_last_may_go_on() -> None:
    first, last = read("gare inond").terms
    assert (first.words, first.prefix) == (("gare",), False)
    assert (last.words, last.prefix) == (("inond",), True)


def test_the_issue_s_example_is_understood() -> None:
    query = read(
        'tag:tra.ferre gravité>=3 auteur:c.marchand depuis:2h près:"Stade de France" 500m feu'
    )
    assert query.tags == ("TRA.FERRE",)
    assert query.min_gravity == 3
    assert query.authors == ("c.marchand",)
    assert query.since == NOW - 2 * HOUR
    assert query.near is not None
    assert (query.near.lon, query.near.lat, query.near.metres) == (2.3601, 48.9245, 500)
    assert query.problems == ()


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("★", "key_only", True),
        ("fait:marquant", "key_only", True),
        ("statut:annulée", "lifecycle", (Lifecycle.VOID,)),
        ("statut:Confirmée,brute", "qualifications", (Qualification.CONFIRMED, Qualification.RAW)),
        ("status:refuted", "qualifications", (Qualification.REFUTED,)),
        ("nature:Décision", "natures", (Nature.DECISION,)),
        ("suite:retard", "followup", "late"),
        ("followup:open", "followup", "open"),
        ("pj:oui", "with_attachment", True),
        ("lieu:non", "located", False),
        ("lu:non", "unread_only", True),
        ("n:123", "number", 123),
        ("n:MC-2024-000123", "number", 123),
        ("tri:événement", "order", "event"),
        ("-étiquette:SEC", "without_tags", ("SEC",)),
        ("gravité > 2", "min_gravity", 3),
        ("gravité<=1", "max_gravity", 1),
        ("cadre:2.2,48.8,2.5,48.9", "box", (2.2, 48.8, 2.5, 48.9)),
        ("depuis:hier", "since", 1_721_858_400_000),
        ("depuis:26/07/2024", "since", 1_721_944_800_000),
        ("depuis:2024-07-26T14:30", "since", 1_721_997_000_000),
        ('depuis:"26/07/2024 14:30"', "since", 1_721_997_000_000),
        ("depuis:14h30", "since", 1_721_997_000_000),
        ("avant:30min", "until", NOW - HOUR // 2),
    ],
)  # fmt: skip
def test_each_filter_is_read(text: str, field: str, value: object) -> None:
    query = read(text)
    assert getattr(query, field) == value
    assert query.problems == ()


def test_a_period_holds_its_last_day() -> None:
    query = read("entre:26/07..27/07")
    assert query.since is not None
    assert query.until is not None
    assert query.until - query.since == 48 * HOUR
    assert text_of(query) == "entre:26/07..27/07"


def test_a_relative_time_stays_relative() -> None:
    assert text_of(read("depuis:2h")) == "depuis:2h"


@pytest.mark.parametrize(
    "text",
    ["depuis:xx", "près:Nullepart", "gravité:9", "statut:bof", "pj:peut-être", "étiqete:TRA"],
)
def test_what_is_not_understood_is_said_in_a_sentence(text: str) -> None:
    query = read(text)
    assert len(query.problems) == 1
    assert query.problems[0].endswith(".")


def test_nothing_asks_for_everything() -> None:
    assert read("   ") == EVERYTHING
    assert read("tri:événement").is_empty
