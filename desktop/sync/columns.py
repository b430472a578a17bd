"""Cards side by side where there is room, one under the other where there is not."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.kit.pieces import words
from desktop.kit.theme import Theme

NARROW = 120
"""The least width of a column, at 100 %."""


class Columns(QWidget):
    """A row of equal columns that becomes a pile when it is squeezed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(theme.px(6))

    def add(self, widget: QWidget) -> None:
        """One more column."""
        self._line.addWidget(widget, 1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = event.size().width() < self._theme.px(NARROW) * self._line.count()
        direction = QBoxLayout.Direction
        self._line.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        super().resizeEvent(event)


class ValueCard(QFrame):
    """One value: whose it is, in words, then who gave it and when; what can be done goes below."""

    def __init__(self, theme: Theme, whose: str, value: str, told: str, *, ink: str = "") -> None:
        super().__init__()
        self.setObjectName("valueCard")
        self.setProperty("surface", "card")
        self.setAccessibleName(f"{whose}\u00a0: {value}. {told}")
        px = theme.px
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(px(9), px(7), px(9), px(8))
        self.column.setSpacing(px(3))
        self.column.addWidget(words(whose, role="section", ink=ink))
        shown = words(value)
        shown.setStyleSheet("font-weight: 600;")
        self.column.addWidget(shown)
        if told:
            self.column.addWidget(words(told, role="small", ink="muted"))
        self.column.addStretch(1)
