"""The sync process, as the desk sees it: messages of `beffroi.sync.status` both ways."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from beffroi.sync.status import MAX_LINE, Ask, Ended, Erased, Start, Stop, line, told_decoder
from desktop.kit.child import Child


class SyncProcess(QObject):
    """Started with the desk, stopped with it, started again when it dies."""

    told = Signal(object)
    """A message of `beffroi.sync.status.Told`."""

    def __init__(
        self, command: Sequence[str], first: Callable[[], Start], parent: QObject | None = None
    ) -> None:
        """Runs `command`; `first` makes the line it is told first: who is at the desk."""
        super().__init__(parent)
        self.child = Child(
            "sync", command, lambda: line(first()), told_decoder.decode, MAX_LINE, self
        )
        self.child.told.connect(self._hear)

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self.child.running

    def start(self) -> None:
        """Start the process; it is told who is at the desk."""
        self.child.start()

    def ask(self, message: Ask) -> None:
        """Tell the process something; while it is not there, it is not told."""
        self.child.ask(line(message))

    def stop(self) -> None:
        """End it, kindly first; what is under way is taken up the next time."""
        self.child.stop(line(Stop()))

    def _hear(self, message: object) -> None:
        if isinstance(message, Erased | Ended):
            self.child.let_end()
        self.told.emit(message)
