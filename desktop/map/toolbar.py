"""The strip above the map: where to go, how entries are drawn, what one can do."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolBar, QToolButton, QWidget
from typing_extensions import override

from desktop.kit.theme import Theme
from desktop.map.jumps import Jumps

_MARGINS = 32
"""Pixels between and around the search box, the places and the tools."""


class MapToolbar(QWidget):
    """Shows and asks; the panel does."""

    def __init__(self, theme: Theme, search: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._search = search
        self._icons: list[tuple[QToolButton, str]] = []
        self._spare: list[QAction] = []
        self._apart = False
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
        """Set the next tools apart: a narrow strip leaves them to the menu and the keyboard."""
        self._apart = True
        self._spare.append(self._tools.addSeparator())

    def _button(self, name: str, icon: str, tip: str) -> QToolButton:
        button = QToolButton(self._tools)
        button.setObjectName(name)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setAutoRaise(True)
        button.setIcon(self._theme.icon(icon))
        self._icons.append((button, icon))
        action = self._tools.addWidget(button)
        if self._apart:
            self._spare.append(action)
        return button

    def _paint(self) -> None:
        side = self._theme.px(18)
        self._tools.setIconSize(QSize(side, side))
        for button, icon in self._icons:
            button.setIcon(self._theme.icon(icon))
        self._fit()

    def _fit(self) -> None:
        """Show the spare tools when there is room for them beside all the rest."""
        for action in self._spare:
            action.setVisible(True)
        whole = self._tools.sizeHint().width()
        others = self._search.minimumWidth() + self.jumps.minimumSizeHint().width()
        if self.width() < whole + others + _MARGINS:
            for action in self._spare:
                action.setVisible(False)
        self._tools.setMinimumWidth(self._tools.sizeHint().width())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def minimumSizeHint(self) -> QSize:
        most = self._search.minimumWidth() + self.jumps.minimumSizeHint().width() + _MARGINS
        kept = sum(
            button.sizeHint().width() + 2
            for button, _icon in self._icons
            if not any(self._tools.widgetForAction(a) is button for a in self._spare)
        )
        return QSize(most + kept, super().minimumSizeHint().height())
