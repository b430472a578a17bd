"""Contested fields of calques, shapes and stages are said in words, never as raw data."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from desktop.sync.settle_load import words_of
from desktop.sync.values import field_word, value_words

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("points", [[2.3, 48.8], [2.4, 48.9]], "2 points"),
        ("points", [[2.3, 48.8]], "1 point"),
        ("legs", [{"title": "T1"}], "1 tronçon"),
        ("enabled", False, "non"),
        ("bubble", {"inner_m": 15, "middle_m": 50}, "inner_m 15, middle_m 50"),
        ("since", 1_721_989_200_000, "26/07/2024 12h20"),
        ("style", None, "(vide)"),
    ],
)
def test_a_value_is_said_in_words(field: str, value: Any, said: str) -> None:
    assert value_words(field, value, PARIS) == said
    assert field_word(field) != field


def test_a_long_value_is_cut() -> None:
    assert len(value_words("options", {str(n): "x" * 50 for n in range(20)}, PARIS)) <= 201


def test_a_refused_act_on_a_sheet_is_named_by_its_title() -> None:
    assert words_of(b'{"fields":{"title":"Secteurs","opacity":1}}') == "Secteurs"
    assert words_of(b'{"fields":3}') == ""
