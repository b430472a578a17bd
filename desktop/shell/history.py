"""The notices of this session, newest first: what went by too fast can be read again."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from beffroi.text import _
from desktop.kit.notices import Notice, Notices
from desktop.kit.theme import Theme
from desktop.shell.overlay import Overlay
from desktop.shell.toasts import LOOKS


class History(Overlay):
    """All the notices kept since the window opened."""

    def __init__(self, window: QWidget, notices: Notices, theme: Theme) -> None:
        super().__init__(window, name="keymap")
        self._notices = notices
        self._theme = theme
        self.panel.setAccessibleName(_("Messages"))
        title = QLabel(_("Messages de cette session"), self.panel)
        title.setProperty("role", "big")
        close = QToolButton(self.panel)
        close.setIcon(theme.icon("x"))
        close.setAccessibleName(_("Fermer"))
        close.clicked.connect(self.close_)
        top = QHBoxLayout()
        top.setContentsMargins(20, 14, 12, 8)
        top.addWidget(title, 1)
        top.addWidget(close)
        self._scroll = QScrollArea(self.panel)
        self._scroll.setWidgetResizable(True)
        self.layout_.addLayout(top)
        self.layout_.addWidget(self._scroll, 1)
        self.setFocusProxy(self._scroll)

    @override
    def open(self) -> None:
        """Open with the notices as they are now."""
        self._scroll.setWidget(self._page())
        super().open()

    @override
    def panel_size(self) -> tuple[int, int, int]:
        return self._theme.px(620), self._theme.px(520), 64

    def _page(self) -> QWidget:
        page = QWidget()
        page.setProperty("surface", "clear")
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 4, 20, 20)
        column.setSpacing(8)
        for notice in reversed(self._notices.history):
            column.addWidget(self._line(notice))
        if not self._notices.history:
            empty = QLabel(_("Aucun message pour l’instant."), page)
            empty.setProperty("ink", "faint")
            column.addWidget(empty)
        column.addStretch()
        return page

    def _line(self, notice: Notice) -> QFrame:
        line = QFrame()
        line.setProperty("surface", "card")
        icon, ink, word = LOOKS[notice.level]
        mark = QLabel(line)
        mark.setPixmap(self._theme.icon(icon, ink).pixmap(self._theme.px(17), self._theme.px(17)))
        mark.setAccessibleName(_(word))
        words = QLabel(notice.text, line)
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout(line)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(mark, alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        if notice.details:
            copy = QPushButton(_("Copier les détails"), line)
            copy.setProperty("kind", "quiet")
            copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(notice.details))
            row.addWidget(copy)
        return line
