"""All capabilities together, as an officer has them: everything arrives, everything has a name."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QScrollArea,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from beffroi.logbook.entry import Content
from beffroi.node import Node
from desktop import logbook
from desktop import map as map_
from desktop.shell.assembly import Assembly
from desktop.shell.selftest import blank_parts


@pytest.fixture
def whole(assembly: Assembly, node: Node, qtbot: QtBot) -> Assembly:
    node.logbook.publish(
        Content(text="Incendie de câbles à Courtalain.", gravity=3, lon=1.14, lat=48.08), node.who
    )
    painted: list[str] = []
    assembly.desk.shared.painted.connect(painted.append)
    assembly.install([logbook.install, map_.install])
    assembly.window.resize(1366, 768)
    assembly.window.show()
    qtbot.waitUntil(lambda: {"logbook", "map"} <= set(painted), timeout=30_000)
    return assembly


def named(widget: QWidget) -> bool:
    """Whether a screen reader has something to say for this control."""
    if widget.accessibleName() or widget.toolTip():
        return True
    if isinstance(widget, QAbstractButton | QLabel):
        return bool(widget.text())
    if isinstance(widget, QLineEdit):
        return bool(widget.placeholderText())
    return False


def ours(widget: QWidget) -> bool:
    """Leave aside what the toolkit makes inside its own controls."""
    inside = widget.parentWidget()
    toolkit = (QComboBox, QTabBar, QAbstractScrollArea)
    made_by_qt = widget.objectName().startswith("qt_") or type(widget) is QWidget
    nested = (
        inside is not None and isinstance(inside, toolkit) and not isinstance(inside, QScrollArea)
    )
    return not (made_by_qt or nested or type(widget) in (QTabBar, QScrollArea))


def controls(assembly: Assembly) -> list[QWidget]:
    """What the keyboard can reach now."""
    return [
        widget
        for widget in assembly.window.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and type(widget).__module__.startswith(("desktop", "PySide6.QtWidgets")) and ours(widget)
    ]  # fmt: skip


def nameless(assembly: Assembly) -> list[str]:
    """The controls that a screen reader would meet in silence."""
    return [
        f"{type(w).__name__} {w.objectName()} in {type(w.parentWidget()).__name__}"
        for w in controls(assembly)
        if not named(w)
    ]


def test_everything_arrives_has_a_name_and_is_reached_by_its_key(
    whole: Assembly, qtbot: QtBot
) -> None:
    assert blank_parts(whole, whole.window.grab().toImage()) == []
    with qtbot.waitActive(whole.window):
        whole.window.activateWindow()
    silent: dict[str, list[str]] = {}
    for dock_id in whole.window.docks.ids():
        whole.desk.commands.run(f"dock.{dock_id}")
        widget = whole.window.docks.widget(dock_id)
        assert widget is not None
        qtbot.waitUntil(widget.isVisible)
        assert QApplication.focusWidget() is not None, dock_id
        silent[dock_id] = nameless(whole)
    assert not any(silent.values()), silent


def test_menus_fit_and_the_look_changes_with_everything_open(whole: Assembly) -> None:
    for action in whole.header.menus.actions():
        menu = action.menu()
        assert isinstance(menu, QMenu)
        menu.aboutToShow.emit()
        for each in (menu, *menu.findChildren(QMenu)):
            assert each.sizeHint().height() < 720, each.title()
    for command in ("look.dark", "look.text150", "look.text100", "look.dark"):
        whole.desk.commands.run(command)
        QApplication.processEvents()
    assert not whole.desk.theme.dark
