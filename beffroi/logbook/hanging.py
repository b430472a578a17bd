"""What hangs from an entry: complements, links, follow-ups, dossiers, read anew from their tables.

Nothing is counted up or down: whatever came first, the counts are those of what is there.
"""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from beffroi.logbook.entry import Entry
from beffroi.logbook.statuses import FollowUpStatus
from beffroi.store import Connection

_PRESSING = tuple(FollowUpStatus)
_RANK = " ".join(f"WHEN '{status}' THEN {rank}" for rank, status in enumerate(_PRESSING))
_READ = (
    "SELECT (SELECT count(*) FROM entry WHERE parent = ?1 AND parent <> ''), "
    "(SELECT count(*) FROM entry_link WHERE source = ?1) "
    "+ (SELECT count(*) FROM entry_link WHERE target = ?1), "
    f"(SELECT min(CASE status {_RANK} END) FROM followup WHERE entry = ?1), "
    "(SELECT group_concat(uid, ' ') FROM (SELECT d.uid AS uid FROM dossier_entry m "
    "JOIN dossier d ON d.uid = m.dossier WHERE m.entry = ?1 ORDER BY d.number, d.uid))"
)


_HUNG = " UNION ".join(
    f"SELECT {column} FROM {table} WHERE {column} IN (SELECT value FROM json_each(?1)) "
    f"AND {column} <> ''"
    for table, column in (
        ("entry", "parent"), ("entry_link", "source"), ("entry_link", "target"),
        ("followup", "entry"), ("dossier_entry", "entry"),
    )
)  # fmt: skip


class Hanging(NamedTuple):
    """How many complements and links, the most pressing follow-up, the dossiers by number."""

    children: int
    links: int
    followup: str
    dossiers: tuple[str, ...]


NOTHING = Hanging(0, 0, "", ())


def hung(connection: Connection, uids: Iterable[str]) -> set[str]:
    """Those of the entries `uids` from which anything hangs now."""
    asked = msgspec.json.encode(list(uids)).decode()
    return {uid for (uid,) in connection.execute(_HUNG, (asked,))}


def hangs_from(entry: Entry) -> Hanging:
    """What hangs from `entry` as its row says; whatever comes or goes brings the row up to date."""
    return Hanging(entry.children, entry.links, entry.followup, entry.dossiers)


def hanging(connection: Connection, uid: str) -> Hanging:
    """What hangs from the entry `uid` now."""
    children, links, rank, dossiers = connection.execute(_READ, (uid,)).fetchone()
    followup = "" if rank is None else _PRESSING[rank]
    return Hanging(children, links, followup, tuple((dossiers or "").split()))
