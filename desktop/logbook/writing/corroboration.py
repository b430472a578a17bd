"""Which entry corroborates: asked in place as soon as somebody grades an information 1."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beffroi.text import _
from desktop.kit.theme import Theme
from desktop.logbook.writing.field import small_label
from desktop.logbook.writing.popup import Suggestion
from desktop.logbook.writing.typeahead import Lookup, TypeAheadLine

NameEntry = Callable[[str, Callable[[str], None]], None]
"""Answers with the number and the first words of an entry."""


class CorroborationLine(QWidget):
    """A line that finds an entry by its number or its words."""

    found = Signal(str)
    asked = Signal()
    """It has the keyboard: whoever holds it brings it into sight."""

    def __init__(self, theme: Theme, find_entry: Lookup, name_entry: NameEntry) -> None:
        super().__init__()
        self._uid = ""
        self._name_entry = name_entry
        self.line = TypeAheadLine(theme, find_entry, self)
        self.line.setPlaceholderText(_("Numéro ou mots de l’entrée qui corrobore"))
        self.line.setAccessibleName(_("Entrée qui corrobore"))
        self.line.picked.connect(self._take)
        self._why = small_label(
            _("La cote 1 demande une autre source : choisissez l’entrée qui corrobore."),
            ink="warning",
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(3))
        layout.addWidget(self._why)
        layout.addWidget(self.line)
        self.setFocusProxy(self.line)

    @property
    def typing(self) -> bool:
        """Whether the entry is being looked for."""
        return self.line.hasFocus()

    def ask(self) -> None:
        """Take the keyboard and wait for an entry."""
        self.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.asked.emit()

    def show_uid(self, uid: str) -> None:
        """The entry that corroborates now, if any."""
        if uid != self._uid:
            self._uid = uid
            self.line.clear()
            if uid:
                self._name_entry(uid, partial(self._named, uid))
        self._why.setVisible(not uid)

    def _named(self, uid: str, name: str) -> None:
        if uid == self._uid and not self.typing:
            self._write(name)

    def _write(self, name: str) -> None:
        self.line.setText(name)
        self.line.setToolTip(name)
        self.line.setCursorPosition(0)

    def _take(self, said: Suggestion) -> None:
        self._uid = str(said.value)
        self._write(said.text)
        self._why.hide()
        self.found.emit(self._uid)
