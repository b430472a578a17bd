"""The sync process: started with the desk, stopped with it, started again when it dies."""

import logging
from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from beffroi.sync.status import MAX_LINE, Ask, Ended, Erased, Start, Stop, line, told_decoder

_log = logging.getLogger(__name__)
FIRST_PAUSE_MS, LONGEST_PAUSE_MS = 1_000, 60_000
LEAVE_MS = 3_000
"""How long the process may take to end when the desk closes."""


class SyncProcess(QObject):
    """Lines of messages in both directions; nothing here waits, except when the desk closes."""

    told = Signal(object)
    """A message of `beffroi.sync.status.Told`."""

    def __init__(
        self, command: Sequence[str], first: Callable[[], Start], parent: QObject | None = None
    ) -> None:
        """Runs `command`; `first` makes the line it is told first: secrets go no other way."""
        super().__init__(parent)
        self._first = first
        self._rest = b""
        self._over = False
        self._pause = FIRST_PAUSE_MS
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self.start)
        self._process = QProcess(self)
        self._process.setProgram(command[0])
        self._process.setArguments(list(command[1:]))
        self._process.started.connect(self._started)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.readyReadStandardError.connect(self._note)
        self._process.finished.connect(lambda _code, _how: self._ended())
        self._process.errorOccurred.connect(self._failed)

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    def start(self) -> None:
        """Start the process; it is told who is at the desk."""
        if not self.running and not self._over:
            self._rest = b""
            self._process.start()

    def ask(self, message: Ask) -> None:
        """Tell the process something; while it is not there, it is not told."""
        if self._process.state() == QProcess.ProcessState.Running:
            self._process.write(line(message))

    def stop(self) -> None:
        """End it, kindly first; what is under way is taken up the next time."""
        self._over = True
        self._again.stop()
        if self.running:
            self.ask(Stop())
            self._process.closeWriteChannel()
            if not self._process.waitForFinished(LEAVE_MS):
                self._process.kill()
                self._process.waitForFinished(LEAVE_MS)

    def _started(self) -> None:
        self._process.write(line(self._first()))

    def _read(self) -> None:
        lines = (self._rest + bytes(self._process.readAllStandardOutput().data())).split(b"\n")
        self._rest = lines.pop()
        if len(self._rest) > MAX_LINE:
            _log.error("the sync process said an endless line")
            self._process.kill()
            return
        for said in lines:
            self._hear(said)

    def _hear(self, said: bytes) -> None:
        try:
            message = told_decoder.decode(said)
        except msgspec.MsgspecError as error:
            _log.warning("the sync process said something else: %s", error)
            return
        self._pause = FIRST_PAUSE_MS
        self._over = self._over or isinstance(message, Erased | Ended)
        self.told.emit(message)

    def _note(self) -> None:
        text = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
        for said in text.splitlines():
            _log.info("sync: %s", said)

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._ended()

    def _ended(self) -> None:
        if not self._over:
            _log.warning("the sync process ended; again in %s ms", self._pause)
            self._again.start(self._pause)
            self._pause = min(self._pause * 2, LONGEST_PAUSE_MS)
