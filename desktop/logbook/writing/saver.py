"""Immediate saving: what changes in a published entry goes to the journal at each pause."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from beffroi.errors import BeffroiError
from beffroi.logbook.entry import Entry, Qualification
from beffroi.text import _
from desktop.api import Desk

PAUSE_MS = 400
Changes = dict[str, Any]


class Saver(QObject):
    """Gathers the changes of one entry; one operation per pause, an error told per field."""

    saved = Signal(object, object)
    """The `Entry` as it now stands and the names that were saved."""
    refused = Signal(object, str)
    """The names that were refused and the sentence that says why."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._uid = ""
        self._waiting: list[Changes] = []
        self._sent: list[Changes] = []
        self._qualification: Qualification | None = None
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.flush)

    def watch(self, uid: str) -> None:
        """Save changes of another entry from now on; those of the last one are saved first."""
        if uid != self._uid:
            self.flush()
            self._uid = uid

    @property
    def pending(self) -> frozenset[str]:
        """The names that are not in the journal yet."""
        return frozenset(name for changes in (*self._waiting, *self._sent) for name in changes)

    def add(self, changes: Changes) -> None:
        """A field changed; the same field again replaces what waits."""
        self._waiting = [c for c in self._waiting if not c.keys() <= changes.keys()]
        self._waiting.append(changes)
        self._timer.start()

    def assess(self, qualification: Qualification) -> None:
        """The person said how far the entry is assessed."""
        self._qualification = qualification
        self._timer.start()

    def flush(self) -> None:
        """Save what waits, now."""
        self._timer.stop()
        groups, self._waiting = self._waiting, []
        qualification, self._qualification = self._qualification, None
        if groups or qualification is not None:
            self._send(self._uid, groups, qualification)

    def _send(self, uid: str, groups: list[Changes], qualification: Qualification | None) -> None:
        node = self._desk.node
        changes = {name: value for group in groups for name, value in group.items()}
        self._sent += groups

        def work() -> Entry:
            return node.logbook.qualify(uid, changes, node.who, qualification=qualification)

        self._desk.tasks.run(
            work,
            partial(self._done, groups),
            partial(self._failed, uid, groups, qualification),
            touches_store=True,
        )

    def _done(self, groups: list[Changes], entry: Entry) -> None:
        self._landed(groups)
        self.saved.emit(entry, tuple(name for group in groups for name in group))

    def _landed(self, groups: list[Changes]) -> None:
        self._sent = [g for g in self._sent if g not in groups]

    def _failed(
        self,
        uid: str,
        groups: list[Changes],
        qualification: Qualification | None,
        error: BaseException,
    ) -> None:
        self._landed(groups)
        if not isinstance(error, BeffroiError):
            names = tuple(name for group in groups for name in group)
            self.refused.emit(names, _("Ceci n’a pas pu être enregistré : réessayez."))
            raise error
        parts = len(groups) + (qualification is not None)
        if parts == 1:
            self.refused.emit(tuple(groups[0]) if groups else (), str(error))
            return
        # One wrong field must not hold the others back: each is tried by itself.
        for group in groups:
            self._send(uid, [group], None)
        if qualification is not None:
            self._send(uid, [], qualification)
