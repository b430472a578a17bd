"""A password field that can be shown, and that says when capital letters are locked."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from beffroi.text import _
from desktop.kit.theme import Theme


def caps_locked(event: QKeyEvent) -> bool | None:
    """Whether this key press betrays locked capitals; None when it says nothing."""
    letter = event.text()
    if len(letter) != 1 or letter.lower() == letter.upper():
        return None
    shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return letter.isupper() is not shifted


class SecretField(QLineEdit):
    """Where a secret is typed."""

    capitals = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleName(_("Mot de passe"))
        self.setMaxLength(1024)
        self._eye = QAction(theme.icon("eye"), _("Montrer le mot de passe"), self)
        self._eye.triggered.connect(self._toggle)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)

    def _toggle(self) -> None:
        hidden = self.echoMode() == QLineEdit.EchoMode.Password
        normal, password = QLineEdit.EchoMode.Normal, QLineEdit.EchoMode.Password
        self.setEchoMode(normal if hidden else password)
        self._eye.setIcon(self._theme.icon("eye-off" if hidden else "eye"))
        self._eye.setText(_("Cacher le mot de passe") if hidden else _("Montrer le mot de passe"))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        locked = caps_locked(event)
        if locked is not None:
            self.capitals.emit(locked)
        super().keyPressEvent(event)
