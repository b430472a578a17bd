"""An overlay that is read: a title, a button to close it, and a page that scrolls."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QToolButton, QWidget

from beffroi.text import _
from desktop.kit.theme import Theme
from desktop.shell.overlay import Overlay


class PageOverlay(Overlay):
    """Subclasses put what is read into `_scroll`; the keyboard scrolls it."""

    def __init__(self, window: QWidget, theme: Theme, title: str) -> None:
        super().__init__(window, name="keymap")
        self._theme = theme
        self.panel.setAccessibleName(title)
        head = QLabel(title, self.panel)
        head.setProperty("role", "big")
        close = QToolButton(self.panel)
        close.setIcon(theme.icon("x"))
        close.setAccessibleName(_("Fermer"))
        close.clicked.connect(self.close_)
        top = QHBoxLayout()
        top.setContentsMargins(20, 14, 12, 8)
        top.addWidget(head, 1)
        top.addWidget(close)
        self._scroll = QScrollArea(self.panel)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.layout_.addLayout(top)
        self.layout_.addWidget(self._scroll, 1)
        self.setFocusProxy(self._scroll)
