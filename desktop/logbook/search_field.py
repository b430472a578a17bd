"""The line in which one searches: a word proposes filters and values, Escape empties it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from beffroi.node import Node
from beffroi.text import _
from desktop.kit.tasks import Tasks
from desktop.kit.theme import Theme
from desktop.logbook import suggestions
from desktop.logbook.suggestions import Spot
from desktop.logbook.writing.typeahead import Popup, Suggestion


class SearchField(QLineEdit):
    """Text of a search, with completion of the word under the cursor."""

    asked = Signal(str)
    """The text changed, by typing or by choosing a proposal."""
    left_down = Signal()
    """Down or Enter: on to the list."""

    def __init__(self, node: Node, tasks: Tasks, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._node = node
        self._tasks = tasks
        self._theme = theme
        self._turn = 0
        self._spot = Spot(0, 0, "")
        self.setPlaceholderText(
            _("Chercher : mots, « étiquette: », « gravité>=3 », « depuis:2h »…")
        )
        self.setAccessibleName(_("Chercher dans la main courante"))
        self.setClearButtonEnabled(True)
        self._glass = QAction(theme.icon("search"), "", self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.popup = Popup(theme, self)
        self.popup.chosen.connect(self._take)
        self.textEdited.connect(self._edited)
        self.textChanged.connect(self.asked)
        theme.changed.connect(lambda: self._glass.setIcon(theme.icon("search")))

    def _edited(self, text: str) -> None:
        self._spot = suggestions.spot(text, self.cursorPosition())
        if not self._spot.word:
            self._turn += 1
            self.popup.hide()
            return
        self.offer()

    def offer(self) -> None:
        """Propose what could stand under the cursor."""
        self._spot = suggestions.spot(self.text(), self.cursorPosition())
        self._turn += 1
        turn, word = self._turn, self._spot.word
        self._tasks.run(
            lambda: suggestions.propose(self._node, word),
            lambda found: self._show(turn, found),
        )

    def _show(self, turn: int, found: Sequence[Suggestion]) -> None:
        if turn != self._turn or not self.hasFocus():
            return
        whole = len(found) == 1 and str(found[0].value).strip() == self._spot.word
        self.popup.propose([] if whole else found, self, self.rect(), choose=False)

    def _take(self, said: Suggestion) -> None:
        value = str(said.value)
        text = self.text()
        self.setText(text[: self._spot.start] + value + text[self._spot.end :].lstrip())
        self.setCursorPosition(self._spot.start + len(value))
        if value.endswith((":", "=")):
            self.offer()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.popup.key(event):
            return
        match event.key():
            case Qt.Key.Key_Escape:
                if self.text():
                    self.clear()
                else:
                    self.left_down.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_PageDown:
                self.left_down.emit()
            case Qt.Key.Key_Down:
                self.offer() if not self.text() else self.left_down.emit()
            case _:
                super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        # Tab is taken before keyPressEvent sees it: it chooses while proposals are open.
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            tab = event.key() == Qt.Key.Key_Tab
            if tab and self.popup.isVisible() and self.popup.key(event):
                return True
        return super().event(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.popup.hide()
        super().focusOutEvent(event)
