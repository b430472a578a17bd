"""Makes the logbook's tables anew from the journal: the proof that the journal holds everything."""

from typing import NamedTuple

from beffroi.journal import Journal
from beffroi.logbook.logbook import Logbook
from beffroi.store import Connection, Store

TABLES = (
    "entry",
    "entry_tag",
    "entry_link",
    "entry_attachment",
    "dossier",
    "dossier_entry",
    "followup",
    "figure",
    "arbitration",
    "known_value",
    "conflict",
    "sheet",
    "sheet_attachment",
    "entry_alias",
    "entry_fts",
)


def rebuild(store: Store, journal: Journal, logbook: Logbook) -> int:
    """Empty the tables and carry out every operation again; how many there were.

    States that this node started from come first.  What belongs to one person (drafts, read marks,
    saved views, sheets of their own) stays as it is.
    """
    with store.write() as connection:
        marks = connection.execute("SELECT account, rid FROM read_mark").fetchall()
        for table in TABLES:
            connection.execute(f"DELETE FROM {table}")
        connection.execute("UPDATE logbook SET last_number = 0")
        logbook.load_states(connection, _states(connection))
        count = 0
        for operation in journal.replay():
            journal.apply(connection, operation)
            count += 1
        _restore_marks(connection, marks)
    return count


class _State(NamedTuple):
    kind: str
    uid: str
    seq: int
    state: bytes


def _states(connection: Connection) -> list[_State]:
    rows = connection.execute("SELECT kind, uid, seq, state FROM merge_state").fetchall()
    return [_State(kind, uid, seq, state.encode()) for kind, uid, seq, state in rows]


def _restore_marks(connection: Connection, marks: list[tuple[str, int]]) -> None:
    connection.execute("DELETE FROM read_mark")
    connection.executemany("INSERT INTO read_mark (account, rid) VALUES (?,?)", marks)
