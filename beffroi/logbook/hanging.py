"""What hangs from an entry: complements, links, follow-ups, dossiers, read anew from their tables.

Nothing is counted up or down: whatever came first, the counts are those of what is there.
"""

from typing import NamedTuple

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


class Hanging(NamedTuple):
    """How many complements and links, the most pressing follow-up, the dossiers by number."""

    children: int
    links: int
    followup: str
    dossiers: tuple[str, ...]


def hangs_from(entry: Entry) -> Hanging:
    """What hangs from `entry` as its row says; whatever comes or goes brings the row up to date."""
    return Hanging(entry.children, entry.links, entry.followup, entry.dossiers)


def hanging(connection: Connection, uid: str) -> Hanging:
    """What hangs from the entry `uid` now."""
    children, links, rank, dossiers = connection.execute(_READ, (uid,)).fetchone()
    followup = "" if rank is None else _PRESSING[rank]
    return Hanging(children, links, followup, tuple((dossiers or "").split()))
