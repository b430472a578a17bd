"""Keeps the list of what several people said differently at the same time, until one settles it."""

from collections.abc import Sequence
from typing import NamedTuple

from beffroi.changes import Change
from beffroi.logbook.changes import ConflictChanged
from beffroi.store import Connection


class Contested(NamedTuple):
    """A thing (kind, uid) with the fields for which a person must choose."""

    kind: str
    uid: str
    fields: tuple[str, ...]


def note_rivals(connection: Connection, kind: str, uid: str, fields: Sequence[str]) -> list[Change]:
    """These `fields` of the thing wait for a choice; none when all is settled."""
    row = connection.execute(
        "SELECT fields FROM conflict WHERE kind = ? AND uid = ?", (kind, uid)
    ).fetchone()
    now = " ".join(sorted(fields))
    if (row[0] if row else "") == now:
        return []
    if now:
        connection.execute(
            "INSERT OR REPLACE INTO conflict (kind, uid, fields) VALUES (?,?,?)", (kind, uid, now)
        )
    else:
        connection.execute("DELETE FROM conflict WHERE kind = ? AND uid = ?", (kind, uid))
    return [ConflictChanged(entity=uid)]


def contested(connection: Connection) -> list[Contested]:
    """Everything that waits for a choice."""
    rows = connection.execute("SELECT kind, uid, fields FROM conflict ORDER BY kind, uid")
    return [Contested(kind, uid, tuple(fields.split())) for kind, uid, fields in rows]
