"""What cannot be is refused with a sentence that says what to do."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.attachments import AttachmentRef
from beffroi.errors import BeffroiError
from beffroi.journal import Identity
from beffroi.logbook.content import checked, qualified
from beffroi.logbook.entry import Content, Impact
from beffroi.logbook.query import parse
from beffroi.node import Node

NONSENSE: dict[str, dict[str, Any]] = {
    "a text without words": {"text": " \n\t"},
    "a pasted book": {"text": "x" * 20_001},
    "gravity five": {"gravity": 5},
    "an impact of nine": {"impacts": {Impact.HUMAN: 9}},
    "a source graded Z": {"source_grade": "Z"},
    "a credibility of zero": {"credibility": 0},
    "half a position": {"lon": 2.35},
    "a position off the globe": {"lon": 48.85, "lat": 235.0},
    "a position that is no number": {"lon": float("nan"), "lat": 1.0},
    "the year 50000": {"event_time": 1_515_000_000_000_000},
    "an end before the start": {"event_time": 2, "event_end": 1},
    "an end without a start": {"event_end": 1},
    "a crowd of tags": {"tags": tuple(f"T{n}" for n in range(41))},
    "a tag that is a sentence": {"tags": ("pas une étiquette",)},
    "a link that runs": {"attachments": (AttachmentRef(name="x", url="javascript:alert(1)"),)},
    "a link to a file": {"attachments": (AttachmentRef(name="x", url="file:///etc/passwd"),)},
    "an endless place": {"place": "x" * 501},
    "an endless recipient": {"for_action": ("x" * 501,)},
}


@pytest.mark.parametrize("case", NONSENSE)
def test_nonsense_is_refused_with_what_to_do(case: str) -> None:
    with pytest.raises(BeffroiError) as refusal:
        checked(Content(**{"text": "x", **NONSENSE[case]}))
    assert any(mark in str(refusal.value) for mark in (":", ";"))


def test_control_and_direction_characters_go_and_lines_stay() -> None:
    content = checked(Content(text=" a\x00\u202eb\r\nc\ud83d ", for_info=(" COD\x07 ", " ")))
    assert content.text == "ab\nc"
    assert content.for_info == ("COD",)


def test_a_value_of_the_wrong_kind_names_its_field() -> None:
    with pytest.raises(BeffroiError, match="gravity"):
        qualified(Content(text="x"), {"gravity": "beaucoup"})


def test_a_field_that_does_not_exist_is_a_bug_not_a_silence() -> None:
    with pytest.raises(ValueError, match="colour"):
        qualified(Content(text="x"), {"colour": "red"})


@given(text=st.text(min_size=1, max_size=200))
def test_any_text_is_kept_or_refused_in_words(text: str) -> None:
    try:
        content = checked(Content(text=text))
    except BeffroiError:
        return
    assert content.text.encode("utf-8")
    assert checked(content) == content


HALVES = "a\udcffb\ud83d"


def test_halves_of_characters_that_a_paste_brings_never_lose_what_was_typed(
    node: Node, who: Identity
) -> None:
    node.personal.save_draft("d", {"text": HALVES, "tags": [HALVES], "gravity": 2})
    (draft,) = node.personal.drafts()
    assert draft.payload == {"text": "a?b?", "tags": ["a?b?"], "gravity": 2}
    assert node.personal.save_view(HALVES, HALVES).query == "a?b?"
    name = AttachmentRef(name=HALVES, url="https://exemple.fr")
    entry = node.logbook.publish(Content(text=HALVES, commune=HALVES, attachments=(name,)), who)
    assert (entry.content.text, entry.content.commune) == ("ab", "ab")
    assert entry.content.attachments[0].name == "ab"
    read = parse(f"{HALVES} dossier:{HALVES} auteur:{HALVES}", now=node.clock.now())
    assert node.search.first(read) == []


@pytest.mark.parametrize("field", ["parent", "corroborated_by", "tags"])
def test_halves_of_characters_name_nothing(node: Node, who: Identity, field: str) -> None:
    value = (HALVES,) if field == "tags" else HALVES
    with pytest.raises(BeffroiError):
        node.logbook.publish(Content(text="x", **{field: value}), who)
