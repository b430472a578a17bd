"""Contested fields of calques, shapes and stages are said in words, never as raw data."""

from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from beffroi.layers.calques import Calque
from beffroi.layers.shapes import Shape
from beffroi.sources.definition import Source
from beffroi.tracks.rules import Setup
from beffroi.tracks.stage import Stage
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
        (
            "bubble",
            {"inner_m": 15, "middle_m": 50},
            "cercle intérieur\u00a015\u00a0m, cercle moyen\u00a050\u00a0m",
        ),
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


@pytest.mark.parametrize("sheet", [Source, Calque, Shape, Setup, Stage])
def test_every_field_of_a_sheet_has_a_word(sheet: type[msgspec.Struct]):
    fields = [name for name in sheet.__struct_fields__ if name != "uid"]
    assert [name for name in fields if field_word(name) == name] == []


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("transport", "http", "Service web"),
        ("family", "open_data", "Données ouvertes"),
        ("family", "", "(vide)"),
        ("reliability", "B", "B – habituellement fiable"),
        ("refresh_s", 300, "5\u00a0min"),
        ("retention_s", 0, "sans limite"),
        ("radius_m", 1500.0, "1,5\u00a0km"),
        ("rotation_deg", 90, "90°"),
        ("kind", "drawing", "Dessin"),
        ("style", {"mode": "graduated", "field": "débit", "colour": "#0b6579"}, "Gradué selon un nombre, débit, #0b6579"),
        ("mapping", {"id": "code", "title": "nom"}, "Identité\u00a0: code, Titre\u00a0: nom"),
        ("enabled", False, "non"),
        ("planned", True, "oui"),
        ("attachment", "0" * 64, "un autre que celui d’avant"),
    ],
)  # fmt: skip
def test_what_two_people_said_of_a_sheet_is_said_in_words(field: str, value: Any, said: str):
    assert value_words(field, value, PARIS) == said
