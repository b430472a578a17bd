"""An officer whose line is cut reads her night out over the radio."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from beffroi.journal import Identity
from beffroi.logbook.entry import Content
from desktop.api import Desk
from desktop.shell.radio import RadioPage
from desktop.shell.window import Window


def test_it_reads_out_what_waits_for_the_hub(
    window: Window, desk: Desk, who: Identity, qtbot: QtBot
) -> None:
    entry = desk.node.logbook.publish(
        Content(text="Pont d’Oléron fermé", place="Pont d’Oléron", gravity=3), who
    )
    window.resize(1300, 800)
    window.show()
    desk.commands.run("radio.message")
    qtbot.waitUntil(lambda: bool(_page(window).texts), timeout=5000)
    (text,) = _page(window).texts
    assert f"1. {entry.label}" in text
    assert "Pont d’Oléron fermé" in text
    (copy,) = [b for b in _page(window).findChildren(QPushButton) if b.text().startswith("Copier")]
    copy.click()
    assert QGuiApplication.clipboard().text() == text
    actions = [line.action for line in desk.node.audit.lines()]
    assert "export" in actions


def test_with_nothing_to_say_it_says_so(
    window: Window, desk: Desk, heard: list[tuple[str, str]], qtbot: QtBot
) -> None:
    window.show()
    desk.commands.run("radio.message")
    qtbot.waitUntil(lambda: bool(heard), timeout=5000)
    assert "Rien n’attend le hub" in heard[-1][1]


def _page(window: Window) -> RadioPage:
    (page,) = window.findChildren(RadioPage)
    return page
