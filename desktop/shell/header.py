"""The top of the window: the exercise strip when there is one, the menus, the bandeau."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from beffroi.text import _
from desktop.api import Desk
from desktop.shell.bandeau import Bandeau
from desktop.shell.menus import Menus
from desktop.shell.strip import Strip


class Header(QWidget):
    """Menus and bandeau share one line when the window is wide enough, two otherwise."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self.strip = (
            None if desk.node.info.mode == "real" else Strip(desk.node.info.mode, desk.theme)
        )
        self.menus = Menus(desk, self)
        self.title = QLabel(desk.node.info.title, self)
        self.title.setProperty("role", "section")
        self.title.setAccessibleName(_("Profil ouvert"))
        self.bandeau = Bandeau(desk, self)
        self.bell = self._bell()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 6, 0)
        self._grid.setSpacing(0)
        self._grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        if self.strip is not None:
            layout.addWidget(self.strip)
        layout.addLayout(self._grid)
        self._lines = 0
        self._arrange(1)
        desk.theme.changed.connect(self._dress)

    def _bell(self) -> QToolButton:
        bell = QToolButton(self)
        bell.setIcon(self._desk.theme.icon("bell"))
        bell.setToolTip(_("Messages"))
        bell.setAccessibleName(_("Messages"))
        bell.clicked.connect(lambda: self._desk.commands.run("notices.history"))
        return bell

    def _arrange(self, lines: int) -> None:
        if lines == self._lines:
            return
        self._lines = lines
        end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        centre = Qt.AlignmentFlag.AlignCenter
        self._grid.addWidget(self.menus, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(self.title, 0, 1, centre)
        if lines == 1:
            self._grid.addWidget(self.bandeau, 0, 2, end)
            self._grid.addWidget(self.bell, 0, 3)
        else:
            self._grid.addWidget(self.bell, 0, 2, end)
            self._grid.addWidget(self.bandeau, 1, 0, 1, 4)

    def _dress(self) -> None:
        self.bell.setIcon(self._desk.theme.icon("bell"))
        self._rearrange()

    def _rearrange(self) -> None:
        room = self.width() - self.bell.sizeHint().width() - 12
        wanted = self.menus.sizeHint().width() + self.bandeau.sizeHint().width()
        self._arrange(1 if wanted <= room else 2)
        spare = room - wanted
        self.title.setVisible(self._lines == 2 or spare > self.title.sizeHint().width() + 24)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._rearrange()
        return super().event(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rearrange()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(640, super().minimumSizeHint().height())
