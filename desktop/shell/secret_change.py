"""Changing one's own password, without the administrator."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QPushButton
from typing_extensions import override

from beffroi.errors import BeffroiError
from beffroi.text import _
from desktop.access.secret_field import SecretField
from desktop.api import Desk
from desktop.shell.overlay import Overlay
from desktop.shell.window import Window


class SecretChange(Overlay):
    """The old one, the new one, the new one again."""

    def __init__(self, window: Window, desk: Desk) -> None:
        super().__init__(window, name="keymap")
        self._desk = desk
        title = QLabel(_("Changer de mot de passe"), self.panel)
        title.setProperty("role", "big")
        self.old, self.new, self.again = (SecretField(desk.theme, self.panel) for _n in range(3))
        form = QFormLayout()
        form.setVerticalSpacing(10)
        for words, field in (
            (_("Mot de passe actuel"), self.old),
            (_("Nouveau mot de passe"), self.new),
            (_("Le nouveau, encore"), self.again),
        ):
            field.setAccessibleName(words)
            field.returnPressed.connect(self._try)
            form.addRow(words, field)
        self.message = QLabel(self.panel)
        self.message.setProperty("ink", "danger")
        self.message.setWordWrap(True)
        self.button = QPushButton(_("Changer"), self.panel)
        self.button.setProperty("kind", "primary")
        self.button.clicked.connect(self._try)
        self.layout_.setContentsMargins(26, 20, 26, 20)
        self.layout_.setSpacing(12)
        self.layout_.addWidget(title)
        self.layout_.addLayout(form)
        self.layout_.addWidget(self.message)
        self.layout_.addStretch()
        self.layout_.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignRight)
        self.setFocusProxy(self.old)

    @override
    def panel_size(self) -> tuple[int, int, int]:
        px = self._desk.theme.px
        return px(480), px(300), 84

    @override
    def open(self) -> None:
        """Open with empty fields."""
        for field in (self.old, self.new, self.again):
            field.clear()
        self.message.clear()
        super().open()

    def _try(self) -> None:
        old, new = self.old.text(), self.new.text()
        if new != self.again.text():
            self.message.setText(_("Les deux nouveaux mots de passe diffèrent : retapez-les."))
            self.again.setFocus()
            return
        self.button.setEnabled(False)
        self._desk.tasks.run(
            lambda: self._desk.node.change_secret(old, new),
            self._changed,
            self._refused,
            touches_store=True,
        )

    def _changed(self, _none: None) -> None:
        self.button.setEnabled(True)
        self.open()
        self.close_()
        self._desk.notices.done(_("Votre mot de passe est changé."))

    def _refused(self, error: BaseException) -> None:
        self.button.setEnabled(True)
        if isinstance(error, BeffroiError):
            self.message.setText(str(error))
        else:
            self._desk.notices.failure(error)
