"""Which function carries out which kind of operation on the tables."""

import logging
from collections.abc import Callable

import msgspec

from beffroi.changes import Change
from beffroi.errors import BeffroiError
from beffroi.journal.operation import Operation
from beffroi.store import BAD_VALUES, Connection, Store

_log = logging.getLogger(__name__)
Handler = Callable[[Connection, Operation], list[Change]]
Remover = Callable[[Connection, str], list[Change]]
Subject = Callable[[Operation], str]
_SENSELESS = (msgspec.MsgspecError, BeffroiError, LookupError, RecursionError, *BAD_VALUES)


class Handlers:
    """What the capabilities registered."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._made: dict[str, Handler] = {}
        self._subjects: dict[str, Subject] = {}
        self._removers: list[Remover] = []

    def add(self, kind: str, handler: Handler, subject: Subject | None) -> None:
        """`handler` carries out `kind`; `subject` says which thing one is about, if not its entity."""
        if kind in self._made:
            message = f"{kind} already has a handler"
            raise ValueError(message)
        self._made[kind] = handler
        if subject is not None:
            self._subjects[kind] = subject

    def add_remover(self, remover: Remover) -> None:
        """`remover` takes a thing out of the tables."""
        self._removers.append(remover)

    def subject(self, operation: Operation) -> str:
        """The thing that `operation` is about, as the hub's buckets name it."""
        say = self._subjects.get(operation.kind)
        if say is None:
            return operation.entity
        try:
            return say(operation)
        except _SENSELESS:
            return operation.entity

    def apply(self, connection: Connection, operation: Operation) -> list[Change]:
        """Carry out an operation; a kind that only a later Beffroi knows changes nothing here."""
        handler = self._made.get(operation.kind)
        return handler(connection, operation) if handler else []

    def arrive(self, connection: Connection, operation: Operation) -> list[Change]:
        """Carry out what comes from the hub.

        One that makes no sense here has no effect, and does not stop the ones behind it.
        """
        try:
            with self._store.write():
                return self.apply(connection, operation)
        except _SENSELESS as error:
            _log.warning("operation %s: no effect here: %s", operation.op_id, type(error).__name__)
            return []

    def remove(self, connection: Connection, uid: str) -> list[Change]:
        """Take the thing `uid` out of the tables."""
        return [
            change
            for remover in self._removers
            for change in self._guarded(uid, remover, connection)
        ]

    def _guarded(self, uid: str, remover: Remover, connection: Connection) -> list[Change]:
        try:
            with self._store.write():
                return remover(connection, uid)
        except _SENSELESS as error:
            _log.warning("%s: cannot be removed: %s", uid[:120], type(error).__name__)
            return []
