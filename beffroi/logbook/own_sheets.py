"""The sheets that are one person's alone: rows of this station, in no journal."""

from beffroi.journal.operation import encode
from beffroi.logbook.sheet import COLUMNS, MARKS, Sheet
from beffroi.store import Connection


def put(connection: Connection, sheet: Sheet) -> None:
    """Keep the row of `sheet`."""
    connection.execute(
        f"INSERT OR REPLACE INTO own_sheet ({COLUMNS}) VALUES ({MARKS})",
        (sheet.uid, sheet.kind, encode(sheet.fields).decode(), sheet.author, sheet.post,
         sheet.changed_by, sheet.marking, "+".join(sheet.caveats), "", sheet.made_at,
         sheet.changed_at),
    )  # fmt: skip


def delete(connection: Connection, uid: str) -> None:
    """Forget the row `uid`."""
    connection.execute("DELETE FROM own_sheet WHERE uid = ?", (uid,))
