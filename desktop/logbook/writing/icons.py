"""Icons that follow the theme: buttons and small pictures redrawn when the look changes."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from desktop.kit.theme import Theme


class IconButton(QToolButton):
    """A tool button known by its icon, named for those who do not see it."""

    def __init__(
        self, theme: Theme, icon: str, says: str, parent: QWidget | None = None, *, side: int = 17
    ) -> None:
        super().__init__(parent)
        self._theme, self._icon, self._side = theme, icon, side
        self.setToolTip(says)
        self.setAccessibleName(says)
        theme.changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        side = self._theme.px(self._side)
        self.setIcon(self._theme.icon(self._icon))
        self.setIconSize(QSize(side, side))


class Cross(IconButton):
    """The small cross that removes the thing it stands on; the keyboard uses Delete instead."""

    def __init__(self, theme: Theme, says: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, "x", says, parent, side=12)
        self.setFixedSize(theme.px(18), theme.px(18))
        self.setStyleSheet("QToolButton { padding: 0; min-height: 0; }")


class IconLabel(QLabel):
    """A small picture in the colour of a token of the theme."""

    def __init__(
        self,
        theme: Theme,
        icon: str = "",
        ink: str = "muted",
        parent: QWidget | None = None,
        *,
        side: int = 15,
    ) -> None:
        super().__init__(parent)
        self._theme, self._icon, self._ink, self._side = theme, icon, ink, side
        theme.changed.connect(self._draw)
        self._draw()

    def draw(self, icon: str, ink: str) -> None:
        """Show another picture."""
        self._icon, self._ink = icon, ink
        self._draw()

    def _draw(self) -> None:
        side = self._theme.px(self._side)
        if self._icon:
            picture = self._theme.icon(self._icon, self._ink)
            self.setPixmap(picture.pixmap(QSize(side, side)))
        else:
            self.clear()
