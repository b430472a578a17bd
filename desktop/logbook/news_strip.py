"""The line above the list that says what is new since a cut, shows only that, or calls it read."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from beffroi.text import _
from desktop.kit.theme import Theme
from desktop.logbook.news import News


class NewsStrip(QWidget):
    """There only while there is something new."""

    only_asked = Signal(bool)
    """Show the news alone, or everything again."""
    read_asked = Signal()
    """Call all of it read."""

    def __init__(self, theme: Theme, news: News, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._news = news
        self.setObjectName("newsStrip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        px = theme.px
        self._picture = QLabel(self)
        self.only = QPushButton(self)
        self.only.setProperty("kind", "chip")
        self.only.setCheckable(True)
        self.only.setToolTip(_("Ne montrer que les nouveautés"))
        self.only.toggled.connect(self._toggled)
        self.read = QPushButton(_("Tout marquer lu"), self)
        self.read.setProperty("kind", "quiet")
        self.read.clicked.connect(self.read_asked)
        line = QHBoxLayout(self)
        line.setContentsMargins(px(10), px(3), px(8), px(3))
        line.setSpacing(px(8))
        line.addWidget(self._picture)
        line.addWidget(self.only)
        line.addStretch(1)
        line.addWidget(self.read)
        news.changed.connect(self._say)
        theme.changed.connect(self._dress)
        self._dress()
        self._say()

    def _dress(self) -> None:
        theme = self._theme
        side = theme.px(17)
        self._picture.setPixmap(theme.icon("inbox", "accent").pixmap(QSize(side, side)))
        self.setStyleSheet(
            f"#newsStrip {{ background: {theme.hex('accent_soft')};"
            f" border-bottom: 1px solid {theme.hex('border')}; }}"
            f"#newsStrip QPushButton:checked {{ background: {theme.hex('accent')};"
            f" color: {theme.hex('accent_text')}; }}"
        )

    def _say(self) -> None:
        some = len(self._news) > 0
        said = self._news.words() if some else _("Nouveautés\u00a0: tout est lu")
        self.only.setText(said)
        self.only.setAccessibleName(said)
        self.read.setVisible(some)
        self.setVisible(some or self.only.isChecked())

    def _toggled(self, on: bool) -> None:
        self.only_asked.emit(on)
        self._say()
