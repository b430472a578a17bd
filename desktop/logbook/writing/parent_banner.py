"""« Complète MC-2024-000123 … »: which entry the one being written completes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from beffroi.logbook.entry import Entry
from beffroi.text import _
from desktop.kit.theme import Theme
from desktop.logbook.writing.elided import Elided
from desktop.logbook.writing.icons import IconButton, IconLabel


class ParentBanner(QWidget):
    """Hidden until an entry is completed; its cross makes an entry of its own again."""

    dropped = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.parent_entry: Entry | None = None
        mark = IconLabel(theme, "corner-down-right", "accent", self)
        self._words = Elided("", self)
        self._words.setProperty("ink", "accent")
        cross = IconButton(theme, "x", _("En faire une entrée à part"), self, side=13)
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
        self._words.setText(_("Complète {label} : {text}").format(label=entry.label, text=line))
        self.show()

    def clear(self) -> None:
        """Complete nothing."""
        self.parent_entry = None
        self.hide()

    def _drop(self) -> None:
        self.clear()
        self.dropped.emit()
