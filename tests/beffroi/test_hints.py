"""What is understood of a line while it is typed."""

from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.clock import PARIS, from_datetime
from beffroi.logbook.entry import Nature, TimePrecision
from beffroi.logbook.hints import HintKind, corroborated_by, fields, find, sentence

NOW = from_datetime(datetime(2024, 7, 26, 5, 40, tzinfo=PARIS))


def kinds(text: str) -> list[HintKind]:
    return [hint.kind for hint in find(text, now=NOW)]


def test_a_whole_line_is_understood() -> None:
    text = "! Incendie artère de câbles entre 1h et 5h30 @Croisilles, LGV Nord #ferré g3 B3"
    hints = find(text, now=NOW)
    assert sentence(text, hints) == (
        "Incendie artère de câbles entre 1h et 5h30 Croisilles, LGV Nord"
    )
    known = fields(hints, {"ferré": "TRA.FERRE"})
    assert known["gravity"] == 3
    assert (known["source_grade"], known["credibility"]) == ("B", 3)
    assert known["tags"] == ("TRA.FERRE",)
    assert known["key_event"] is True
    assert known["time_precision"] is TimePrecision.INTERVAL


@pytest.mark.parametrize(
    "text",
    [
        "Accident A6 sens Paris-Lyon",
        "Accident sur l’autoroute A6",
        "Porte A2 fermée",
        "Bâtiment B3 évacué",
        "Évacuation du hall B3",
        "Évacuez immédiatement !",
        "Courriel de contact@sncf.fr",
        "Réunion du G7",
        "Travaux sur la D4",
    ],
)
def test_ordinary_words_are_not_taken_for_marks(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("Trafic suspendu B3", "B3"),
        ("Feu maîtrisé, A2", "A2"),
        ("Feu maîtrisé g2 A2", "A2"),
        ("Accident A6 =C4", "C4"),
        ("Accident A6, cotation C4", "C4"),
        ("Feu B3 g2", "B3"),
        ("Feu #ferré g3 B3 vers 22h30", "B3"),
        ("Feu g3 B3 @Courtalain", "B3"),
        ("Feu d’armoire B3 @Courtalain", "B3"),
    ],
)
def test_a_grading_is_read_where_it_is_meant(text: str, grade: str) -> None:
    (hint,) = [h for h in find(text, now=NOW) if h.kind is HintKind.GRADE]
    assert hint.value == grade


def test_no_comma_is_left_hanging_where_a_mark_was() -> None:
    text = "Feu entre Vandières et Pagny-sur-Moselle, A2 g3"
    assert sentence(text, find(text, now=NOW)) == "Feu entre Vandières et Pagny-sur-Moselle"


def test_credibility_one_names_the_entry_that_corroborates() -> None:
    hints = find("Feu confirmé B1/123", now=NOW)
    assert corroborated_by(hints) == "123"
    assert fields(hints, {})["credibility"] == 1


def test_a_chosen_place_keeps_its_spaces() -> None:
    text = "Colis suspect @Stade de France porte G"
    (hint,) = find(text, now=NOW, places=["Stade de France"])
    assert hint.value == "Stade de France"
    assert sentence(text, [hint]) == "Colis suspect Stade de France porte G"


def test_the_first_word_says_a_decision() -> None:
    (hint,) = find("Décision : surveillance des points sensibles", now=NOW)
    assert fields([hint], {}) == {"nature": Nature.DECISION}


def test_a_tag_that_is_not_known_is_not_kept() -> None:
    assert fields(find("#jo2024 ambiance", now=NOW), {}) == {}


@given(st.text(max_size=300), st.lists(st.text(max_size=12), max_size=3))
def test_no_text_makes_it_fail(text: str, places: list[str]) -> None:
    hints = find(text, now=NOW, places=places)
    fields(hints, {})
    sentence(text, hints)
    assert all(0 <= h.start < h.end <= len(text) for h in hints)


@given(st.text(alphabet="gGABF0123456=#@!★ ,.àferrédécision:/", max_size=80))
def test_hints_never_overlap(text: str) -> None:
    hints = find(text, now=NOW)
    assert all(a.end <= b.start for a, b in pairwise(hints))
    sentence(text, hints)


@given(st.text(max_size=200))
def test_without_hints_the_text_keeps_its_words(text: str) -> None:
    assert sentence(text, []).split() == text.split()
