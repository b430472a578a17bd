"""Files, addresses and texts dropped anywhere on the window: who wants what, said while they hover.

Fields and forms that take drops themselves come first: only what nobody took arrives here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QRect, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop.kit.theme import Theme

_ENTER = (QEvent.Type.DragEnter, QEvent.Type.DragMove)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taker:
    """Somebody who takes drops: `wants(data)` says whether, `words` what letting go will do."""

    wants: Callable[[QMimeData], bool]
    take: Callable[[QMimeData], None]
    words: str


class Drops(QObject):
    """The last who asked is asked first: whoever takes anything asks early, the choosy ones late."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._takers: list[Taker] = []
        self._veil = _Veil(window, theme)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def add(self, taker: Taker) -> None:
        """Let `taker` have what it wants."""
        self._takers.insert(0, taker)

    def taker(self, data: QMimeData) -> Taker | None:
        """Who would take this."""
        return next((one for one in self._takers if one.wants(data)), None)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragMoveEvent) and event.type() in _ENTER:
            return self._hover(event)
        if event.type() == QEvent.Type.DragLeave:
            self._veil.hide()
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            return self._let_go(event)
        return super().eventFilter(watched, event)

    def _hover(self, event: QDragMoveEvent) -> bool:
        taker = self.taker(event.mimeData())
        if taker is None:
            return False
        event.acceptProposedAction()
        self._veil.say(taker.words)
        return True

    def _let_go(self, event: QDropEvent) -> bool:
        self._veil.hide()
        taker = self.taker(event.mimeData())
        if taker is None:
            return False
        event.acceptProposedAction()
        taker.take(event.mimeData())
        return True


class _Veil(QWidget):
    """What letting go will do, over the whole window."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._theme = theme
        self._words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def say(self, words: str) -> None:
        """Show the words."""
        self._words = words
        window = self.parentWidget()
        if window is not None:
            self.setGeometry(window.rect())
        self.setAccessibleName(words)
        self.show()
        self.raise_()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wash = theme.color("accent_soft")
        wash.setAlpha(150)
        painter.fillRect(self.rect(), wash)
        painter.setPen(QPen(theme.color("accent"), px(2), Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        frame = self.rect().adjusted(px(10), px(10), -px(10), -px(10))
        painter.drawRoundedRect(frame, px(10), px(10))
        painter.setFont(theme.font("big", bold=True))
        width = painter.fontMetrics().horizontalAdvance(self._words) + px(48)
        box = QRect(0, 0, min(width, self.width()), px(56))
        box.moveCenter(self.rect().center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        painter.drawRoundedRect(box, px(10), px(10))
        painter.setPen(theme.color("accent_text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._words)


def dropped_files(data: QMimeData) -> list[Path]:
    """The files of a drop, on this machine."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
