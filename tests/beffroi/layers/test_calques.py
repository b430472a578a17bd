"""A calque says what it shows; what cannot be has its sentence."""

from typing import Any

import pytest

from beffroi.errors import BeffroiError
from beffroi.layers.calques import Calque, calque_of, checked, fields_of
from beffroi.layers.style import Class, Labels, Style
from beffroi.node import Node
from beffroi.observations import Where

FULL = Calque(
    title="Hôpitaux", kind="source", group="Secours", source="src-0001", validity_s=900,
    style=Style(mode="values", field="etat", classes=(Class(value="plein", shape="square"),),
                labels=Labels(field="nom")),
    filter=(Where("lits", ">", 0),), min_zoom=6.0, attribution="ARS", recent_s=7200,
)  # fmt: skip


def test_a_calque_comes_back_from_its_sheet_as_it_was(node: Node) -> None:
    sheet = node.sheets.put("layer", fields_of(FULL), node.who, shared=True)
    assert calque_of(node.sheets.one(sheet.uid).fields) == FULL


def test_what_a_later_beffroi_added_is_left_alone() -> None:
    assert calque_of({**fields_of(FULL), "parallax": 3}) == FULL


@pytest.mark.parametrize(
    "wrong",
    [{"title": "x" * 501}, {"kind": "hologram"}, {"kind": []}, {"validity_s": -1}, {"filter": "x"},
     {"max_zoom": 40.0}, {"rids": ["a"]}],
)  # fmt: skip
def test_what_no_calque_can_be_is_said_in_one_sentence(wrong: dict[str, Any]) -> None:
    with pytest.raises(BeffroiError, match="illisible") as refused:
        calque_of({**fields_of(FULL), **wrong})
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "style", [3, None, "x", {"mode": "neon"}, {"size": 900}, {"colour": "red"}]
)
def test_a_style_that_is_not_understood_leaves_the_data_on_the_map(style: Any) -> None:
    assert calque_of({**fields_of(FULL), "style": style}).style == Style()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (Calque(title="  "), "Donnez un nom"),
        (Calque(title="x", min_zoom=12, max_zoom=8), "zoom"),
        (Calque(title="x", style=Style(mode="values")), "Choisissez le champ"),
    ],
)
def test_what_cannot_be_kept_says_why(wrong: Calque, said: str) -> None:
    with pytest.raises(BeffroiError, match=said):
        checked(wrong)
