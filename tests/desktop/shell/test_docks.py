"""Docks float, move and come back."""

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.api import Desk
from desktop.shell.docks import DEFAULT
from desktop.shell.window import Window


def test_every_dock_of_the_delivered_desk_is_there_at_once(window: Window) -> None:
    assert window.docks.ids() == tuple(place.dock_id for place in DEFAULT)


def test_a_capability_fills_the_dock_that_waited_for_it(desk: Desk, window: Window) -> None:
    field = QLineEdit()
    desk.docks.add("logbook", "Main courante", field, area="left")
    assert window.docks.widget("logbook") is field


def test_showing_a_dock_brings_it_forward_with_the_keyboard(
    desk: Desk, window: Window, qtbot: QtBot
) -> None:
    field = QLineEdit()
    desk.docks.add("dossiers", "Dossiers", field, area="left")
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    desk.docks.show("dossiers")
    qtbot.waitUntil(field.hasFocus)
    assert field.isVisible()
