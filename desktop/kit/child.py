"""A child process of the desk: lines of messages both ways, started again when it dies."""

import logging
from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtCore import QObject, QProcess, QTimer, Signal

_log = logging.getLogger(__name__)
FIRST_PAUSE_MS, LONGEST_PAUSE_MS = 1_000, 60_000
LEAVE_MS = 3_000
"""How long the process may take to end when the desk closes."""


class Child(QObject):
    """Nothing here waits, except when the desk closes."""

    told = Signal(object)
    """A message of the process, decoded."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        first: Callable[[], bytes],
        decode: Callable[[bytes], object],
        longest: int,
        parent: QObject | None = None,
    ) -> None:
        """Runs `command`, called `name` in the log, whose lines are `longest` bytes at most.

        `first` makes the line it is told first: secrets go no other way.
        """
        super().__init__(parent)
        self._name, self._first, self._decode, self._longest = name, first, decode, longest
        self._rest = b""
        self._over = False
        self._pause = FIRST_PAUSE_MS
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self.start)
        self.process = QProcess(self)
        self.process.setProgram(command[0])
        self.process.setArguments(list(command[1:]))
        self.process.started.connect(lambda: self.process.write(self._first()))
        self.process.readyReadStandardOutput.connect(self._read)
        self.process.readyReadStandardError.connect(self._note)
        self.process.finished.connect(lambda _code, _how: self._ended())
        self.process.errorOccurred.connect(self._failed)

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self.process.state() != QProcess.ProcessState.NotRunning

    def start(self) -> None:
        """Start the process, unless it is there or has ended on purpose."""
        if not self.running and not self._over:
            self._rest = b""
            self.process.start()

    def ask(self, line: bytes) -> None:
        """Tell the process something; while it is not there, it is not told."""
        if self.process.state() == QProcess.ProcessState.Running:
            self.process.write(line)

    def stop(self, farewell: bytes) -> None:
        """End it, kindly first; what is under way is taken up the next time."""
        self.let_end()
        if self.running:
            self.ask(farewell)
            self.process.closeWriteChannel()
            if not self.process.waitForFinished(LEAVE_MS):
                self.process.kill()
                self.process.waitForFinished(LEAVE_MS)

    def let_end(self) -> None:
        """It ends on purpose: it is not started again."""
        self._over = True
        self._again.stop()

    def _read(self) -> None:
        lines = (self._rest + bytes(self.process.readAllStandardOutput().data())).split(b"\n")
        self._rest = lines.pop()
        if len(self._rest) > self._longest:
            _log.error("the %s process said an endless line", self._name)
            self.process.kill()
            return
        for said in lines:
            self._hear(said)

    def _hear(self, said: bytes) -> None:
        try:
            message = self._decode(said)
        except msgspec.MsgspecError as error:
            _log.warning("the %s process said something else: %s", self._name, error)
            return
        self._pause = FIRST_PAUSE_MS
        self.told.emit(message)

    def _note(self) -> None:
        text = bytes(self.process.readAllStandardError().data()).decode(errors="replace")
        for said in text.splitlines():
            _log.info("%s: %s", self._name, said)

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._ended()

    def _ended(self) -> None:
        if not self._over:
            _log.warning("the %s process ended; again in %s ms", self._name, self._pause)
            self._again.start(self._pause)
            self._pause = min(self._pause * 2, LONGEST_PAUSE_MS)
