"""When the profile is erased under the desk: everything is put out of sight, one page says why."""

from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from typing_extensions import override

from desktop.access.erased import ErasedPage
from desktop.api import Desk
from desktop.shell.overlay import Overlay
from desktop.shell.window import Window


class Farewell(Overlay):
    """Covers the window for good; the only way on is out."""

    def __init__(self, window: Window, desk: Desk) -> None:
        super().__init__(window, name="farewell")
        self._main = window
        self._desk = desk
        self.page = ErasedPage(desk.theme, self.panel)
        self.page.left.connect(window.close)
        self.layout_.addWidget(self.page)
        self.setFocusProxy(self.page)
        desk.link.erased.connect(self.take_over)

    def take_over(self, sentence: str, salvage: str) -> None:
        """Close what was open and say what happened; what is kept in memory goes with the window."""
        self.page.say(sentence, salvage)
        self._desk.tasks.run(self._desk.node.close, lambda _none: None, touches_store=True)
        self._desk.tasks.hush()
        self._main.set_locked(locked=True)
        self.open()

    @override
    def panel_size(self) -> tuple[int, int, int]:
        px = self._desk.theme.px
        return px(680), px(430), max(60, self._main.height() // 6)

    @override
    def close_(self) -> None:
        """There is nothing left to come back to."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(self._desk.theme.color("bg")))
