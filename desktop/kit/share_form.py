"""« Partager… »: the marking and restrictions are chosen, and what it means is said first."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from beffroi.text import _
from desktop.kit.marking_choice import MarkingChoice
from desktop.kit.theme import Theme


class ShareForm(QWidget):
    """Stands in a dock, hidden until something is asked; nothing is shared before « Partager »."""

    agreed = Signal(str, str, object)
    """What is shared (uid), its marking, its restrictions (tuple of str)."""

    def __init__(
        self, theme: Theme, caveats: Sequence[str], marking: str, parent: QWidget | None = None
    ) -> None:
        """`marking` is proposed: the workspace's own."""
        super().__init__(parent)
        self._uid = ""
        self._proposed = marking
        head = QLabel(_("Partager ce calque"), self)
        head.setProperty("role", "title")
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.choice = MarkingChoice(theme, caveats, self)
        self.agree = QPushButton(_("Partager"), self)
        self.agree.setProperty("kind", "primary")
        self.agree.clicked.connect(lambda _checked=False: self._agree())
        self.cancel = QPushButton(_("Annuler"), self)
        self.cancel.clicked.connect(lambda _checked=False: self.hide())
        layout = QVBoxLayout(self)
        margin = theme.px(10)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(theme.px(8))
        for widget in (head, self.said, self.choice):
            layout.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.addWidget(self.agree)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        away = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        away.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        away.activated.connect(self.hide)
        self.hide()

    def ask(self, uid: str, said: str) -> None:
        """Ask about one thing; `said` is what will become of it, in a sentence."""
        self._uid = uid
        self.said.setText(said)
        self.choice.choose(self._proposed)
        self.show()
        self.choice.list.setFocus()

    def _agree(self) -> None:
        self.hide()
        self.agreed.emit(self._uid, self.choice.marking, self.choice.caveats)
