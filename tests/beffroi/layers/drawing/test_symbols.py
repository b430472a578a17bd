"""Symbols are complete, distinct, and found by the words people use."""

import re

import pytest

from beffroi.errors import BeffroiError
from beffroi.layers.drawing import sidc, symbols


@pytest.mark.parametrize("name", symbols.SETS)
def test_every_symbol_has_a_name_in_both_languages_and_its_own_key(name: symbols.SetName) -> None:
    known = symbols.catalogue(name)
    assert all(symbol.fr and symbol.en for symbol in known)
    assert len({symbol.key for symbol in known}) == len(known)
    assert all(symbols.find(symbol.key) is symbol for symbol in known)


@pytest.mark.parametrize("name", ["civil", "sitac"])
def test_every_symbol_has_a_picture_that_takes_its_colour(name: symbols.SetName) -> None:
    for symbol in symbols.catalogue(name):
        svg = symbols.picture(symbol.key)
        assert "currentColor" in svg
        assert re.search(r"<(script|image|foreignObject|use)\b", svg) is None


def test_the_colours_of_the_sitac_are_those_of_its_charter() -> None:
    colours = {s.family.id: s.family.colour for s in symbols.catalogue("sitac")}
    red, green, blue = (
        [int(colours[family][i : i + 2], 16) for i in (1, 3, 5)]
        for family in ("fire", "medical", "water")
    )
    assert max(red) == red[0]
    assert max(green) == green[1]
    assert max(blue) == blue[2]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("pma", "sitac:pma"),
        ("poste médical", "sitac:pma"),
        ("POINT DE TRANSIT", "sitac:pt"),
        ("canadair", "sitac:abe"),
        ("drafting", "sitac:aspiration"),
    ],
)
def test_a_symbol_is_found_by_its_name_its_letters_or_what_people_say(
    asked: str, found: str
) -> None:
    assert found in [symbol.key for symbol in symbols.search("sitac", asked)]


def test_a_code_says_again_what_was_chosen() -> None:
    choice = sidc.Choice(affiliation="6", echelon="15", status="1", exercise=True)
    code = sidc.code("10121100", choice)
    assert code == "10161010151211000000"
    assert (sidc.choice_of(code), sidc.entity_of(code)) == (choice, "10121100")


def test_a_symbol_nobody_knows_is_said_so() -> None:
    with pytest.raises(BeffroiError, match="inconnu"):
        symbols.picture("sitac:rien")
