"""Words proposed under a field while one types, chosen with the arrows and Enter."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from desktop.kit.theme import Theme
from desktop.logbook.writing.popup import Popup as Popup
from desktop.logbook.writing.popup import Suggestion as Suggestion

Answer = Callable[[Sequence[Suggestion]], None]
Lookup = Callable[[str, Answer], None]
"""Finds proposals for the words typed and answers with them, at once or later."""


def at_once(find: Callable[[str], Sequence[Suggestion]]) -> Lookup:
    """A lookup over something already in memory."""

    def look(words: str, answer: Answer) -> None:
        answer(find(words))

    return look


class TypeAheadLine(QLineEdit):
    """One line with proposals; `picked` tells the one chosen, `entered` the words left as typed."""

    picked = Signal(object)
    entered = Signal(str)
    emptied_back = Signal()
    """Backspace in an empty line."""

    def __init__(
        self,
        theme: Theme,
        lookup: Lookup,
        parent: QWidget | None = None,
        *,
        on_focus: bool = False,
        free: bool = False,
    ) -> None:
        super().__init__(parent)
        self._lookup = lookup
        self._on_focus = on_focus
        self._free = free
        self._asked = ""
        self.popup = Popup(theme, self)
        self.popup.chosen.connect(self._pick)
        self.textEdited.connect(self._ask)

    def _ask(self, words: str) -> None:
        self._asked = words
        if not words.strip() and not self._on_focus:
            self.popup.hide()
            return
        self._lookup(words, partial(self._answer, words))

    def _answer(self, words: str, found: Sequence[Suggestion]) -> None:
        if words == self._asked and self.hasFocus():
            # Nothing is chosen before a word is typed: Tab only passes by.
            choose = not self._free and bool(words.strip())
            self.popup.propose(found, self, self.rect(), choose=choose)

    def _pick(self, said: Suggestion) -> None:
        self._asked = "\0"
        self.picked.emit(said)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.popup.key(event):
            return
        match event.key():
            case Qt.Key.Key_Down if not self.popup.isVisible():
                self._ask(self.text())
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers() and self.text():
                self.entered.emit(self.text())
            case Qt.Key.Key_Backspace if not self.text():
                self.emptied_back.emit()
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
    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if self._on_focus and event.reason() == Qt.FocusReason.TabFocusReason:
            self._ask(self.text())

    @override
    def focusOutEvent(self, event: Any) -> None:
        self.popup.hide()
        super().focusOutEvent(event)

    @override
    def hideEvent(self, event: Any) -> None:
        self.popup.hide()
        super().hideEvent(event)
