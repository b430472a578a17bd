"""The line where entries are typed: it grows, proposes after # and @, refuses a flood of text."""

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QMimeData, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QTextEdit
from typing_extensions import override

from beffroi.logbook.content import MAX_TEXT
from beffroi.logbook.facets import fold, slug
from beffroi.text import _, number
from desktop.api import Desk
from desktop.logbook.writing.lookups import Lookups
from desktop.logbook.writing.pasted import attachable, link_in
from desktop.logbook.writing.place import PlaceChoice
from desktop.logbook.writing.popup import Popup, Suggestion
from desktop.logbook.writing.zones import local_now

MAX_LINES = 9
_TRIGGER = re.compile(r"(?:^|(?<=[\s(]))(?P<sign>[#@])(?P<words>[^#@\n]{0,60})$")
_SPACED = re.compile(r"\s")


class CaptureText(QPlainTextEdit):
    """Plain text; Enter publishes, Shift+Enter starts a new line."""

    submitted = Signal()
    left = Signal()
    """Esc: the person goes elsewhere, the draft stays."""
    attached = Signal(object)
    refused = Signal(str, object)
    """A sentence, and the text that was too long to be typed (an object: it is not copied)."""
    place_chosen = Signal(str, object)
    """The words put after @ and the `PlaceChoice` they stand for."""

    def __init__(self, desk: Desk, lookups: Lookups, *, quick: bool = True) -> None:
        """Outside of the quick capture, Enter starts a new line and nothing is proposed."""
        super().__init__()
        self._desk, self._lookups, self._quick = desk, lookups, quick
        self._asked = ""
        self._chosen: set[str] = set()
        self.setTabChangesFocus(True)
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.popup = Popup(desk.theme, self)
        self.popup.chosen.connect(self._complete)
        self._later = QTimer(self, singleShot=True, interval=90)
        self._later.timeout.connect(self._propose)
        self.textChanged.connect(self._grow)
        if quick:
            self.textChanged.connect(self._later.start)
        self.cursorPositionChanged.connect(self._moved)
        desk.theme.changed.connect(self._grow)
        self._grow()

    # Size

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self._height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._height())

    def _height(self) -> int:
        lines = max(1, min(MAX_LINES, round(self.document().size().height())))
        around = self._desk.theme.px(10) + 2 * int(self.document().documentMargin()) + 4
        return lines * self.fontMetrics().lineSpacing() + around

    def _grow(self) -> None:
        overflows = self.document().size().height() > MAX_LINES
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if overflows else policy.ScrollBarAlwaysOff
        )
        if self.height() != self._height():
            self.setFixedHeight(self._height())

    @override
    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._grow)

    # Marks in the text

    def mark(self, spans: Sequence[tuple[int, int]]) -> None:
        """Light up what was understood."""
        marks = []
        colour = QColor(self._desk.theme.hex("selection"))
        for start, end in spans:
            said = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            style = QTextCharFormat()
            style.setBackground(colour)
            said.cursor, said.format = cursor, style
            marks.append(said)
        self.setExtraSelections(marks)

    # Proposals

    def _before_caret(self) -> str:
        return self.toPlainText()[: self.textCursor().position()]

    def _trigger(self) -> re.Match[str] | None:
        match = _TRIGGER.search(self._before_caret()[-64:])
        if match is None:
            return None
        spaced = match["sign"] == "#" and _SPACED.search(match["words"])
        done = any(match["words"].startswith(name) for name in self._chosen)
        return None if spaced or done else match

    def _moved(self) -> None:
        if self.popup.isVisible() and self._trigger() is None:
            self.popup.hide()

    def _propose(self) -> None:
        match = self._trigger()
        if match is None or not self.hasFocus() or not match["words"].strip():
            self._asked = ""
            self.popup.hide()
            return
        self._asked = match[0]
        lookup = self._lookups.tags if match["sign"] == "#" else self._lookups.places
        words = match["words"]
        lookup(words, partial(self._answer, match[0], words))

    def _answer(self, asked: str, words: str, found: Sequence[Suggestion]) -> None:
        if asked != self._asked or not self.hasFocus():
            return
        if _SPACED.search(words.strip()):
            # After several words, only what really begins so: the sentence may have gone on.
            wanted = fold(words.strip())
            found = [s for s in found if _begins(s, wanted)]
        self.popup.propose(found, self, self._caret_box())

    def _caret_box(self) -> QRect:
        box = self.cursorRect()
        box.translate(self.viewport().pos())
        return box

    def _complete(self, said: Suggestion) -> None:
        match = self._trigger()
        if match is None:
            return
        cursor = self.textCursor()
        cursor.movePosition(
            QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(match["words"])
        )
        if isinstance(said.value, PlaceChoice):
            words = said.text
            self._chosen.add(words)
            self.place_chosen.emit(words, said.value)
        else:
            words = re.sub(r"\s+", "-", said.text)
        cursor.insertText(f"{words} ")
        self.setTextCursor(cursor)
        self.popup.hide()

    def _spelt_out(self) -> Suggestion | None:
        """The one proposal that is typed in full already: Enter then publishes."""
        match = self._trigger()
        if match is None:
            return None
        typed = slug(match["words"])
        meant = [said for said in self.popup.proposals if slug(said.text) == typed]
        return meant[0] if len(meant) == 1 and meant[0] is self.popup.current() else None

    def know_places(self, names: Sequence[str]) -> None:
        """The names already chosen after @ (a draft taken up again)."""
        self._chosen = set(names)

    # Keys

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and not held and (meant := self._spelt_out()) is not None:
            self._complete(meant)
            self.submitted.emit()
            return
        if self.popup.key(event):
            return
        if enter and held == Qt.KeyboardModifier.ShiftModifier:
            self.insertPlainText("\n")
        elif enter and (held == Qt.KeyboardModifier.ControlModifier or (self._quick and not held)):
            self.submitted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def event(self, event: Any) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == event.Type.KeyPress:
            tab = event.key() == Qt.Key.Key_Tab
            if tab and self.popup.isVisible() and self.popup.key(event):
                return True
        return super().event(event)

    @override
    def focusOutEvent(self, event: Any) -> None:
        self.popup.hide()
        super().focusOutEvent(event)

    # Pastes and drops

    @override
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasImage() or source.hasUrls()

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        text = source.text() if source.hasText() and not source.hasUrls() else ""
        spoken = bool(text) and not text.isspace()
        incoming = link_in(text) if spoken else attachable(source, local_now(self._desk))
        if incoming:
            self.attached.emit(incoming)
            return
        if len(self.toPlainText()) + len(text) > MAX_TEXT:
            sentence = _(
                "Ce texte est trop long pour une entrée ({n} caractères, {limit} au plus) : "
                "joignez-le en fichier et résumez-le ici."
            ).format(n=number(len(text)), limit=number(MAX_TEXT))
            self.refused.emit(sentence, text)
            return
        super().insertFromMimeData(source)


def _begins(said: Suggestion, wanted: str) -> bool:
    read = isinstance(said.value, PlaceChoice) and not said.value.place
    return read or fold(said.text).startswith(wanted)
