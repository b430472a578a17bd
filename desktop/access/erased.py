"""The page that says, in plain words, that a profile is no more: why, and what became of the unsent."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from beffroi.text import _
from desktop.kit.pieces import words
from desktop.kit.theme import Theme


class ErasedPage(QWidget):
    """One sentence, what was saved, and a way out."""

    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("desk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        px = theme.px
        picture = QLabel(self)
        picture.setPixmap(theme.icon("shield-lock", "danger").pixmap(px(46), px(46)))
        self.title = words(_("Ce profil a été effacé de ce poste"), role="big")
        self.sentence = words("", role="title")
        self.saved = words("")
        self.leave = QPushButton(_("Fermer"), self)
        self.leave.setProperty("kind", "primary")
        self.leave.clicked.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(36), px(30), px(36), px(30))
        column.setSpacing(px(14))
        column.addStretch(1)
        for widget in (picture, self.title, self.sentence, self.saved):
            column.addWidget(widget)
        column.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignRight)
        column.addStretch(2)
        self.setFocusProxy(self.leave)

    def say(self, sentence: str, salvage: str) -> None:
        """Say why, and where what had not been sent lies (`salvage`, "" when all was sent)."""
        self.sentence.setText(sentence)
        if salvage:
            told = _(
                "Ce qui n’avait pas été envoyé est scellé pour le centre, et pour lui seul, dans "
                "{file}. Remettez ce fichier à l’administrateur du centre\u00a0: il l’ouvrira."
            ).format(file=salvage)
        else:
            told = _(
                "Tout ce qui avait été écrit ici était déjà au centre\u00a0: rien n’est perdu."
            )
        self.saved.setText(told)
        self.setAccessibleName(f"{self.title.text()}. {sentence} {told}")
