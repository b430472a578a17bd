"""The look follows what the person chose."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, QStandardPaths
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QLabel

from beffroi import resources
from desktop.kit import icons
from desktop.kit.stylesheet import stylesheet
from desktop.kit.theme import SIZES, Theme
from desktop.kit.tokens import THEMES


def test_changing_theme_redresses_what_is_shown(theme: Theme, qapp: QApplication) -> None:
    heard: list[None] = []
    theme.changed.connect(lambda: heard.append(None))
    theme.set(name="dark")
    assert qapp.palette().window().color() == theme.color("bg")
    assert theme.hex("bg") == THEMES["dark"]["bg"]
    assert heard


def test_bigger_text_makes_fonts_and_lengths_bigger(theme: Theme) -> None:
    before = theme.font().pixelSize()
    theme.set(text_size=150)
    assert theme.font().pixelSize() == round(before * 1.5)
    assert theme.px(10) == 15
    label = QLabel("Bonjour")
    assert label.font().pixelSize() == theme.font().pixelSize()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_style_sheet_leaves_no_placeholder(name: str, dressed: Theme) -> None:
    sheet = stylesheet(THEMES[name], round, SIZES)  # type: ignore[index]
    assert not re.search(r"@[a-z0-9]", sheet)


def test_an_icon_takes_the_colour_asked_for(theme: Theme) -> None:
    picture = theme.icon("circle-filled", "danger").pixmap(QSize(24, 24)).toImage()
    assert picture.pixelColor(12, 12).name() == theme.hex("danger")


def test_a_disabled_icon_looks_different(theme: Theme) -> None:
    icon = theme.icon("circle-filled")
    normal = icon.pixmap(QSize(24, 24), QIcon.Mode.Normal).toImage()
    disabled = icon.pixmap(QSize(24, 24), QIcon.Mode.Disabled).toImage()
    assert normal.pixelColor(12, 12) != disabled.pixelColor(12, 12)


def test_a_missing_icon_is_noticed_at_once(theme: Theme) -> None:
    with pytest.raises(FileNotFoundError):
        theme.icon("no-such-icon")


def test_every_icon_is_drawn_in_one_colour_that_can_change() -> None:
    folder = resources.root() / "icons"
    for path in folder.glob("*.svg"):
        if path.stem != "beffroi":
            assert "currentColor" in icons.source(path.stem), path.name


def test_a_machine_without_a_cache_still_gets_its_dress(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, dressed: Theme
) -> None:
    blocked = tmp_path / "fichier"
    blocked.write_text("")
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _where: str(blocked))
    sheet = stylesheet(THEMES["light"], round, dict.fromkeys(SIZES, 12))
    assert str(resources.root() / "icons" / "check.svg") in sheet
