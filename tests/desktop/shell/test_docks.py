"""Docks float, move and come back."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from beffroi.node import Node
from desktop.api import Desk
from desktop.kit.theme import Theme
from desktop.shell.arrangement import DEFAULT
from desktop.shell.assembly import Assembly
from desktop.shell.palette import Palette
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


def _reopened(assembly: Assembly, node: Node, theme: Theme) -> Assembly:
    assembly.window.close()
    return Assembly(node, theme)


def test_the_layout_comes_back_after_a_restart(
    assembly: Assembly, node: Node, theme: Theme, qtbot: QtBot
) -> None:
    assembly.window.resize(1300, 700)
    assembly.window.show()
    assembly.window.docks.float_dock("map")
    assembly.window.docks.reveal("followups")
    again = _reopened(assembly, node, theme)
    again.window.restore()
    again.window.show()
    assert again.window.docks.is_floating("map")
    assert not again.window.docks.is_floating("logbook")
    qtbot.waitUntil(lambda: _visible(again, "followups") and not _visible(again, "logbook"))
    again.close()


def _visible(assembly: Assembly, dock_id: str) -> bool:
    widget = assembly.window.docks.widget(dock_id)
    return widget is not None and widget.isVisible()


def test_a_dock_left_on_a_screen_that_is_gone_comes_home(
    assembly: Assembly, node: Node, theme: Theme, qapp: QApplication
) -> None:
    assembly.window.show()
    assembly.window.docks.float_dock("map")
    (floating,) = assembly.window.docks.manager.floatingWidgets()
    floating.move(QPoint(90_000, 90_000))
    again = _reopened(assembly, node, theme)
    again.window.restore()
    again.window.show()
    (floating,) = again.window.docks.manager.floatingWidgets()
    assert qapp.screenAt(floating.frameGeometry().center()) is not None
    again.close()


def test_a_floating_dock_comes_back_big_enough_to_be_read(
    assembly: Assembly, node: Node, theme: Theme
) -> None:
    assembly.window.show()
    assembly.window.docks.float_dock("map")
    (floating,) = assembly.window.docks.manager.floatingWidgets()
    floating.resize(200, 60)
    again = _reopened(assembly, node, theme)
    again.window.restore()
    again.window.show()
    (floating,) = again.window.docks.manager.floatingWidgets()
    assert floating.height() >= 380
    again.close()


def test_a_dock_detached_is_remembered_even_if_the_desk_is_never_closed(
    assembly: Assembly, desk: Desk, qtbot: QtBot
) -> None:
    assembly.window.restore()
    assembly.window.show()
    assembly.window.docks.float_dock("map")
    qtbot.waitUntil(lambda: desk.settings.value("layout/docks") is not None, timeout=3000)


def test_the_delivered_layout_can_be_had_back(assembly: Assembly, desk: Desk) -> None:
    assembly.window.show()
    assembly.window.docks.float_dock("map")
    desk.commands.run("layout.reset")
    assert not assembly.window.docks.is_floating("map")


def test_a_spoilt_layout_is_left_aside(assembly: Assembly, desk: Desk) -> None:
    desk.settings.setValue("layout/docks", "anything")
    desk.settings.setValue("layout/window", 12)
    assembly.window.restore()
    assembly.window.show()
    assert not assembly.window.docks.is_floating("map")


def test_number_keys_also_work_on_the_unshifted_french_row(desk: Desk) -> None:
    assert desk.commands["dock.map"].keys == ("Ctrl+1", "Ctrl+&")
    assert desk.commands["dock.logbook"].keys == ("Ctrl+2", "Ctrl+É")


def test_keys_work_from_a_floating_dock_too(desk: Desk, window: Window, qtbot: QtBot) -> None:
    field = QLineEdit()
    desk.docks.add("entry", "Entrée", field, area="right")
    window.show()
    window.docks.float_dock("entry")
    floating = field.window()
    assert floating is not window
    with qtbot.waitActive(floating):
        floating.activateWindow()
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert any(p.isVisible() for p in window.findChildren(Palette))


def test_changing_theme_leaves_the_docks_in_our_dress(
    desk: Desk, window: Window, qtbot: QtBot
) -> None:
    window.resize(1366, 768)
    window.show()
    desk.theme.set(name="dark")
    QApplication.processEvents()
    assert window.docks.manager.styleSheet() == ""
    picture = window.grab().toImage()
    corner = window.docks.manager.mapTo(window, QPoint(700, 15))
    assert picture.pixelColor(corner).name() == desk.theme.hex("bg")
