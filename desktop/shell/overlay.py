"""A panel over the window that goes away by itself: Esc, a click elsewhere, or another window."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget
from typing_extensions import override


class Overlay(QWidget):
    """A veil over the whole window with one panel in it; the keyboard comes back where it was."""

    closed = Signal()

    def __init__(self, window: QWidget, *, name: str) -> None:
        super().__init__(window)
        self.setObjectName("veil")
        self._window = window
        self._before: QWidget | None = None
        self.panel = QFrame(self)
        self.panel.setObjectName(name)
        self.layout_ = QVBoxLayout(self.panel)
        self.layout_.setContentsMargins(0, 0, 0, 0)
        self.layout_.setSpacing(0)
        self.hide()
        window.installEventFilter(self)

    def panel_size(self) -> tuple[int, int, int]:
        """Width, height and distance from the top, for the present window."""
        return 560, 420, 72

    def open(self) -> None:
        """Cover the window and take the keyboard."""
        self._before = QApplication.focusWidget()
        self.fit()
        self.show()
        self.raise_()
        self.setFocus()

    def close_(self) -> None:
        """Uncover the window and give the keyboard back."""
        if not self.isVisible():
            return
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self.closed.emit()

    def fit(self) -> None:
        """Cover the window as it is now, the panel in its place."""
        self.setGeometry(self._window.rect())
        width, height, top = self.panel_size()
        width = min(width, self.width() - 24)
        height = min(height, self.height() - top - 16)
        self.panel.setGeometry((self.width() - width) // 2, top, width, height)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self.fit()
        return super().eventFilter(watched, event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.close_()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(10, 14, 18, 70))
