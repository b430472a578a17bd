"""The tags: every one has its words, its icon, legible colours and a known EMSI code."""

import re
from pathlib import Path

import pytest

from beffroi import resources
from beffroi.errors import BeffroiError
from beffroi.taxonomy import DOMAINS, Taxonomy, theme_index

LIGHT = ("#ffffff", "#f3f4f6", "#f8f9fb")
DARK = ("#13161a", "#1a1e23", "#22272e")
EMSI = re.compile(
    r"(ASR|EXP|FIR|FLD|GND|HLT|POL|PSW|TRP)(/[A-Z]+)?|C?DIS(/[A-Z]+)?|TER",
)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_domain_is_there_with_subjects():
    book = Taxonomy()
    assert [tag.code for tag in book.domains()] == list(DOMAINS)
    assert all(book.subjects(code) for code in DOMAINS)
    assert len(book.all()) >= 80


def test_every_tag_has_both_languages_an_icon_and_a_section():
    for tag in Taxonomy().all():
        assert tag.fr, tag.code
        assert tag.en, tag.code
        assert (resources.root() / "icons" / f"{tag.icon}.svg").is_file(), tag.code
        assert 0 <= tag.section <= 13
        assert not tag.emsi or EMSI.fullmatch(tag.emsi), tag.code
        assert re.fullmatch(r"[A-Z]+(\.[A-Z]+)?", tag.code)


def test_every_colour_is_legible_on_the_panels_of_its_theme():
    for tag in Taxonomy().all():
        for panel in LIGHT:
            assert contrast(tag.colour, panel) >= 4.5, tag.code
        for panel in DARK:
            assert contrast(tag.dark, panel) >= 4.5, tag.code


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ferr", "TRA.FERRE"),
        ("TRA.FERRE", "TRA.FERRE"),
        ("épidémie", "SDC.EPIDEMIE"),
        ("epidem", "SDC.EPIDEMIE"),
        ("bagage aband", "SEC.COLIS"),
        ("metro", "TRA.URBAIN"),
        ("disinfo", "MED.DESINFORMATION"),
        ("releve", "GOU.RELEVE"),
    ],
)
def test_a_few_letters_find_the_tag(typed, first):
    assert Taxonomy().search(typed)[0].code == first


def test_nonsense_finds_nothing_and_nothing_typed_shows_all():
    assert Taxonomy().search("zzzzq") == []
    assert len(Taxonomy().search(" ")) == len(Taxonomy().all())


def test_an_unknown_code_is_shown_as_it_is():
    book = Taxonomy()
    assert book.label("XYZ.FOO") == "XYZ.FOO"
    assert book.domain("XYZ.FOO").colour


def test_the_theme_of_an_entry_is_its_first_known_domain():
    assert theme_index(["FOO", "TRA.FERRE"]) == 3
    assert theme_index([]) == 0


def test_a_profile_changes_a_word_and_adds_a_subject(tmp_path: Path):
    own = tmp_path / "taxonomy.toml"
    own.write_text(
        '[TRA]\nfr = "Mobilités"\nen = "Mobility"\ncolour = "#6A3FB5"\ndark = "#C3A6F7"\n'
        'icon = "theme/rail"\nsection = 5\n'
        'tags = [{ code = "VELO", fr = "Vélo", en = "Cycling" }]\n',
        encoding="utf-8",
    )
    book = Taxonomy(own)
    assert book.label("TRA") == "Mobilités"
    assert book.label("TRA.VELO") == "Vélo"
    assert book.label("TRA.FERRE") == "Ferré"


@pytest.mark.parametrize("content", ["[TRA", '[TRA]\nfr = "x"\n', "[ZZZ]\n", "TRA = 3\n"])
def test_a_broken_list_of_tags_is_refused_in_one_sentence(tmp_path: Path, content: str):
    own = tmp_path / "taxonomy.toml"
    own.write_text(content, encoding="utf-8")
    with pytest.raises(BeffroiError, match=r"taxonomy\.toml"):
        Taxonomy(own)


def test_a_list_beyond_measure_is_refused_unread(tmp_path: Path) -> None:
    own = tmp_path / "taxonomy.toml"
    own.write_text("# " + "x" * 1_000_001)
    with pytest.raises(BeffroiError, match="1\xa0Mo"):
        Taxonomy(own)
