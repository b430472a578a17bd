"""The strip above the map: where to go, how entries are drawn, what one can do."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QToolBar, QToolButton, QWidget

from desktop.kit.theme import Theme
from desktop.map.jumps import Jumps


class MapToolbar(QWidget):
    """Shows and asks; the panel does."""

    def __init__(self, theme: Theme, search: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons: list[tuple[QToolButton, str]] = []
        self._tools = QToolBar(self)
        self.jumps = Jumps(theme, self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.setSpacing(6)
        layout.addWidget(search, 4)
        layout.addWidget(self.jumps, 4)
        layout.addWidget(self._tools)
        theme.changed.connect(self._paint)
        self._paint()

    def add_tool(self, name: str, icon: str, tip: str, run: Callable[[], None]) -> QToolButton:
        """One more tool button."""
        button = self._button(name, icon, tip)
        button.clicked.connect(lambda _checked=False: run())
        return button

    def add_switch(
        self, name: str, icon: str, tip: str, run: Callable[[bool], None]
    ) -> QToolButton:
        """One more button that stays down."""
        button = self._button(name, icon, tip)
        button.setCheckable(True)
        button.toggled.connect(run)
        return button

    def add_gap(self) -> None:
        """Set the next tools apart."""
        self._tools.addSeparator()

    def _button(self, name: str, icon: str, tip: str) -> QToolButton:
        button = QToolButton(self._tools)
        button.setObjectName(name)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setAutoRaise(True)
        button.setIcon(self._theme.icon(icon))
        self._icons.append((button, icon))
        self._tools.addWidget(button)
        self._keep_all()
        return button

    def _paint(self) -> None:
        side = self._theme.px(18)
        self._tools.setIconSize(QSize(side, side))
        for button, icon in self._icons:
            button.setIcon(self._theme.icon(icon))
        self._keep_all()

    def _keep_all(self) -> None:
        """No tool goes into an overflow menu."""
        self._tools.setMinimumWidth(self._tools.sizeHint().width())
