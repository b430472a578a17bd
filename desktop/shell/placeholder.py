"""What a dock shows until its capability has arrived: calm, and gone a moment later."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from beffroi.text import _
from desktop.kit.theme import Theme


class Placeholder(QWidget):
    """One quiet line in the middle of an empty panel."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        label = QLabel(_("Chargement…"), self)
        label.setProperty("ink", "faint")
        label.setFont(theme.font("small"))
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.addWidget(label)
