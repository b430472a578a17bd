"""The board's filters: words, family, and the states as buttons with their counts."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from beffroi.sources import words
from beffroi.text import _
from desktop.kit.flow import FlowBox
from desktop.kit.theme import Theme
from desktop.sources.standing import LOOKS, Standing


class BoardFilters(QWidget):
    """Narrows the board; « Toutes » shows everything again."""

    changed = Signal(str, str, str)
    """Words, family and state; empty lets everything through."""
    add_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.text = QLineEdit(self)
        self.text.setPlaceholderText(_("Filtrer les sources"))
        self.text.setAccessibleName(_("Filtrer les sources"))
        self.text.setClearButtonEnabled(True)
        self.text.setMinimumWidth(theme.px(150))
        self.family = QComboBox(self)
        self.family.setAccessibleName(_("Famille"))
        self.family.addItem(_("Toutes les familles"), "")
        for code, name in words.FAMILIES.items():
            self.family.addItem(_(name), code)
        self.add = QPushButton(_("Ajouter une source…"), self)
        self.add.setProperty("kind", "primary")
        self.add.setIcon(theme.icon("plus", "accent_text"))
        self.add.clicked.connect(self.add_asked)
        self._group = QButtonGroup(self)
        self.states: dict[str, QPushButton] = {}
        box = FlowBox(self, gap=theme.px(6))
        for widget in (self.add, self.text, self.family):
            box.flow.addWidget(widget)
        for state in ("", *LOOKS):
            button = QPushButton(self)
            button.setCheckable(True)
            button.setChecked(not state)
            self._group.addButton(button)
            self.states[state] = button
            box.flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), theme.px(8), theme.px(8), theme.px(4))
        column.addWidget(box)
        self.text.textChanged.connect(lambda _text: self._tell())
        self.family.activated.connect(lambda _at: self._tell())
        self._group.buttonClicked.connect(lambda _button: self._tell())
        theme.changed.connect(self._dress)
        self.count(())
        self._dress()

    def _dress(self) -> None:
        for state, button in self.states.items():
            if state:
                button.setIcon(self._theme.icon(*LOOKS[state][:2]))

    def count(self, standings: Sequence[Standing]) -> None:
        """Say how many there are of each."""
        counted = Counter(one.health for one in standings)
        for state, button in self.states.items():
            number = counted[state] if state else len(standings)
            name = _(words.HEALTH[state]) if state else _("Toutes")
            button.setText(f"{name} {number}")
            button.setVisible(not state or bool(number) or button.isChecked())

    @property
    def health(self) -> str:
        """The state asked for, empty for all."""
        return next(state for state, button in self.states.items() if button.isChecked())

    def only(self, health: str) -> None:
        """Show the sources of one state."""
        self.states[health].setVisible(True)
        self.states[health].setChecked(True)
        self._tell()

    def into(self) -> None:
        """Give the keyboard to the words."""
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.selectAll()

    def _tell(self) -> None:
        self.changed.emit(self.text.text(), str(self.family.currentData()), self.health)
