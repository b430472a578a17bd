"""The panel of the form: head, fields, offers and foot; what it does with keys and drops."""

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from beffroi.text import _
from desktop.api import Desk
from desktop.logbook.writing.editor_frame import Foot, Head
from desktop.logbook.writing.form import Form
from desktop.logbook.writing.lookups import Lookups
from desktop.logbook.writing.offer import PhotoOffer
from desktop.logbook.writing.pasted import attachable, of_text
from desktop.logbook.writing.status_line import StatusLine
from desktop.logbook.writing.zones import local_now

_ALONE = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)


class EditorBase(QWidget):
    """Lays the parts out; Esc leaves, a lone letter is never a shortcut, drops are attached."""

    closed = Signal()

    def __init__(self, desk: Desk, lookups: Lookups) -> None:
        super().__init__()
        self._desk = desk
        self.head = Head(desk.theme)
        self.form = Form(desk, lookups)
        self.offer = PhotoOffer(desk.theme)
        self.status = StatusLine(desk.theme)
        self.foot = Foot(desk.theme)
        self.setAcceptDrops(True)
        self._lay_out()
        self.offer.taken.connect(self.form.place.take_point)
        strip, text = self.form.attachments.strip, self.form.text.editor
        strip.position_found.connect(self.offer.propose)
        text.attached.connect(strip.take)
        text.left.connect(self.leave)
        text.refused.connect(self._too_long)

    def _lay_out(self) -> None:
        px = self._desk.theme.px
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(self.head)
        stack.addWidget(self.form, 1)
        said = QVBoxLayout()
        said.setContentsMargins(px(12), px(4), px(12), px(4))
        said.addWidget(self.offer)
        said.addWidget(self.status)
        stack.addLayout(said)
        stack.addWidget(self.foot)

    def leave(self) -> None:
        """Go elsewhere; what was begun stays a draft, what was changed is saved."""
        self.put_away()
        self._desk.shared.preview_changed.emit(None)
        self.closed.emit()

    def put_away(self) -> None:
        """Keep what waits."""

    def _too_long(self, sentence: str, text: str) -> None:
        take = self.form.attachments.strip.take
        join = partial(take, of_text(text, local_now(self._desk)))
        self.status.wrong(sentence, _("Joindre en fichier"), join)

    @override
    def hideEvent(self, event: object) -> None:
        self.put_away()
        super().hideEvent(event)  # type: ignore[arg-type]

    @override
    def event(self, event: QEvent) -> bool:
        # While one writes, a lone letter is never the desk's shortcut (Q, C, R…).
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            typed = event.text()
            if typed and typed.isprintable() and event.modifiers() in _ALONE:
                event.accept()
                return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if attachable(event.mimeData(), local_now(self._desk)):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.form.attachments.strip.take(attachable(event.mimeData(), local_now(self._desk)))
        event.acceptProposedAction()
