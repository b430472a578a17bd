"""A form inside a dock: a head, rows, what is wrong, and two ways out of it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from beffroi.errors import BeffroiError
from beffroi.text import _
from desktop.api import Desk


class DockForm(QWidget):
    """Enter keeps what it says, Escape gives up; what cannot be kept is said in it."""

    closed = Signal()

    def __init__(self, desk: Desk, name: str, save: str, keep: Callable[[], None]) -> None:
        """`keep` keeps what the form says, or raises a BeffroiError; `save` are the words for it."""
        super().__init__()
        self._desk = desk
        self._keep = keep
        self.setProperty("surface", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(name)
        self.rows = QFormLayout()
        self.rows.setVerticalSpacing(desk.theme.px(5))
        self.trouble = QLabel()
        self.trouble.setWordWrap(True)
        self.trouble.setProperty("ink", "danger")
        self.trouble.hide()
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        for words, kind, act in (
            (_("Abandonner"), "quiet", self.closed.emit), (save, "primary", self.submit),
        ):  # fmt: skip
            self.add_button(words, kind, act)

    def add_button(self, words: str, kind: str, act: Callable[[], None], at: int = -1) -> None:
        """A button more below, at the end unless said where."""
        button = QPushButton(words)
        button.setProperty("kind", kind)
        button.clicked.connect(lambda _checked: act())
        self.buttons.insertWidget(at, button)

    def lay_out(self, head: str, *below: QWidget) -> None:
        """Put `head` over the rows, and these widgets under them."""
        px = self._desk.theme.px
        title = QLabel(head)
        title.setProperty("role", "section")
        title.setWordWrap(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(12), px(10), px(12), px(10))
        whole.setSpacing(px(6))
        whole.addWidget(title)
        whole.addLayout(self.rows)
        for widget in (*below, self.trouble):
            whole.addWidget(widget)
        whole.addLayout(self.buttons)

    def submit(self) -> None:
        """Keep what the form says, or say in it why that cannot be."""
        try:
            self._keep()
        except BeffroiError as error:
            self.refused(error)

    def refused(self, error: BaseException) -> None:
        """Say why it could not be kept."""
        if not isinstance(error, BeffroiError):
            self._desk.notices.failure(error)
            return
        self.trouble.setText(str(error))
        self.trouble.show()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        else:
            super().keyPressEvent(event)
