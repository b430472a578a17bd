"""The writing side in a shown window, and a hand that types on it."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.api import Desk
from desktop.logbook.writing import CaptureBar, EntryEditor

KEYS = {
    "\n": Qt.Key.Key_Return,
    "\t": Qt.Key.Key_Tab,
    "\b": Qt.Key.Key_Backspace,
    "\x1b": Qt.Key.Key_Escape,
}
Typing = Callable[..., None]


def type_on(
    widget: QWidget, text: str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Type `text`, accents included, as a keyboard would."""
    for char in text:
        key = KEYS.get(char, 0)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, int(key), held, "" if key else char))


@pytest.fixture
def typing() -> Typing:
    return type_on


@pytest.fixture
def frame(desk: Desk, qtbot: QtBot) -> Iterator[QWidget]:
    """A window as narrow as the docks are."""
    window = QWidget()
    QVBoxLayout(window)
    window.resize(460, 900)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture
def place(frame: QWidget) -> Callable[[QWidget], None]:
    """Puts a widget in the window."""

    def put(widget: QWidget) -> None:
        layout = frame.layout()
        assert layout is not None
        layout.addWidget(widget)
        widget.show()
        frame.activateWindow()

    return put


@pytest.fixture
def capture(desk: Desk, place: Callable[[QWidget], None], qtbot: QtBot) -> CaptureBar:
    """The capture, with the keyboard."""
    bar = CaptureBar(desk)
    place(bar)
    bar.text.setFocus()
    qtbot.waitUntil(bar.text.hasFocus)
    return bar


@pytest.fixture
def editor(desk: Desk, place: Callable[[QWidget], None]) -> EntryEditor:
    """The form, empty."""
    form = EntryEditor(desk)
    place(form)
    return form
