"""One question after the other to the reader, off the main thread; answers that come late are dropped."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal

from beffroi.errors import BeffroiError
from beffroi.sources.addresses import Origin
from beffroi.text import _
from desktop.kit.tasks import Tasks
from desktop.sources.door import Reader
from desktop.sources.finding import Choice, Finding


class Inquiry(QObject):
    """What is being read, and what was decided about the reading."""

    started = Signal()
    found = Signal(object)
    """A `Finding`."""
    refused = Signal(str)
    """Nothing could be read: one sentence with its remedy."""

    def __init__(self, tasks: Tasks, reader: Reader, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._reader = reader
        self._turn = 0
        self.waiting = False
        """Whether an answer is still to come."""
        self.origin = Origin()
        self.choice = Choice()

    def forget(self) -> None:
        """Nothing is asked any more."""
        self._turn += 1
        self.waiting = False
        self.origin = Origin()
        self.choice = Choice()

    def recall(self, choice: Choice) -> None:
        """What was decided about a source that exists."""
        self.choice = choice

    def choose(
        self,
        *,
        format_id: str | None = None,
        options: Mapping[str, str | int | float | bool] | None = None,
        mapping: Mapping[str, str] | None = None,
    ) -> None:
        """Decide something about the reading; what is not named stays."""
        now = self.choice
        self.choice = Choice(
            format=now.format if format_id is None else format_id,
            options=dict(now.options if options is None else options),
            mapping=dict(now.mapping if mapping is None else mapping),
        )

    def ask(self, origin: Origin, secret: str) -> None:
        """Read `origin` with what was decided."""
        self._turn += 1
        self.origin = origin
        self.waiting = True
        choice, reader = self.choice, self._reader
        self.started.emit()
        self._tasks.run(
            lambda: reader.understand(origin, choice, secret),
            partial(self._came, self._turn),
            partial(self._broke, self._turn),
        )

    def _came(self, turn: int, finding: Finding) -> None:
        if turn == self._turn:
            self.waiting = False
            self.found.emit(finding)

    def _broke(self, turn: int, error: BaseException) -> None:
        if turn != self._turn:
            return
        self.waiting = False
        if isinstance(error, BeffroiError):
            self.refused.emit(str(error))
            return
        self.refused.emit(
            _("La lecture s’est interrompue\u00a0: réessayez, ou signalez ce fichier.")
        )
        self._tasks.unhandled.emit(error)
