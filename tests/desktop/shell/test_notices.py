"""Notices rather than dialogs: good news fades, warnings wait, everything can be read again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.api import Desk
from desktop.kit.notices import Notice
from desktop.shell import toasts
from desktop.shell.history import History
from desktop.shell.window import Window


def test_a_warning_stays_until_it_is_dismissed(
    desk: Desk, window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toasts, "SHORT_MS", 30)
    QCursor.setPos(0, 0)  # a notice under the pointer stays
    window.show()
    desk.notices.warn("Le disque est plein : libérez de la place.")
    desk.notices.done("Entrée publiée.")
    qtbot.waitUntil(lambda: len(window.toasts.visible) == 1)
    qtbot.wait(60)
    assert window.toasts.visible[0].notice.level == "warning"
    desk.commands.run("notices.dismiss")
    assert window.toasts.visible == []


def test_a_notice_says_its_kind_to_a_screen_reader(desk: Desk, window: Window) -> None:
    desk.notices.warn("Le disque est plein.")
    assert window.toasts.visible[0].accessibleName() == "Attention\u00a0: Le disque est plein."


def test_the_same_words_twice_stay_one_notice(desk: Desk, window: Window) -> None:
    for _time in range(3):
        desk.notices.warn("Encore.")
    assert len(window.toasts.visible) == 1


def test_what_is_said_of_one_topic_takes_one_place_on_the_screen(
    desk: Desk, window: Window
) -> None:
    desk.notices.warn("Le disque est plein.")
    for number in range(30):
        desk.notices.post(Notice(level="warning", text=f"Source {number}", topic="sources"))
    assert [toast.notice.text for toast in window.toasts.visible] == [
        "Le disque est plein.",
        "Source 29",
    ]
    assert len(desk.notices.history) == 31


def test_escape_dismisses_the_notice_with_the_keyboard(
    desk: Desk, window: Window, qtbot: QtBot
) -> None:
    window.show()
    desk.notices.warn("Attention.")
    qtbot.keyClick(window.toasts.visible[0], Qt.Key.Key_Escape)
    assert window.toasts.visible == []


def test_many_notices_stay_inside_the_window(desk: Desk, window: Window) -> None:
    window.resize(1100, 700)
    window.show()
    for n in range(9):
        desk.notices.done(f"Message {n} " + "assez long pour tenir sur deux lignes " * 2)
    assert len(window.toasts.visible) <= toasts.MOST
    assert all(window.rect().contains(toast.geometry()) for toast in window.toasts.visible)


def test_what_a_notice_offers_is_done(desk: Desk, window: Window, qtbot: QtBot) -> None:
    asked: list[str] = []
    window.show()
    desk.notices.info("Un doublon ?", action=("Ouvrir", lambda: asked.append("ouvrir")))
    (toast,) = window.toasts.visible
    button = next(b for b in toast.findChildren(QPushButton) if b.text() == "Ouvrir")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == ["ouvrir"]
    assert window.toasts.visible == []


def test_a_bug_offers_its_details(desk: Desk, window: Window, qtbot: QtBot) -> None:
    desk.notices.failure(ZeroDivisionError("n"))
    (toast,) = window.toasts.visible
    button = next(b for b in toast.findChildren(QPushButton) if "détails" in b.text())
    button.click()
    assert "ZeroDivisionError" in QGuiApplication.clipboard().text()


def test_what_went_by_can_be_read_again(desk: Desk, window: Window) -> None:
    window.show()
    desk.notices.done("Première.")
    desk.notices.done("Seconde.")
    desk.commands.run("notices.history")
    (history,) = [h for h in window.findChildren(History) if h.isVisible()]
    said = [label.text() for label in history.findChildren(QLabel)]
    assert said.index("Seconde.") < said.index("Première.")
