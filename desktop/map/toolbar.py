"""The strip above the map: where to go, how entries are drawn, what one can do."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolBar, QToolButton, QWidget

from beffroi.text import _
from desktop.kit.theme import Theme
from desktop.map.territories import QUICK, Quick


class MapToolbar(QWidget):
    """Shows and asks; the panel does."""

    quick_asked = Signal(object)
    mode_asked = Signal(str)

    def __init__(self, theme: Theme, search: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons: list[tuple[QToolButton, str]] = []
        self._tools = QToolBar(self)
        self._tools.setIconSize(QSize(theme.px(18), theme.px(18)))
        self._jumps = QToolBar(self)
        self._jumps.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        for quick in QUICK:
            self._add_jump(quick)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.setSpacing(6)
        layout.addWidget(search, 3)
        layout.addWidget(self._jumps, 4)
        layout.addWidget(self._tools)
        theme.changed.connect(self._paint)

    def _add_jump(self, quick: Quick) -> None:
        action = self._jumps.addAction(_(quick.title))
        action.setObjectName(f"jump-{quick.id}")
        action.setToolTip(_("Voir {place}").format(place=_(quick.title)))
        action.triggered.connect(lambda _checked=False, q=quick: self.quick_asked.emit(q))

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
        return button

    def _paint(self) -> None:
        for button, icon in self._icons:
            button.setIcon(self._theme.icon(icon))
