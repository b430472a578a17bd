"""« Complète MC-2024-000123 … »: which entry the one being written completes."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from beffroi.logbook.entry import Entry
from beffroi.text import _
from desktop.kit.theme import Theme
from desktop.logbook.writing.elided import Elided


class ParentBanner(QWidget):
    """Hidden until an entry is completed; its cross makes an entry of its own again."""

    dropped = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.parent_entry: Entry | None = None
        mark = QLabel(self)
        side = theme.px(15)
        mark.setPixmap(theme.icon("corner-down-right", "accent").pixmap(QSize(side, side)))
        self._words = Elided("", self)
        self._words.setProperty("ink", "accent")
        cross = QToolButton(self)
        cross.setIcon(theme.icon("x"))
        cross.setIconSize(QSize(theme.px(13), theme.px(13)))
        cross.setToolTip(_("En faire une entrée à part"))
        cross.setAccessibleName(cross.toolTip())
        cross.clicked.connect(self._drop)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(6))
        layout.addWidget(mark)
        layout.addWidget(self._words, 1)
        layout.addWidget(cross)
        self.hide()

    @property
    def uid(self) -> str:
        """The entry completed, or nothing."""
        return "" if self.parent_entry is None else self.parent_entry.uid

    def show_entry(self, entry: Entry) -> None:
        """Complete this one."""
        self.parent_entry = entry
        line = entry.content.text.split("\n", 1)[0]
        self._words.setText(_("Complète {label} : {text}").format(label=entry.label, text=line))
        self.show()

    def clear(self) -> None:
        """Complete nothing."""
        self.parent_entry = None
        self.hide()

    def _drop(self) -> None:
        self.clear()
        self.dropped.emit()
