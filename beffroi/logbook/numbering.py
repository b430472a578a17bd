"""Where the numbers of a journal stand, and the names that an entry had before its definitive one."""

from beffroi.logbook.labels import provisional
from beffroi.store import Connection


def last_number(connection: Connection, code: str, station_code: str) -> tuple[str, int]:
    """The journal in which this node numbers new entries, and the last number given in it.

    A provisional number follows the highest that is known here, so that it is often the one that
    the hub grants.
    """
    prefix, last = connection.execute(
        "SELECT prefix, last_number FROM logbook WHERE code = ?", (code,)
    ).fetchone()
    if not station_code:
        return prefix, last
    journal = provisional(prefix, station_code)
    connection.execute(
        "INSERT INTO logbook (code, title, prefix, last_number) VALUES (?,'',?,0) "
        "ON CONFLICT (code) DO NOTHING",
        (provisional(code, station_code), journal),
    )
    own = connection.execute(
        "SELECT last_number FROM logbook WHERE prefix = ?", (journal,)
    ).fetchone()[0]
    return journal, max(last, own)


def named(connection: Connection, label: str) -> str:
    """The uid of the entry that once had this provisional name, "" when there is none."""
    row = connection.execute(
        "SELECT uid FROM entry_alias WHERE label = ? ORDER BY uid LIMIT 1", (label,)
    ).fetchone()
    return row[0] if row else ""


def aliases(connection: Connection, uid: str) -> list[str]:
    """The provisional names that an entry had."""
    rows = connection.execute("SELECT label FROM entry_alias WHERE uid = ? ORDER BY label", (uid,))
    return [row[0] for row in rows]
