"""Makes the logbook's tables anew from the journal: the proof that the journal holds everything."""

from beffroi.journal import Journal
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
    "entry_alias",
    "entry_fts",
)


def rebuild(store: Store, journal: Journal) -> int:
    """Empty the tables and carry out every operation again; how many there were.

    What belongs to one person (drafts, read marks, saved views) stays as it is.
    """
    with store.write() as connection:
        marks = connection.execute("SELECT account, rid FROM read_mark").fetchall()
        for table in TABLES:
            connection.execute(f"DELETE FROM {table}")
        connection.execute("UPDATE logbook SET last_number = 0")
        count = 0
        for operation in journal.replay():
            journal.apply(connection, operation)
            count += 1
        _restore_marks(connection, marks)
    return count


def _restore_marks(connection: Connection, marks: list[tuple[str, int]]) -> None:
    connection.execute("DELETE FROM read_mark")
    connection.executemany("INSERT INTO read_mark (account, rid) VALUES (?,?)", marks)
