"""The notices of this session, newest first: what went by too fast can be read again."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from beffroi.text import _
from desktop.kit.notices import Notice, Notices
from desktop.kit.theme import Theme
from desktop.shell.page import PageOverlay
from desktop.shell.toasts import LOOKS


class History(PageOverlay):
    """All the notices kept since the window opened."""

    def __init__(self, window: QWidget, notices: Notices, theme: Theme) -> None:
        super().__init__(window, theme, _("Messages de cette session"))
        self._notices = notices

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
