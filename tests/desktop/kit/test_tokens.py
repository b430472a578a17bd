"""Everything written is readable: 4.5:1 for text, 3:1 for the outlines of controls (WCAG 2.1 AA)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.kit.theme import Theme
from desktop.kit.tokens import INKS, PAIRS, SURFACES, THEMES, Name, contrast

NAMES: tuple[Name, ...] = ("light", "dark")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("ink", INKS)
def test_every_ink_is_readable_on_every_surface(name: Name, surface: str, ink: str) -> None:
    assert contrast(THEMES[name][ink], THEMES[name][surface]) >= 4.5


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("ink", "surface"), PAIRS)
def test_every_ink_is_readable_on_its_own_surface(name: Name, ink: str, surface: str) -> None:
    assert contrast(THEMES[name][ink], THEMES[name][surface]) >= 4.5


@pytest.mark.parametrize("name", NAMES)
def test_controls_have_an_outline_that_shows(name: Name) -> None:
    theme = THEMES[name]
    assert all(contrast(theme["control"], theme[where]) >= 3 for where in ("panel", "bg"))


def test_both_themes_say_the_same_tokens() -> None:
    assert set(THEMES["light"]) == set(THEMES["dark"])


def test_contrast_is_what_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@given(colour=st.integers(0, 0xFFFFFF), name=st.sampled_from(NAMES))
def test_any_tag_colour_becomes_readable(dressed: Theme, colour: int, name: Name) -> None:
    theme = Theme(name)
    ink = theme.legible(f"#{colour:06x}")
    assert contrast(ink.name(), theme.hex("panel")) >= 4.5
