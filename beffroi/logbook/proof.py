"""Proves that what lists show follows from the journal: a chain alone only proves the journal."""

from beffroi.logbook import operations as ops
from beffroi.logbook import rows
from beffroi.logbook.acts import entry_shown
from beffroi.logbook.entry import Entry
from beffroi.logbook.merge.entries import Shown
from beffroi.store import Connection, Store

_FROM_NOWHERE = (
    "SELECT e.journal, e.number FROM entry e WHERE NOT EXISTS "
    "(SELECT 1 FROM operation o WHERE o.entity = e.uid AND o.kind = ?) AND NOT EXISTS "
    "(SELECT 1 FROM merge_state s WHERE s.kind = 'entry' AND s.uid = e.uid) "
    "ORDER BY e.rid LIMIT 1"
)
_PUBLISHED = (
    "SELECT DISTINCT entity FROM operation WHERE kind = ? "
    "UNION SELECT uid FROM merge_state WHERE kind = 'entry'"
)


def first_unfaithful(store: Store) -> str | None:
    """The label of an entry that does not say what its acts say, None when all do."""
    with store.read() as connection:
        connection.execute("BEGIN")
        try:
            stray = connection.execute(_FROM_NOWHERE, (ops.PUBLISH,)).fetchone()
            if stray is not None:
                return rows.label(*stray)
            return _first_differing(connection)
        finally:
            connection.execute("ROLLBACK")


def _first_differing(connection: Connection) -> str | None:
    for (uid,) in connection.execute(_PUBLISHED, (ops.PUBLISH,)).fetchall():
        entry, shown = rows.one(connection, "e.uid = ?", uid), entry_shown(connection, uid)
        if entry is None or shown is None or not _follows(entry, shown):
            return entry.label if entry else uid
    return None


def _follows(entry: Entry, shown: Shown) -> bool:
    return (
        entry.journal, entry.number, entry.author, entry.post, entry.content, entry.version,
        entry.lifecycle, entry.qualification,
    ) == (
        shown.journal, shown.number, shown.born.author, shown.born.post, shown.content,
        shown.version, shown.lifecycle, shown.qualification,
    )  # fmt: skip
