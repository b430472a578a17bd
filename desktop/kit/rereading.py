"""Reads the same thing again and again in the background, and never lets an old answer win."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject

from desktop.kit.tasks import Tasks

T = TypeVar("T")


class Rereading(QObject, Generic[T]):
    """One reading at a time: whoever asks while one runs gets another after it.

    A reading that fails is told by a notice; the next one is made as if it had gone well.
    """

    def __init__(
        self, tasks: Tasks, read: Callable[[], T], came: Callable[[T], None], parent: QObject
    ) -> None:
        """`read` runs elsewhere; `came` is called with what it found, on the main thread."""
        super().__init__(parent)
        self._tasks, self._read, self._came = tasks, read, came
        self._reading = self._again = False

    def ask(self) -> None:
        """Read now, or once more when the reading under way is over."""
        if self._reading:
            self._again = True
            return
        self._reading = True
        self._tasks.run(self._read, self._landed, self._failed)

    def _landed(self, found: T) -> None:
        try:
            self._came(found)
        finally:
            self._over()

    def _failed(self, error: BaseException) -> None:
        self._over()
        self._tasks.unhandled.emit(error)

    def _over(self) -> None:
        self._reading = False
        if self._again:
            self._again = False
            self.ask()
