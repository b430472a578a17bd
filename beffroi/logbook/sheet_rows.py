"""Makes the rows of shared sheets follow from the journal, as for all that the logbook holds."""

from beffroi.changes import Change
from beffroi.journal import Journal, Operation
from beffroi.journal.operation import encode
from beffroi.logbook.acts import sheet_shown
from beffroi.logbook.changes import SheetChanged
from beffroi.logbook.contested import note_rivals
from beffroi.logbook.merge.sheets import SheetShown
from beffroi.logbook.sheet import COLUMNS, MARKS
from beffroi.logbook.sheet_operations import DROPS, PUTS
from beffroi.logbook.sheet_words import attachments_of
from beffroi.store import Connection


def register(journal: Journal) -> None:
    """Answer for the operations on sheets."""
    for kind in (*PUTS, *DROPS):
        journal.handle(kind, _arrived)


def _arrived(connection: Connection, operation: Operation) -> list[Change]:
    return show_sheet(connection, operation.kind.partition(".")[0], operation.entity)


def show_sheet(connection: Connection, kind: str, uid: str) -> list[Change]:
    """Make the rows of the sheet `uid` what its acts say: none when it was dropped."""
    shown = sheet_shown(connection, kind, uid)
    if shown is None:
        return []
    rivals = shown.rivals if shown.stands else ()
    changes = note_rivals(connection, kind, uid, rivals)
    if not shown.stands:
        return [*_removed(connection, kind, uid), *changes]
    connection.execute(f"INSERT OR REPLACE INTO sheet ({COLUMNS}) VALUES ({MARKS})", _row(shown))
    _attach(connection, shown)
    return [SheetChanged(kind=kind, uid=uid), *changes]


def remove_sheet(connection: Connection, uid: str) -> list[Change]:
    """Leave nothing of the shared sheet `uid`: the right to see it ended."""
    row = connection.execute("SELECT kind FROM sheet WHERE uid = ?", (uid,)).fetchone()
    return _removed(connection, row[0], uid) if row else []


def _removed(connection: Connection, kind: str, uid: str) -> list[Change]:
    connection.execute("DELETE FROM sheet_attachment WHERE uid = ?", (uid,))
    gone = connection.execute("DELETE FROM sheet WHERE uid = ?", (uid,)).rowcount
    return [SheetChanged(kind=kind, uid=uid)] if gone else []


def _row(shown: SheetShown) -> tuple[str | int, ...]:
    born, last = shown.born, shown.last
    return (
        shown.uid, shown.kind, encode(shown.fields).decode(), born.author, born.post, last.author,
        shown.marking, "+".join(shown.caveats), " ".join(sorted(shown.rivals)),
        born.made_at, last.made_at,
    )  # fmt: skip


def _attach(connection: Connection, shown: SheetShown) -> None:
    connection.execute("DELETE FROM sheet_attachment WHERE uid = ?", (shown.uid,))
    connection.executemany(
        "INSERT INTO sheet_attachment (uid, sha256) VALUES (?,?)",
        [(shown.uid, sha256) for sha256 in attachments_of(shown.fields)],
    )
