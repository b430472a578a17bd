"""Lets capabilities arrive one at a time, so that the desk answers in between."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.api import Install


class Filling(QObject):
    """Takes one capability a turn of the event loop, until there are no more."""

    done = Signal()

    def __init__(self, fill: Callable[[Install], None], parent: QObject) -> None:
        """`fill` installs one capability; nothing comes any more once `parent` is gone."""
        super().__init__(parent)
        self._fill = fill
        self._arrivals: Iterator[Install] | None = None
        self.complete = False

    def begin(self, arrivals: Iterator[Install]) -> None:
        """Install what `arrivals` yields; the first at once, and only the first time this is asked."""
        if self._arrivals is None:
            self._arrivals = arrivals
            self._next()

    def _next(self) -> None:
        install = None if self._arrivals is None else next(self._arrivals, None)
        if install is None:
            self.complete = True
            self.done.emit()
            return
        self._fill(install)
        QTimer.singleShot(0, self, self._next)
