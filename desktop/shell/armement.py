"""Changing the level of armement: a decision, with its reason, written in the main courante."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
)
from typing_extensions import override

from beffroi.errors import BeffroiError
from beffroi.logbook.entry import Content, Nature
from beffroi.node import Node
from beffroi.text import _
from desktop.api import Desk
from desktop.shell.cells import level_icon
from desktop.shell.modes import LEVEL_SETTING, LEVEL_WORDS
from desktop.shell.overlay import Overlay
from desktop.shell.window import Window

TAG = "GOU.ARMEMENT"


def decide(node: Node, level: int, reason: str) -> None:
    """Write the decision down, then show the new level.

    Raises:
        BeffroiError: a decision needs its reason.
    """
    if not reason.strip():
        raise BeffroiError(_("Une décision a besoin d’un motif : dites qui décide et pourquoi."))
    text = _("Niveau d’armement : {level}. {reason}").format(
        level=_(LEVEL_WORDS[level]), reason=reason.strip()
    )
    content = Content(text=text, nature=Nature.DECISION, tags=(TAG,), key_event=True)
    with node.store.write():
        node.logbook.publish(content, node.who)
        node.settings.put(LEVEL_SETTING, level)


class LevelPanel(Overlay):
    """The eight levels, the reason, and one button."""

    def __init__(self, window: Window, desk: Desk, changed: Callable[[], None]) -> None:
        super().__init__(window, name="keymap")
        self._desk = desk
        self._changed = changed
        title = QLabel(_("Niveau d’armement"), self.panel)
        title.setProperty("role", "big")
        self.levels = QListWidget(self.panel)
        self.levels.setProperty("surface", "card")
        self.levels.setAccessibleName(_("Niveau d’armement"))
        self.reason = QLineEdit(self.panel)
        self.reason.setPlaceholderText(_("Décidé par qui, pour quel motif ?"))
        self.reason.setAccessibleName(_("Motif de la décision"))
        self.reason.returnPressed.connect(self._decide)
        self.message = QLabel(self.panel)
        self.message.setProperty("ink", "danger")
        self.message.setWordWrap(True)
        cancel = QPushButton(_("Annuler"), self.panel)
        cancel.clicked.connect(self.close_)
        self.button = QPushButton(_("Écrire la décision"), self.panel)
        self.button.setProperty("kind", "primary")
        self.button.clicked.connect(self._decide)
        foot = QHBoxLayout()
        foot.addWidget(self.message, 1)
        foot.addWidget(cancel)
        foot.addWidget(self.button)
        self.layout_.setContentsMargins(22, 18, 22, 18)
        self.layout_.setSpacing(12)
        self.layout_.addWidget(title)
        self.layout_.addWidget(self.levels, 1)
        self.layout_.addWidget(self.reason)
        self.layout_.addLayout(foot)
        self.setFocusProxy(self.levels)

    @override
    def panel_size(self) -> tuple[int, int, int]:
        px = self._desk.theme.px
        return px(480), px(430), 72

    def offer(self, present: int) -> None:
        """Open with the present level chosen."""
        self.levels.clear()
        for number, word in enumerate(LEVEL_WORDS):
            item = QListWidgetItem(level_icon(self._desk.theme, number), _(word))
            self.levels.addItem(item)
        self.levels.setCurrentRow(present)
        self.reason.clear()
        self.message.clear()
        self.open()

    def _decide(self) -> None:
        node, level, reason = self._desk.node, self.levels.currentRow(), self.reason.text()
        self.button.setEnabled(False)
        self._desk.tasks.run(
            lambda: decide(node, level, reason), self._decided, self._refused, touches_store=True
        )

    def _decided(self, _none: None) -> None:
        self.button.setEnabled(True)
        self.close_()
        self._changed()
        self._desk.notices.done(_("La décision est écrite dans la main courante."))

    def _refused(self, error: BaseException) -> None:
        self.button.setEnabled(True)
        if isinstance(error, BeffroiError):
            self.message.setText(str(error))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._desk.notices.failure(error)
