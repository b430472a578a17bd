"""The writing side where officers meet it: in the window, by its keys."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from beffroi.logbook.entry import Content
from beffroi.node import Node
from desktop import logbook
from desktop.api import Desk
from desktop.kit.theme import Theme
from desktop.logbook.entry_panel import EntryPanel
from desktop.logbook.list_panel import ListPanel
from desktop.logbook.writing import CaptureBar, EntryEditor
from desktop.shell.assembly import Assembly
from desktop.shell.window import Window

Typing = Callable[..., None]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def at_work(assembly: Assembly, window: Window, qtbot: QtBot) -> Window:
    """The main courante installed in the active window."""
    assembly.install([logbook.install])
    window.resize(1366, 768)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    return window


def capture_of(window: Window) -> CaptureBar:
    found = window.findChild(CaptureBar)
    assert isinstance(found, CaptureBar)
    return found


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_ctrl_n_type_ctrl_enter_and_the_entry_heads_the_list(
    at_work: Window, qtbot: QtBot, typing: Typing, node: Node
) -> None:
    capture = capture_of(at_work)
    QTest.keyClick(focused(), Qt.Key.Key_N, CTRL)
    qtbot.waitUntil(capture.text.hasFocus)
    typing(capture.text, "Vergigny : individus mis en fuite g2")
    QTest.keyClick(capture.text, Qt.Key.Key_Return, CTRL)
    panel = at_work.findChild(ListPanel)
    assert isinstance(panel, ListPanel)
    qtbot.waitUntil(lambda: panel.model.timeline.rows > 0)
    entry = node.logbook.by_number("1")
    assert entry is not None
    qtbot.waitUntil(lambda: panel.model.row_of(entry.rid) is not None)
    assert entry.content.gravity == 2
    assert capture.text.hasFocus()


def test_escape_goes_back_to_the_list_and_ctrl_n_to_the_line(
    at_work: Window, qtbot: QtBot, typing: Typing
) -> None:
    capture = capture_of(at_work)
    QTest.keyClick(focused(), Qt.Key.Key_N, CTRL)
    typing(capture.text, "En attente")
    QTest.keyClick(capture.text, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not capture.text.hasFocus())
    QTest.keyClick(focused(), Qt.Key.Key_N, CTRL)
    qtbot.waitUntil(capture.text.hasFocus)
    assert capture.text.toPlainText() == "En attente"


def test_the_full_form_opens_by_its_key_and_publishes_by_ctrl_enter(
    at_work: Window, qtbot: QtBot, typing: Typing, node: Node
) -> None:
    QTest.keyClick(focused(), Qt.Key.Key_N, CTRL | SHIFT)
    qtbot.waitUntil(lambda: isinstance(focused().parentWidget(), QWidget))
    form = next(e for e in at_work.findChildren(EntryEditor) if e.isVisible())
    qtbot.waitUntil(form.form.text.editor.hasFocus)
    typing(form.form.text.editor, "Point presse reporté")
    QTest.keyClick(form.form.text.editor, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: node.logbook.total() == 1)


def test_the_form_takes_over_what_was_begun_in_the_line(
    at_work: Window, qtbot: QtBot, typing: Typing
) -> None:
    capture = capture_of(at_work)
    capture.text.setFocus()
    typing(capture.text, "Colis suspect g3 ")
    capture.tools.form.click()
    form = next(e for e in at_work.findChildren(EntryEditor) if e.isVisible())
    assert form.form.text.editor.toPlainText() == "Colis suspect"
    assert form.form.gravity.picker.level == 3
    assert capture.text.toPlainText() == ""


def test_a_lone_letter_typed_in_the_form_is_no_shortcut(
    at_work: Window, qtbot: QtBot, node: Node, desk: Desk
) -> None:
    entry = node.logbook.publish(Content(text="Feu de broussailles"), node.who)
    panel = at_work.findChild(EntryPanel)
    assert isinstance(panel, EntryPanel)
    desk.shared.open(entry.uid)
    qtbot.waitUntil(lambda: panel.seen is not None and panel.seen.entry.uid == entry.uid)
    desk.commands.run("logbook.qualify")
    qtbot.waitUntil(lambda: panel.editing)
    editor = panel.editor
    editor.form.grading.grid.setFocus()
    qtbot.waitUntil(editor.form.grading.grid.hasFocus)
    QTest.keyClick(editor.form.grading.grid, Qt.Key.Key_C)
    QTest.keyClick(editor.form.grading.grid, Qt.Key.Key_3)
    assert editor.mode == "qualify"
    qtbot.waitUntil(lambda: node.logbook.entry(entry.uid).content.source_grade == "C")
    QTest.keyClick(editor.form.grading.grid, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not panel.editing)


def test_the_look_can_change_while_one_writes(
    at_work: Window, qtbot: QtBot, typing: Typing, theme: Theme
) -> None:
    capture = capture_of(at_work)
    capture.text.setFocus()
    typing(capture.text, "Feu vers 4h #ferré g3 ")
    qtbot.waitUntil(lambda: len(capture.chips.texts) == 3)
    before = capture.chips.texts
    theme.set(name="dark", text_size=125)
    assert capture.chips.texts == before
    assert capture.text.toPlainText() == "Feu vers 4h #ferré g3 "
