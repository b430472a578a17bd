"""What a panel says when it has nothing to show: why, and what to do."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.kit.theme import Theme


class EmptyState(QWidget):
    """A sentence with its remedy."""

    asked = Signal()
    """The remedy's button was pressed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icon = ""
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._picture = QLabel(self)
        self.title = QLabel(self)
        self.title.setProperty("role", "title")
        self.hint = QLabel(self)
        self.hint.setWordWrap(True)
        self.hint.setProperty("ink", "muted")
        self.remedy = QPushButton(self)
        self.remedy.clicked.connect(self.asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(24), theme.px(24), theme.px(24), theme.px(24))
        layout.addStretch(1)
        for widget in (self._picture, self.title, self.hint):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(widget)
        layout.addSpacing(theme.px(8))
        layout.addWidget(self.remedy, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        theme.changed.connect(self._draw)

    def say(self, icon: str, title: str, hint: str, remedy: str = "") -> None:
        """Explain the emptiness."""
        self._icon = icon
        self.title.setText(title)
        self.hint.setText(hint)
        self.remedy.setText(remedy)
        self.remedy.setVisible(bool(remedy))
        self._draw()

    def _draw(self) -> None:
        if self._icon:
            side = self._theme.px(34)
            icon = self._theme.icon(self._icon, "control")
            self._picture.setPixmap(icon.pixmap(QSize(side, side)))
