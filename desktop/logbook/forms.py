"""A question asked inside the panel, never in a dialog: fields, a button, Escape to give up."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from beffroi.errors import BeffroiError
from beffroi.text import _
from desktop.api import Desk
from desktop.kit import keys

T = TypeVar("T")


class Form(QWidget):
    """A small form; what goes wrong is said in it, and what was typed stays."""

    closed = Signal()

    def __init__(self, desk: Desk, title: str, action: str, *, kind: str = "primary") -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("surface", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        px = desk.theme.px
        self._title = title
        self._head = QLabel(title)
        self._head.setProperty("role", "section")
        self._head.setWordWrap(True)
        self.body = QVBoxLayout()
        self.body.setSpacing(px(6))
        self.trouble = QLabel()
        self.trouble.setWordWrap(True)
        self.trouble.setProperty("ink", "danger")
        self.trouble.hide()
        self.button = QPushButton(action)
        self.button.setProperty("kind", kind)
        self.button.clicked.connect(self.submit)
        leave = QPushButton(_("Abandonner"))
        leave.setProperty("kind", "quiet")
        leave.clicked.connect(self.closed)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(leave)
        line.addWidget(self.button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(14), px(10), px(14), px(10))
        whole.setSpacing(px(6))
        whole.addWidget(self._head)
        whole.addLayout(self.body)
        whole.addWidget(self.trouble)
        whole.addLayout(line)

    def begin(self) -> None:
        """Give the keyboard to the first field."""
        raise NotImplementedError

    def submit(self) -> None:
        """Do what the form is for."""
        raise NotImplementedError

    def stand_apart(self, apart: bool) -> None:
        """Say it plainly when another entry than the form's own is shown above it."""
        said = _("{title}, qui n’est pas celle affichée").format(title=self._title)
        self._head.setText(said if apart else self._title)
        self._head.setProperty("ink", "warning" if apart else "")
        self._head.style().polish(self._head)

    def said(self) -> tuple[str, ...]:
        """All that is typed in it."""
        return tuple(line.text() for line in self.findChildren(QLineEdit))

    def carry_out(self, work: Callable[[], T], done: Callable[[T], None] | None = None) -> None:
        """Do it on the store lane; close when it is done, say here what is wrong."""
        self.button.setEnabled(False)
        self.trouble.hide()

        def finished(answer: T) -> None:
            self.button.setEnabled(True)
            if done is not None:
                done(answer)
            self.closed.emit()

        self.desk.tasks.run(work, finished, self._refused, touches_store=True)

    def say(self, sentence: str) -> None:
        """Say what is missing."""
        self.trouble.setText(sentence)
        self.trouble.show()

    def _refused(self, error: BaseException) -> None:
        self.button.setEnabled(True)
        if isinstance(error, BeffroiError):
            self.say(str(error))
        else:
            self.desk.notices.failure(error)

    @override
    def event(self, event: QEvent) -> bool:
        return keys.claims(event) or super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif keys.validates(event):
            self.submit()
        else:
            super().keyPressEvent(event)
