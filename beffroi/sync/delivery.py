"""How far each entry has come: kept here, at the hub, refused, seen by whom."""

from collections.abc import Iterable, Sequence
from typing import Any

from beffroi.store import Connection, Store
from beffroi.sync.status import Delivery
from beffroi.sync.wire import Seen

_MARKS = 400
_REACHED = (
    "SELECT o.entity, max(coalesce(o.at, 0)), max(w.seq IS NOT NULL AND w.refused = ''), "
    "max(coalesce(w.refused, '')) FROM operation o LEFT JOIN outbox w ON w.seq = o.seq "
    "WHERE o.entity IN ({marks}) GROUP BY o.entity"
)
_SEEN = "SELECT uid, account, post, at FROM entry_seen WHERE uid IN ({marks}) ORDER BY at, account"


def deliveries(store: Store, entities: Sequence[str]) -> dict[str, Delivery]:
    """Where these entries stand; one that came from the hub as it stood is at the hub."""
    with store.read() as connection:
        return delivered(connection, entities)


def delivered(connection: Connection, entities: Sequence[str]) -> dict[str, Delivery]:
    """The same, for whoever holds a connection."""
    reached = {row[0]: row[1:] for row in _rows(connection, _REACHED, entities)}
    seen: dict[str, list[Seen]] = {}
    for uid, account, post, at in _rows(connection, _SEEN, entities):
        seen.setdefault(uid, []).append(Seen(entity=uid, account=account, post=post, at=at))
    found: dict[str, Delivery] = {}
    for uid in entities:
        at, waits, refused = reached.get(uid, (0, 0, ""))
        found[uid] = _delivery(uid, at, waits, refused, seen.get(uid, []))
    return found


def _delivery(uid: str, at: int, waits: int, refused: str, seen: list[Seen]) -> Delivery:
    if refused:
        return Delivery(entity=uid, reached="refused", why=refused, seen=seen)
    if waits:
        return Delivery(entity=uid, reached="kept", seen=seen)
    return Delivery(entity=uid, reached="hub", at=at, seen=seen)


def _rows(connection: Connection, sql: str, uids: Sequence[str]) -> Iterable[tuple[Any, ...]]:
    for start in range(0, len(uids), _MARKS):
        some = uids[start : start + _MARKS]
        marks = ",".join("?" * len(some))
        yield from connection.execute(sql.format(marks=marks), tuple(some)).fetchall()


def keep_seen(connection: Connection, seen: Iterable[Seen]) -> None:
    """Remember who has read what; the first time counts."""
    connection.executemany(
        "INSERT INTO entry_seen (uid, account, post, at) VALUES (?,?,?,?) "
        "ON CONFLICT (uid, account) DO NOTHING",
        [(one.entity, one.account, one.post, one.at) for one in seen],
    )
