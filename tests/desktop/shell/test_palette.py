"""Ctrl+K finds any command from a few letters."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.api import Desk
from desktop.kit.commands import Command
from desktop.shell.matching import fold, ranked
from desktop.shell.palette import Palette
from desktop.shell.window import Window


@pytest.fixture
def palette(window: Window, desk: Desk, qtbot: QtBot) -> Palette:
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    found = next(p for p in window.findChildren(Palette) if p.isVisible())
    qtbot.waitUntil(found.field.hasFocus)
    return found


def test_letters_without_accents_find_accented_words(palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "theme")
    assert palette.titles[0] == "Thème sombre"


@pytest.mark.parametrize("typed", ["verouiller poste", "VERROU", "poste verr", "vlp"])
def test_a_slip_or_another_order_still_finds(desk: Desk, typed: str) -> None:
    assert ranked(typed, desk.commands)[0].id == "desk.lock"


def test_enter_runs_the_first_and_closes(palette: Palette, desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "sombre")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert desk.theme.dark
    assert not palette.isVisible()


def test_arrows_choose_another(palette: Palette, desk: Desk, qtbot: QtBot) -> None:
    ran: list[str] = []
    for name in ("zzz un", "zzz deux"):
        desk.commands.register(Command(id=name, title=name, run=lambda n=name: ran.append(n)))  # type: ignore[misc]
    qtbot.keyClicks(palette.field, "zzz")
    first, second = palette.titles[:2]
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert ran == [second] != [first]


def test_what_was_used_last_comes_first(palette: Palette, desk: Desk) -> None:
    palette.close_()
    desk.commands.run("layout.reset")
    palette.open()
    assert palette.titles[0] == "Remettre la disposition d’origine"


def test_nothing_found_says_so(palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "qzwxk")
    assert palette.titles == []
    assert not palette.list.isVisible()


def test_escape_gives_the_keyboard_back(window: Window, desk: Desk, qtbot: QtBot) -> None:
    field = QLineEdit()
    desk.docks.add("entry", "Entrée", field, area="right")
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    field.setFocus()
    desk.commands.run("palette")
    shown = next(p for p in window.findChildren(Palette) if p.isVisible())
    qtbot.waitUntil(shown.field.hasFocus)
    qtbot.keyClick(shown.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(field.hasFocus)


def test_folding_forgets_case_and_accents() -> None:
    assert fold("Évènement n’Œuvre") == "evenement n'œuvre"
