"""What reached this node late, and under which names: for those who come back after a cut."""

from collections.abc import Sequence

from beffroi.logbook.entry import Entry
from beffroi.store import Store

LATE_MS = 120_000
"""From how long between writing and arrival on an entry counts as received late."""


def came_late(entry: Entry) -> bool:
    """Whether the entry reached the hub long after it was written: « reçu en différé »."""
    return entry.arrived > 0 and entry.arrived - entry.entered_time > LATE_MS


def came_since(store: Store, moment: int, account: str) -> list[int]:
    """The entries (row ids) of others that reached the hub since `moment` (UTC ms)."""
    with store.read() as connection:
        rows = connection.execute(
            "SELECT rid FROM entry WHERE arrived > 0 AND arrived >= ? AND author <> ?",
            (moment, account),
        ).fetchall()
    return [int(row[0]) for row in rows]


def first_names(store: Store, uid: str) -> Sequence[str]:
    """The provisional numbers that an entry had before the hub gave it its own."""
    with store.read() as connection:
        rows = connection.execute(
            "SELECT label FROM entry_alias WHERE uid = ? ORDER BY label", (uid,)
        ).fetchall()
    return [str(row[0]) for row in rows]
