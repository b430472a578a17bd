"""Takes out of the tables what this node may no longer keep, and all that showed it."""

from beffroi.changes import Change
from beffroi.logbook import rows
from beffroi.logbook.apply import EntryWriter
from beffroi.logbook.changes import ConflictChanged, DossierChanged, EntryRemoved, FollowUpChanged
from beffroi.logbook.entry import Entry
from beffroi.logbook.known import forget
from beffroi.logbook.merge import STATES
from beffroi.logbook.sheet_rows import remove_sheet
from beffroi.store import Connection

_OF_ROW = ("entry_tag", "entry_attachment", "entry")
_IN_STATES = f"kind IN ({','.join('?' * len(STATES))}) AND uid = ?"
_HIDDEN = "DELETE FROM entry_fts WHERE rowid = ?"


class Forgetting:
    """The remover of the logbook's things."""

    def __init__(self, entries: EntryWriter) -> None:
        self._entries = entries

    def remove(self, connection: Connection, uid: str) -> list[Change]:
        """Take out the thing `uid`: an entry, a dossier, a follow-up, a figure, a link..."""
        connection.execute(f"DELETE FROM merge_state WHERE {_IN_STATES}", (*STATES, uid))
        settled = connection.execute(
            f"DELETE FROM conflict WHERE {_IN_STATES}", (*STATES, uid)
        ).rowcount
        changes: list[Change] = [ConflictChanged(entity=uid)] if settled else []
        if " " in uid:
            return changes + self._link(connection, uid)
        entry = rows.one(connection, "e.uid = ?", uid)
        if entry is not None:
            return changes + self._entry(connection, entry)
        changes += self._dossier(connection, uid)
        changes += self._followup(connection, uid)
        changes += remove_sheet(connection, uid)
        return changes + _figures(connection, uid)

    def _entry(self, connection: Connection, entry: Entry) -> list[Change]:
        connection.execute(_HIDDEN, (entry.rid,))
        for table in _OF_ROW:
            connection.execute(f"DELETE FROM {table} WHERE rid = ?", (entry.rid,))
        connection.execute("DELETE FROM read_mark WHERE rid IN (?,?)", (entry.rid, -entry.rid))
        for table in ("entry_alias", "entry_seen"):
            connection.execute(f"DELETE FROM {table} WHERE uid = ?", (entry.uid,))
        forget(connection, entry)
        parent = entry.content.parent
        around = self._entries.hang(connection, [parent]) if parent else []
        return [EntryRemoved(uid=entry.uid, rid=entry.rid), *around]

    def _link(self, connection: Connection, key: str) -> list[Change]:
        source, kind, target = key.split(" ")
        connection.execute(
            "DELETE FROM entry_link WHERE source = ? AND kind = ? AND target = ?",
            (source, kind, target),
        )
        return self._entries.hang(connection, (source, target))

    def _dossier(self, connection: Connection, uid: str) -> list[Change]:
        if not connection.execute("DELETE FROM dossier WHERE uid = ?", (uid,)).rowcount:
            return []
        members = connection.execute(
            "DELETE FROM dossier_entry WHERE dossier = ? RETURNING entry", (uid,)
        ).fetchall()
        return [
            DossierChanged(dossier=uid),
            *self._entries.hang(connection, (row[0] for row in members)),
        ]

    def _followup(self, connection: Connection, uid: str) -> list[Change]:
        gone = connection.execute(
            "DELETE FROM followup WHERE uid = ? RETURNING entry", (uid,)
        ).fetchall()
        return [
            change
            for (entry,) in gone
            for change in (
                FollowUpChanged(followup=uid, entry=entry),
                *self._entries.hang(connection, [entry]),
            )
        ]


def _figures(connection: Connection, uid: str) -> list[Change]:
    gone = [
        row
        for table in ("figure", "arbitration")
        for row in connection.execute(
            f"DELETE FROM {table} WHERE uid = ? RETURNING dossier", (uid,)
        ).fetchall()
    ]
    return [DossierChanged(dossier=dossier) for (dossier,) in gone]
