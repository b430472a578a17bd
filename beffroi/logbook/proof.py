"""Proves that what lists show follows from the journal: a chain alone only proves the journal."""

from collections.abc import Sequence

import msgspec

from beffroi.journal import Journal, Operation
from beffroi.logbook import operations as ops
from beffroi.logbook import rows
from beffroi.logbook.entry import Entry
from beffroi.logbook.reading import Version, next_version
from beffroi.store import Connection, Store

_KINDS = (ops.PUBLISH, ops.CORRECT, ops.VOID, ops.QUALIFY)
_FROM_NOWHERE = (
    "SELECT e.journal, e.number FROM entry e WHERE NOT EXISTS "
    "(SELECT 1 FROM operation o WHERE o.entity = e.uid AND o.kind = ?) ORDER BY e.rid LIMIT 1"
)


def first_unfaithful(store: Store, journal: Journal) -> str | None:
    """The label of an entry that does not say what the journal says, None when all do."""
    with store.read() as connection:
        connection.execute("BEGIN")
        try:
            stray = connection.execute(_FROM_NOWHERE, (ops.PUBLISH,)).fetchone()
            if stray is not None:
                return rows.label(*stray)
            return _first_differing(connection, journal)
        finally:
            connection.execute("ROLLBACK")


def _first_differing(connection: Connection, journal: Journal) -> str | None:
    for history in journal.histories(_KINDS):
        entry = rows.one(connection, "e.uid = ?", history[0].entity)
        try:
            faithful = entry is not None and _follows(entry, history)
        except (msgspec.MsgspecError, ValueError):
            faithful = False
        if not faithful:
            return entry.label if entry else history[0].entity
    return None


def _follows(entry: Entry, history: Sequence[Operation]) -> bool:
    told = msgspec.json.decode(history[0].payload, type=ops.Publish)
    last: Version | None = None
    for operation in history:
        last = next_version(last, operation) or last
    return last is not None and (
        (told.journal, told.number, history[0].author, history[0].post)
        == (entry.journal, entry.number, entry.author, entry.post)
    ) and (last.content, last.version, last.lifecycle, last.qualification) == (
        entry.content, entry.version, entry.lifecycle, entry.qualification,
    )  # fmt: skip
