"""A part of the screen as an attachment: drag a frame, or Enter for the whole screen."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from beffroi.text import _
from desktop.kit.theme import Theme
from desktop.logbook.writing.pasted import of_image

LEAST = 6
"""A frame smaller than this many pixels is a slip of the hand."""


class ScreenPicker(QWidget):
    """The screen as it was when asked, dimmed, waiting for a frame; Esc gives up."""

    taken = Signal(object)
    """An `Incoming` with the picture."""

    def __init__(self, theme: Theme, asked_by: QWidget) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._theme = theme
        self._screen = asked_by.screen()
        self._shot = QPixmap()
        self._from: QPoint | None = None
        self._frame = QRect()

    def start(self) -> None:
        """Look at the screen once what covers it is gone."""
        QTimer.singleShot(60, self, self._look)

    def _look(self) -> None:
        self._shot = self._screen.grabWindow(0)
        self.setGeometry(self._screen.geometry())
        self.show()
        self.activateWindow()
        self.setFocus()

    @override
    def paintEvent(self, event: Any) -> None:
        painter = QPainter(self)
        painter.drawPixmap(self.rect(), self._shot)
        painter.fillRect(self.rect(), QColor(0, 0, 0, 90))
        if not self._frame.isEmpty():
            painter.drawPixmap(self._frame, self._shot, self._in_pixels(self._frame))
            painter.setPen(QPen(self._theme.color("accent"), 2))
            painter.drawRect(self._frame)
        self._say(painter)
        painter.end()

    def _say(self, painter: QPainter) -> None:
        words = _("Tracez un cadre · Entrée : tout l’écran · Échap : renoncer")
        painter.setFont(self._theme.font("title"))
        width = painter.fontMetrics().horizontalAdvance(words) + 40
        box = QRect((self.width() - width) // 2, 24, width, 40)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("tooltip"))
        painter.drawRoundedRect(box, 8, 8)
        painter.setPen(self._theme.color("tooltip_text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _in_pixels(self, frame: QRect) -> QRect:
        ratio = self._shot.devicePixelRatio()
        corner = frame.topLeft() * ratio
        return QRect(corner, frame.size() * ratio)

    def _take(self, frame: QRect) -> None:
        picture = self._shot.copy(self._in_pixels(frame)).toImage()
        moment = datetime.now().astimezone()
        self.taken.emit(of_image(picture, moment, _("capture d’écran")))
        self.close()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from = event.position().toPoint()
        self._frame = QRect()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self._frame = QRect(self._from, event.position().toPoint()).normalized()
            self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._from = None
        if min(self._frame.width(), self._frame.height()) >= LEAST:
            self._take(self._frame)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._take(self.rect())
