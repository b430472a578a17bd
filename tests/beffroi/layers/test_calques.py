"""A calque says what it shows; each value that cannot be has its sentence."""

from typing import Any

import pytest

from beffroi.errors import BeffroiError
from beffroi.layers.calques import Calque, Labels, calque_of, fields_of
from beffroi.node import Node

FULL = Calque(
    title="Hôpitaux", kind="source", group="Secours", source="src-0001",
    style={"mode": "values", "field": "etat"}, time_field="maj", validity_s=900,
    labels=Labels(field="nom"), filter="lits > 0", min_zoom=6.0, attribution="ARS",
)  # fmt: skip


def test_a_calque_comes_back_from_its_sheet_as_it_was(node: Node) -> None:
    sheet = node.sheets.put("layer", fields_of(FULL), node.who, shared=True)
    assert calque_of(node.sheets.one(sheet.uid).fields) == FULL


def test_what_a_later_beffroi_added_is_left_alone() -> None:
    assert calque_of({**fields_of(FULL), "parallax": 3}) == FULL


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": "  "}, "besoin d’un titre"),
        ({"title": "x" * 201}, "trop long"),
        ({"kind": "hologram"}, "mettez le poste à jour"),
        ({"kind": []}, "mettez le poste à jour"),
        ({"source": ""}, "aucune source"),
        ({"kind": "query"}, "aucune recherche"),
        ({"min_zoom": 12.0, "max_zoom": 8.0}, "aucune échelle"),
        ({"max_zoom": 40.0}, "aucune échelle"),
        ({"validity_s": -1}, "durée de validité"),
        ({"style": 3}, "illisible"),
        ({"filter": "x" * 3000}, "raccourcissez"),
    ],
)
def test_what_no_calque_can_be_is_said_in_one_sentence(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(BeffroiError, match=said) as refused:
        calque_of({**fields_of(FULL), **wrong})
    assert "\n" not in str(refused.value)


def test_symbols_of_another_set_are_not_mixed_in() -> None:
    sitac = Calque(title="SITAC", kind="drawing", symbol_set="sitac")
    assert sitac.holds("sitac:vehicule-incendie")
    assert not sitac.holds("app6:SFGPUCI----D---")
