"""The collecting process: started with the desk, stopped with it, started again when it dies."""

import logging
from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from beffroi.sources.orders import (
    MAX_LINE,
    Ask,
    Ended,
    HealthChanged,
    Moved,
    Notice,
    Reload,
    Resume,
    Retry,
    Start,
    Stop,
    Suspend,
    Telling,
    line,
    told_decoder,
)

_log = logging.getLogger(__name__)
FIRST_PAUSE_MS, LONGEST_PAUSE_MS = 1_000, 60_000
LEAVE_MS = 3_000
"""How long the process may take to end when the desk closes."""


class SourcesProcess(QObject):
    """Nothing here waits, except when the desk closes."""

    health_changed = Signal(str)
    """A source (uid) was tried: `Observations.states` says how it is."""
    state_told = Signal(str, object)
    """The same with its `SourceState`, at once."""
    observations_changed = Signal(str)
    """Something of a source is new, changed or gone."""
    notice = Signal(str, str)
    """A sentence for the person, once, and the uid of the source it is about ("" for none)."""

    def __init__(
        self, command: Sequence[str], first: Callable[[], Start], parent: QObject | None = None
    ) -> None:
        """Runs `command`; `first` makes the line it is told first: the key goes no other way."""
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
        self._process.started.connect(lambda: self._process.write(line(self._first())))
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.readyReadStandardError.connect(self._note)
        self._process.finished.connect(lambda _code, _how: self._ended())
        self._process.errorOccurred.connect(self._failed)

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    def start(self) -> None:
        """Start the process."""
        if not self.running and not self._over:
            self._rest = b""
            self._process.start()

    def stop(self) -> None:
        """End it, kindly first; what is under way is asked again the next time."""
        self._over = True
        self._again.stop()
        if self.running:
            self._ask(Stop())
            self._process.closeWriteChannel()
            if not self._process.waitForFinished(LEAVE_MS):
                self._process.kill()
                self._process.waitForFinished(LEAVE_MS)

    # What the desk asks --------------------------------------------------------------------------

    def retry(self, uid: str) -> None:
        """Read this source now."""
        self._ask(Retry(source=uid))

    def suspend(self, uid: str) -> None:
        """Leave it alone until told otherwise."""
        self._ask(Suspend(source=uid))

    def resume(self, uid: str) -> None:
        """Take it up again."""
        self._ask(Resume(source=uid))

    def reload(self, uid: str) -> None:
        """Its definition changed, or it is no more; "" looks at all of them."""
        self._ask(Reload(sources=[uid] if uid else []))

    def _ask(self, message: Ask) -> None:
        """While the process is not there it is not told: it reads everything when it starts."""
        if self._process.state() == QProcess.ProcessState.Running:
            self._process.write(line(message))

    # What the process tells ----------------------------------------------------------------------

    def _read(self) -> None:
        lines = (self._rest + bytes(self._process.readAllStandardOutput().data())).split(b"\n")
        self._rest = lines.pop()
        if len(self._rest) > MAX_LINE:
            _log.error("the collecting process said an endless line")
            self._process.kill()
            return
        for said in lines:
            self._hear(said)

    def _hear(self, said: bytes) -> None:
        try:
            message: Telling = told_decoder.decode(said)
        except msgspec.MsgspecError as error:
            _log.warning("the collecting process said something else: %s", error)
            return
        self._pause = FIRST_PAUSE_MS
        match message:
            case HealthChanged(source=uid, state=state):
                self.state_told.emit(uid, state)
                self.health_changed.emit(uid)
            case Moved(source=uid):
                self.observations_changed.emit(uid)
            case Notice(source=uid, sentence=sentence):
                self.notice.emit(sentence, uid)
            case Ended():
                _log.info("the collecting process ends")

    def _note(self) -> None:
        text = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
        for said in text.splitlines():
            _log.info("sources: %s", said)

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._ended()

    def _ended(self) -> None:
        if not self._over:
            _log.warning("the collecting process ended; again in %s ms", self._pause)
            self._again.start(self._pause)
            self._pause = min(self._pause * 2, LONGEST_PAUSE_MS)
