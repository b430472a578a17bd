"""Where the numbers of a journal stand, and the names that an entry had before its definitive one."""

from collections.abc import Iterable

from beffroi.logbook.labels import label, provisional
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


def give(connection: Connection, uid: str, told: tuple[str, int], now: tuple[str, int]) -> None:
    """Entry `uid` was published under the journal and number `told`, and has `now` those of `now`.

    The first stays findable for ever, and no later entry gets either again.
    """
    if told != now:
        keep_aliases(connection, [(uid, told)])
    reach(connection, {told, now})


def keep_aliases(connection: Connection, told: Iterable[tuple[str, tuple[str, int]]]) -> None:
    """Keep the names (journal and number) under which these entries (uids) were first published."""
    connection.executemany(
        "INSERT OR IGNORE INTO entry_alias (label, uid) VALUES (?,?)",
        [(label(*name), uid) for uid, name in told],
    )


def reach(connection: Connection, numbers: Iterable[tuple[str, int]]) -> None:
    """These (journal, number) are taken: no later entry gets one of them."""
    last: dict[str, int] = {}
    for journal, number in numbers:
        last[journal] = max(number, last.get(journal, 0))
    for journal, number in last.items():
        connection.execute(
            "UPDATE logbook SET last_number = max(last_number, ?) WHERE prefix = ?",
            (number, journal),
        )


def named(connection: Connection, name: str) -> str:
    """The uid of the entry that once had this provisional name, "" when there is none."""
    row = connection.execute(
        "SELECT uid FROM entry_alias WHERE label = ? ORDER BY uid LIMIT 1", (name,)
    ).fetchone()
    return row[0] if row else ""


def aliases(connection: Connection, uid: str) -> list[str]:
    """The provisional names that an entry had."""
    rows = connection.execute("SELECT label FROM entry_alias WHERE uid = ? ORDER BY label", (uid,))
    return [row[0] for row in rows]
