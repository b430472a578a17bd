"""Notes how long the desk took to become usable, for benchmarks and for the self-test."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop.kit.shared import Shared

AWAITED = ("window", "logbook", "map")
_NAMES = {"window": "window_ms", "logbook": "list_ms", "map": "map_ms"}


def process_start() -> float:
    """When this process was made (or its launcher said so), in seconds since 1970."""
    if said := os.environ.get("BEFFROI_T0"):
        return float(said)
    try:
        ticks = int(Path("/proc/self/stat").read_text("ascii").rsplit(")", 1)[1].split()[19])
        uptime = float(Path("/proc/uptime").read_text("ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return time.time()
    return time.time() - uptime + ticks / os.sysconf("SC_CLK_TCK")


class Readiness(QObject):
    """Waits for the window, the list and the map to have painted."""

    first_paint = Signal()
    """The window is on screen: what is heavy may come now."""

    def __init__(
        self, window: QWidget, shared: Shared, target: Path | None, ready: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self._start = process_start()
        self._target = target
        self._ready = ready
        self.times: dict[str, int] = {}
        self._window = window
        window.installEventFilter(self)
        shared.painted.connect(self.note)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self, self._painted)
        return super().eventFilter(watched, event)

    def _painted(self) -> None:
        self.note("window")
        self.first_paint.emit()

    def note(self, what: str) -> None:
        """`what` has painted."""
        if what not in AWAITED or _NAMES[what] in self.times:
            return
        self.times[_NAMES[what]] = round((time.time() - self._start) * 1000)
        if len(self.times) == len(AWAITED):
            if self._target is not None:
                self._target.write_text(json.dumps(self.times), "utf-8")
            self._ready()
