"""What floats over the list: the day being read, and word of entries that came above."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QPushButton, QWidget
from typing_extensions import override

from beffroi.text import ngettext, number
from desktop.kit.theme import Theme


class DayBand(QWidget):
    """The day of the first entry in sight, always at the top."""

    def __init__(self, area: QAbstractScrollArea, theme: Theme) -> None:
        super().__init__(area.viewport())
        self._theme = theme
        self._words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def wanted_height(self) -> int:
        """Enough for one line."""
        return self._theme.px(26)

    def say(self, words: str) -> None:
        """Name another day."""
        if words != self._words:
            self._words = words
            self.setAccessibleName(words)
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        painter.fillRect(self.rect(), theme.color("bg"))
        painter.setPen(theme.color("border"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.setFont(theme.font("small", bold=True))
        painter.setPen(theme.color("muted"))
        painter.drawText(
            QRectF(theme.px(12), 0, self.width(), self.height()),
            Qt.AlignmentFlag.AlignVCenter,
            self._words,
        )


class NewPill(QPushButton):
    """« 3 nouvelles entrées »: a click goes to the top, nothing moves before."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area.viewport())
        self.count = 0
        self.setObjectName("newPill")
        self.setProperty("kind", "primary")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def add(self, count: int) -> None:
        """So many entries more have come above what is in sight."""
        self.count += count
        words = ngettext("{n} nouvelle entrée", "{n} nouvelles entrées", self.count)
        self.setText("↑ " + words.format(n=number(self.count)))
        self.adjustSize()
        self.show()
        self.raise_()

    def clear(self) -> None:
        """They have been seen."""
        self.count = 0
        self.hide()

    def settle(self, middle: int, top: int) -> None:
        """Centre the pill under the day."""
        self.move(middle - self.width() // 2, top)
