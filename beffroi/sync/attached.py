"""Which attachments are still to go up or to come down, and which must go."""

from collections.abc import Sequence

import msgspec

from beffroi.store import Connection, Store

_SENT = "sync/sent/"
_NAMED = (
    "(SELECT e.uid, ea.sha256 FROM entry_attachment ea JOIN entry e ON e.rid = ea.rid "
    "UNION ALL SELECT uid, sha256 FROM sheet_attachment)"
)
"""Who names what: entries, and the sheets that everybody shares."""
_UP = (
    f"SELECT DISTINCT n.sha256 FROM {_NAMED} n JOIN attachment a ON a.sha256 = n.sha256 "
    "WHERE NOT EXISTS (SELECT 1 FROM setting WHERE key = ? || n.sha256) AND NOT EXISTS "
    "(SELECT 1 FROM outbox w JOIN operation o ON o.seq = w.seq WHERE o.entity = n.uid AND w.refused = '')"
)
_DOWN = (
    "SELECT sha256, max(rank) FROM (SELECT sha256, rid AS rank FROM entry_attachment UNION ALL "
    f"SELECT sha256, {2**62} FROM sheet_attachment) WHERE length(sha256) = 64 AND sha256 NOT IN "
    "(SELECT sha256 FROM attachment) GROUP BY sha256 ORDER BY max(rank) DESC LIMIT ?"
)
_UNNAMED = (
    "SELECT substr(key, ?1) FROM setting WHERE key LIKE ?2 "
    "AND NOT EXISTS (SELECT 1 FROM entry_attachment WHERE sha256 = substr(key, ?1)) "
    "AND NOT EXISTS (SELECT 1 FROM sheet_attachment WHERE sha256 = substr(key, ?1))"
)


class _Ref(msgspec.Struct):
    name: str = ""
    sha256: str = ""


class _Content(msgspec.Struct):
    attachments: list[_Ref] = []


def to_send(store: Store) -> list[str]:
    """Contents named by things that the hub holds, and not known to be there."""
    with store.read() as connection:
        return [row[0] for row in connection.execute(_UP, (_SENT,)).fetchall()]


def to_fetch(store: Store, limit: int = 1000) -> list[str]:
    """Contents that are named and not here: what sheets need, then that of the newest entries."""
    with store.read() as connection:
        return [row[0] for row in connection.execute(_DOWN, (limit,)).fetchall()]


def at_hub(connection: Connection, sha256: str) -> None:
    """The hub has this content."""
    connection.execute(
        "INSERT OR IGNORE INTO setting (key, value) VALUES (?, 'true')", (_SENT + sha256,)
    )


def unnamed(store: Store) -> list[str]:
    """Contents that the hub has and that nothing here names any more."""
    with store.read() as connection:
        place = len(_SENT) + 1
        rows = connection.execute(_UNNAMED, (place, f"{_SENT}%")).fetchall()
    return [row[0] for row in rows]


def forgotten(connection: Connection, shas: Sequence[str]) -> None:
    """These are no concern of ours any more."""
    connection.executemany(
        "DELETE FROM setting WHERE key = ?", [(_SENT + sha256,) for sha256 in shas]
    )


def name_of(store: Store, sha256: str) -> str:
    """What the newest entry that has it calls this content."""
    with store.read() as connection:
        row = connection.execute(
            "SELECT e.content FROM entry_attachment ea JOIN entry e ON e.rid = ea.rid "
            "WHERE ea.sha256 = ? ORDER BY e.rid DESC LIMIT 1",
            (sha256,),
        ).fetchone()
    if row is None:
        return ""
    refs = msgspec.json.decode(row[0], type=_Content).attachments
    return next((ref.name for ref in refs if ref.sha256 == sha256), "")
