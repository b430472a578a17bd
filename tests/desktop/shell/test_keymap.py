"""F1 shows every key there is, straight from the registry."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.api import Desk
from desktop.kit.commands import MENUS, Command
from desktop.shell.keymap import KeyMap
from desktop.shell.window import Window


def test_f1_lists_every_command_that_has_a_key(window: Window, desk: Desk, qtbot: QtBot) -> None:
    desk.commands.register(
        Command(id="x", title="Faire X", run=lambda: None, menu="Carte", shortcut="Ctrl+Alt+X")
    )
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_F1)
    (keymap,) = [k for k in window.findChildren(KeyMap) if k.isVisible()]
    said = {label.text() for label in keymap.findChildren(QLabel)}
    assert {c.title for c in desk.commands if c.keys} <= said
    assert "Ctrl+Alt+X" in said
    qtbot.keyClick(keymap, Qt.Key.Key_Escape)
    assert not keymap.isVisible()


@pytest.mark.parametrize("word", MENUS)
def test_menus_show_what_is_registered(window: Window, desk: Desk, word: str) -> None:
    desk.commands.register(
        Command(id="x", title="Faire X", run=lambda: None, menu=word, shortcut="Ctrl+Alt+X")
    )
    menus = window.menuWidget().menus  # type: ignore[attr-defined]
    menu = next(a.menu() for a in menus.actions() if a.text().replace("&", "") == word)
    menu.aboutToShow.emit()
    assert "Faire X\tCtrl+Alt+X" in [action.text() for action in menu.actions()]


def test_a_key_registered_by_the_window_works(window: Window, desk: Desk, qtbot: QtBot) -> None:
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_D, modifiers)
    assert desk.theme.dark


def test_each_menu_answers_a_letter_of_its_own(window: Window) -> None:
    menus = window.menuWidget().menus  # type: ignore[attr-defined]
    letters = [a.text()[a.text().index("&") + 1].casefold() for a in menus.actions()]
    assert len(set(letters)) == len(MENUS)
