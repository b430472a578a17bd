"""The foot of a joining step: what is wrong, what goes on, back and on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from beffroi.text import _
from desktop.kit.pieces import words


class Foot(QWidget):
    """Two buttons, a line for what is wrong, and a bar while the centre is asked."""

    go = Signal()
    back = Signal()

    def __init__(self, on: str, waiting: str, parent: QWidget | None = None) -> None:
        """`on` is the word of the button that goes on, `waiting` names the bar."""
        super().__init__(parent)
        self.message = words("", ink="danger")
        self.on = QPushButton(on, self)
        self.on.setProperty("kind", "primary")
        self.on.clicked.connect(self.go)
        self.off = QPushButton(_("Retour"), self)
        self.off.setProperty("kind", "quiet")
        self.off.clicked.connect(self.back)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(waiting)
        self._bar.hide()
        line = QHBoxLayout()
        line.addWidget(self.off)
        line.addWidget(self._bar, 1)
        line.addStretch()
        line.addWidget(self.on)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.message)
        column.addLayout(line)
        self.message.hide()

    @property
    def busy(self) -> bool:
        """Whether the centre is being asked."""
        return not self.on.isEnabled()

    def set_busy(self, *, busy: bool) -> None:
        """The centre is asked, or has answered."""
        self.on.setEnabled(not busy)
        self._bar.setVisible(busy)

    def say(self, sentence: str) -> None:
        """Say what is wrong; nothing when all is well."""
        self.message.setText(sentence)
        self.message.setAccessibleName(sentence)
        self.message.setVisible(bool(sentence))
