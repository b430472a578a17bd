"""The collecting process, as the desk sees it: messages of `beffroi.sources.orders` both ways."""

import logging
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

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
from desktop.kit.child import Child

_log = logging.getLogger(__name__)


class SourcesProcess(QObject):
    """Started with the desk, stopped with it, started again when it dies."""

    health_changed = Signal(str)
    """A source (uid) was tried: `Observations.states` says how it is."""
    state_told = Signal(str, object)
    """The same with its `SourceState`, at once."""
    observations_changed = Signal(str)
    """Something of a source is new, changed or gone."""
    notice = Signal(str, str, bool)
    """A sentence for the person, once, and the uid of the source it is about ("" for none)."""

    def __init__(
        self, command: Sequence[str], first: Callable[[], Start], parent: QObject | None = None
    ) -> None:
        """Runs `command`; `first` makes the line it is told first: the key goes no other way."""
        super().__init__(parent)
        self.child = Child(
            "sources", command, lambda: line(first()), told_decoder.decode, MAX_LINE, self
        )
        self.child.told.connect(self._hear)

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self.child.running

    def start(self) -> None:
        """Start the process."""
        self.child.start()

    def stop(self) -> None:
        """End it, kindly first; what is under way is asked again the next time."""
        self.child.stop(line(Stop()))

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
        self.child.ask(line(message))

    def _hear(self, message: Telling) -> None:
        match message:
            case HealthChanged(source=uid, state=state):
                self.state_told.emit(uid, state)
                self.health_changed.emit(uid)
            case Moved(source=uid):
                self.observations_changed.emit(uid)
            case Notice(source=uid, sentence=sentence, good=good):
                self.notice.emit(sentence, uid, good)
            case Ended():
                _log.info("the collecting process ends")
