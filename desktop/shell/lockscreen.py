"""Leaves the room without leaving the desk open: everything is hidden until the secret is typed."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton
from typing_extensions import override

from beffroi.access import Keyring
from beffroi.errors import BeffroiError
from beffroi.profile import KEYRING_FILE
from beffroi.text import _
from desktop.access.secret_field import SecretField
from desktop.api import Desk
from desktop.shell.overlay import Overlay
from desktop.shell.window import Window

BREATH_MS = 1200


class LockScreen(Overlay):
    """Work in progress goes on underneath; nobody sees it."""

    opened_again = Signal()
    """The right secret was typed."""

    def __init__(self, window: Window, desk: Desk) -> None:
        super().__init__(window, name="keymap")
        self._main = window
        self._desk = desk
        who, theme = desk.node.who, desk.theme
        title = QLabel(_("Poste verrouillé"), self.panel)
        title.setProperty("role", "big")
        self._person = QLabel(self.panel)
        self._person.setProperty("ink", "muted")
        self.secret = SecretField(theme, self.panel)
        self.secret.setPlaceholderText(_("Mot de passe de {person}").format(person=who.person))
        self.secret.returnPressed.connect(self._try)
        self.message = QLabel(self.panel)
        self.message.setProperty("ink", "danger")
        self.message.setWordWrap(True)
        self.secret.capitals.connect(self._say_capitals)
        self.enter = QPushButton(_("Déverrouiller"), self.panel)
        self.enter.setProperty("kind", "primary")
        self.enter.clicked.connect(self._try)
        self.layout_.setContentsMargins(28, 24, 28, 24)
        self.layout_.setSpacing(12)
        for widget in (title, self._person, self.secret, self.message):
            self.layout_.addWidget(widget)
        self.layout_.addStretch()
        self.layout_.addWidget(self.enter, alignment=Qt.AlignmentFlag.AlignRight)
        self.setFocusProxy(self.secret)

    @override
    def open(self) -> None:
        """Hide the desk and its floating docks, and stop its keys."""
        if self.isVisible():
            return
        who = self._desk.node.who
        self._person.setText(f"{who.person} – {who.post}")
        self.secret.clear()
        self.message.clear()
        self._main.set_locked(locked=True)
        super().open()

    @override
    def panel_size(self) -> tuple[int, int, int]:
        px = self._desk.theme.px
        return px(420), px(260), max(60, self._main.height() // 4)

    def _say_capitals(self, locked: bool) -> None:
        self.message.setText(_("Les majuscules sont verrouillées.") if locked else "")

    def _try(self) -> None:
        if not self.enter.isEnabled():
            return
        self.enter.setEnabled(False)
        node, secret = self._desk.node, self.secret.text()

        def check() -> None:
            Keyring(node.folder / KEYRING_FILE, node.clock).unlock(node.who.account, secret)
            node.audit.record(node.who, "unlock")

        self._desk.tasks.run(check, self._open_again, self._refuse, touches_store=True)

    def _open_again(self, _none: None) -> None:
        self.enter.setEnabled(True)
        self.secret.clear()
        self._main.set_locked(locked=False)
        super().close_()
        self.opened_again.emit()

    def _refuse(self, error: BaseException) -> None:
        if isinstance(error, BeffroiError):
            self.message.setText(str(error))
        else:
            self._desk.notices.failure(error)
        self.secret.selectAll()
        QTimer.singleShot(BREATH_MS, self, lambda: self.enter.setEnabled(True))

    @override
    def close_(self) -> None:
        """Nothing but the secret opens the desk again."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(self._desk.theme.color("bg")))
