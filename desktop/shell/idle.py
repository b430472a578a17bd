"""Locks a desk that nobody touches: ten minutes without a key or a gesture (domain rule: 5 to 10)."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from typing_extensions import override

QUIET_MS = 10 * 60_000
_GESTURES = frozenset(
    {
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.KeyPress,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """Hears the gestures of every window that gets the keyboard, and runs `lock` after silence.

    It listens to windows, not to the application: a look at every event of every widget would be
    paid on each repaint.
    """

    def __init__(self, lock: Callable[[], None], parent: QObject, quiet_ms: int = QUIET_MS) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(quiet_ms)
        self._timer.timeout.connect(lock)
        QGuiApplication.instance().focusWindowChanged.connect(self._hear)  # type: ignore[union-attr]

    @property
    def on(self) -> bool:
        """Whether silence will lock the desk."""
        return self._timer.isActive()

    def set_on(self, *, on: bool) -> None:
        """Watch from now on, or stop (a wall screen, a kiosk)."""
        if on:
            self._timer.start()
        else:
            self._timer.stop()

    def _hear(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _GESTURES and self._timer.isActive():
            self._timer.start()
        return False
