"""The line under the capture: how to write, what was just kept, what went wrong."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.kit.theme import Theme
from desktop.logbook.writing.icons import IconLabel

FLASH_MS = 6000


class StatusLine(QWidget):
    """One message at a time, green or red, with at most one thing to do about it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._run: Callable[[], None] | None = None
        self.setObjectName("captureStatus")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._mark = IconLabel(theme, parent=self)
        self._ink = "accent"
        self._worn: tuple[object, ...] = ()
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._action = QPushButton(self)
        self._action.setProperty("kind", "quiet")
        self._action.clicked.connect(self._act)
        self._timer = QTimer(self, singleShot=True, interval=FLASH_MS)
        self._timer.timeout.connect(self.clear)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(8), theme.px(3), theme.px(4), theme.px(3))
        layout.setSpacing(theme.px(6))
        layout.addWidget(self._mark)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._action)
        theme.changed.connect(self._dress)
        self.clear()

    @property
    def text(self) -> str:
        """What it says now."""
        return "" if self.isHidden() else self._words.text()

    def kept(self, text: str, action: str = "", run: Callable[[], None] | None = None) -> None:
        """Say in green what is safely kept; it goes away by itself."""
        self._say(text, "check", "ok", action, run)
        self._timer.start()

    def told(self, text: str, action: str = "", run: Callable[[], None] | None = None) -> None:
        """Say something that stays until the next thing."""
        self._say(text, "info-circle", "accent", action, run)

    def wrong(self, text: str, action: str = "", run: Callable[[], None] | None = None) -> None:
        """Say what went wrong and what to do."""
        self._say(text, "alert-circle", "danger", action, run)

    def forgive(self) -> None:
        """Somebody writes again: what was wrong is over, unless there is something to do about it."""
        if self._ink == "danger" and self._run is None:
            self.clear()

    def clear(self) -> None:
        """Say nothing."""
        self._timer.stop()
        self._run = None
        self.hide()

    def _say(
        self, text: str, icon: str, ink: str, action: str, run: Callable[[], None] | None
    ) -> None:
        self._timer.stop()
        self._ink = ink
        self._mark.draw(icon, ink)
        self._words.setText(text)
        self._dress()
        self._run = run
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.show()

    def _dress(self) -> None:
        theme, ink = self._theme, self._ink
        worn = (theme.name, theme.text_size, ink)
        if worn == self._worn:
            return
        self._worn = worn
        soft = {"accent": "accent_soft", "ok": "ok_soft", "danger": "danger_soft"}[ink]
        self.setStyleSheet(
            f"#captureStatus {{ background: {theme.hex(soft)}; border-radius: {theme.px(6)}px; }}"
            f"#captureStatus QLabel {{ color: {theme.hex(ink)}; }}"
        )

    def _act(self) -> None:
        run = self._run
        self.clear()
        if run is not None:
            run()
