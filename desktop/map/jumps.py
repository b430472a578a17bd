"""The territories one click away: as many buttons as fit, the others in a menu."""

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from beffroi.text import _
from desktop.kit.theme import Theme
from desktop.map.territories import QUICK, Quick

_GAP = 2


class Jumps(QWidget):
    """`asked` tells the view to show."""

    asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons = [self._button(quick) for quick in QUICK]
        self._more = QToolButton(self)
        self._more.setObjectName("jump-more")
        self._more.setAutoRaise(True)
        self._more.setToolTip(_("Autres territoires"))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self._more)
        self._more.setMenu(self._menu)
        self._more.setText(_("Aller à"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._arrange)

    def _button(self, quick: Quick) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"jump-{quick.id}")
        button.setText(_(quick.title))
        button.setAutoRaise(True)
        button.setToolTip(_("Voir {place}").format(place=_(quick.title)))
        button.clicked.connect(partial(self._ask, quick))
        return button

    def _ask(self, quick: Quick, _checked: bool = False) -> None:
        self.asked.emit(quick)

    def _arrange(self) -> None:
        """Show the buttons that fit, in their order; the menu holds the others."""
        widths = [button.sizeHint().width() + _GAP for button in self._buttons]
        room = self.width()
        if sum(widths) > room:
            room -= self._more.sizeHint().width() + _GAP
        x = 0
        hidden: list[Quick] = []
        for button, quick, width in zip(self._buttons, QUICK, widths, strict=True):
            fits = not hidden and x + width <= room
            button.setVisible(fits)
            if fits:
                button.setGeometry(x, 0, width - _GAP, self.height())
                x += width
            else:
                hidden.append(quick)
        self._more.setVisible(bool(hidden))
        self._more.setGeometry(x, 0, self._more.sizeHint().width(), self.height())
        self._menu.clear()
        for quick in hidden:
            self._menu.addAction(_(quick.title), partial(self._ask, quick))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def sizeHint(self) -> QSize:
        width = sum(button.sizeHint().width() + _GAP for button in self._buttons)
        return QSize(width, self._more.sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return self._more.sizeHint()
