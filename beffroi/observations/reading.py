"""Reads observations: columns for the map, rows for tables, and what changed."""

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from beffroi.observations import asking
from beffroi.observations.encoding import FIELDS, integers, observation
from beffroi.observations.model import (
    NEVER,
    Box,
    Changes,
    Columns,
    Observation,
    Order,
    Shapes,
    Where,
)
from beffroi.observations.rows import COLUMNS, Body
from beffroi.plugin import Scalar
from beffroi.store import Connection

_FROM = "FROM observation o JOIN source s ON s.key = o.source"
_TIMES = f"coalesce(o.time, {NEVER}), coalesce(o.until, {NEVER}), {asking.SEEN}"


def key_of(connection: Connection, uid: str) -> int:
    """The number of a source here, 0 when nothing was ever kept of it."""
    row = connection.execute("SELECT key FROM source WHERE uid = ?", (uid,)).fetchone()
    return row[0] if row else 0


def columns(
    connection: Connection,
    uid: str,
    fields: Sequence[str],
    where: Sequence[Where],
    box: Box | None,
    rids: Sequence[int] | None,
    middles: bool,
) -> Columns:
    """The points of a source; with `middles`, lines and areas too, by the middle of their box."""
    rows = _rows(
        connection, uid, f"(o.west + o.east) / 2, (o.south + o.north) / 2, {_TIMES}", fields,
        "o.west IS NOT NULL" if middles else "o.west = o.east AND o.south = o.north", where, box, rids,
    )  # fmt: skip
    lists = list(zip(*rows, strict=True)) or [()] * (6 + len(fields))
    rid, lon, lat, time, until, seen, *values = lists
    return Columns(
        rid=integers(rid), lon=np.array(lon, np.float64), lat=np.array(lat, np.float64),
        time=integers(time), until=integers(until), seen=integers(seen),
        values={name: list(column) for name, column in zip(fields, values, strict=True)},
    )  # fmt: skip


def shapes(
    connection: Connection,
    uid: str,
    fields: Sequence[str],
    where: Sequence[Where],
    box: Box | None,
    rids: Sequence[int] | None,
) -> Shapes:
    """The lines and areas of a source."""
    rows = _rows(
        connection, uid, f"o.geometry, {_TIMES}", fields,
        "(o.west < o.east OR o.south < o.north) AND o.geometry IS NOT NULL", where, box, rids,
    )  # fmt: skip
    lists = list(zip(*rows, strict=True)) or [()] * (5 + len(fields))
    rid, wkb, time, until, seen, *values = lists
    return Shapes(
        rid=integers(rid), wkb=list(wkb), time=integers(time), until=integers(until),
        seen=integers(seen),
        values={name: list(column) for name, column in zip(fields, values, strict=True)},
    )  # fmt: skip


def _rows(
    connection: Connection,
    uid: str,
    what: str,
    fields: Sequence[str],
    which: str,
    where: Sequence[Where],
    box: Box | None,
    rids: Sequence[int] | None,
) -> list[tuple[Any, ...]]:
    named, needed = list[str](), list[Scalar]()
    for name in fields:
        told, values = asking.field(name)
        named.append(told)
        needed += values
    told, values = asking.conditions(where, box)
    if rids is not None:
        which += " AND o.rid IN (SELECT value FROM json_each(?))"
        values = [msgspec.json.encode(list(rids)).decode(), *values]
    sql = f"SELECT o.rid, {', '.join([what, *named])} {_FROM} WHERE o.source = ? AND {which} AND {told} ORDER BY o.rid"
    found: list[tuple[Any, ...]] = connection.execute(
        sql, [*needed, key_of(connection, uid), *values]
    ).fetchall()
    return found


def observations(
    connection: Connection,
    uid: str,
    *,
    box: Box | None = None,
    where: Sequence[Where] = (),
    text: str = "",
    order: Order | None = None,
    offset: int = 0,
    limit: int = 10_000,
) -> list[Observation]:
    """A page of a source's observations; in order of rid when no `order` is asked for."""
    told, values = asking.conditions(where, box, text)
    by, needed = asking.ordering(order) if order else ("o.rid", [])
    rows = connection.execute(
        f"SELECT {FIELDS} {_FROM} WHERE o.source = ? AND {told} ORDER BY {by} LIMIT ? OFFSET ?",
        [key_of(connection, uid), *values, *needed, limit, offset],
    )
    return [observation(row) for row in rows]


def order_of(
    connection: Connection,
    uid: str,
    order: Order,
    where: Sequence[Where],
    text: str,
    rids: Sequence[int] | None,
) -> NDArray[np.int64]:
    """Rids alone, in an order."""
    told, values = asking.conditions(where, None, text)
    by, needed = asking.ordering(order)
    if rids is not None:
        told += " AND o.rid IN (SELECT value FROM json_each(?))"
        values = [*values, msgspec.json.encode(list(rids)).decode()]
    rows = connection.execute(
        f"SELECT o.rid {_FROM} WHERE o.source = ? AND {told} ORDER BY {by}",
        [key_of(connection, uid), *values, *needed],
    )
    return integers(rid for (rid,) in rows)


def count(connection: Connection, uid: str, where: Sequence[Where], text: str) -> int:
    """How many observations a table has."""
    told, values = asking.conditions(where, None, text)
    row = connection.execute(
        f"SELECT count(*) {_FROM} WHERE o.source = ? AND {told}",
        [key_of(connection, uid), *values],
    ).fetchone()
    return int(row[0])


def many(connection: Connection, rids: Sequence[int]) -> list[Observation]:
    """These observations, those that are still there."""
    rows = connection.execute(
        f"SELECT {FIELDS} {_FROM} WHERE o.rid IN (SELECT value FROM json_each(?)) ORDER BY o.rid",
        (msgspec.json.encode(list(rids)).decode(),),
    )
    return [observation(row) for row in rows]


def rows_of(connection: Connection, rids: Sequence[int]) -> list[Body]:
    """These observations as rows."""
    found: list[Body] = connection.execute(
        f"SELECT {COLUMNS} FROM observation WHERE rid IN (SELECT value FROM json_each(?))",
        (msgspec.json.encode(list(rids)).decode(),),
    ).fetchall()
    return found


def by_id(connection: Connection, uid: str, name: str) -> Observation | None:
    """What a source last told of the thing that it calls `name`."""
    row = connection.execute(
        f"SELECT {FIELDS} {_FROM} WHERE s.uid = ? AND o.id = ?",
        (uid, name),
    ).fetchone()
    return observation(row) if row else None


def changed_after(connection: Connection, seq: int, sources: Sequence[str] | None) -> Changes:
    """What happened since `seq`, in all sources or in these."""
    latest, forgotten = (
        connection.execute("SELECT value FROM counter WHERE name = ?", (name,)).fetchone()[0]
        for name in ("seq", "forgotten")
    )
    keys = [
        (key, uid)
        for key, uid in connection.execute("SELECT key, uid FROM source WHERE seq > ?", (seq,))
        if sources is None or uid in sources
    ]
    changed = {uid: _since(connection, key, seq) for key, uid in keys}
    gone = dict[str, list[tuple[int, str]]]()
    for key, uid in keys:
        found = connection.execute(
            "SELECT rid, id FROM gone WHERE seq > ? AND source = ?", (seq, key)
        ).fetchall()
        if found:
            gone[uid] = found
    return Changes(
        seq=latest, gone=gone, again=seq < forgotten,
        changed={uid: rids for uid, rids in changed.items() if rids},
    )  # fmt: skip


def _since(connection: Connection, key: int, seq: int) -> list[int]:
    rows = connection.execute(
        "SELECT rid FROM observation WHERE source = ? AND seq > ? ORDER BY rid", (key, seq)
    )
    return [rid for (rid,) in rows]


def field_names(connection: Connection, uid: str, limit: int = 500) -> list[str]:
    """The names of a source's fields, in the order in which they are met in its newest rows."""
    rows = connection.execute(
        "SELECT properties FROM observation WHERE source = ? ORDER BY rid DESC LIMIT ?",
        (key_of(connection, uid), limit),
    )
    decode = msgspec.json.Decoder(dict[str, Any]).decode
    return list(dict.fromkeys(name for (told,) in rows for name in decode(told)))


def beyond(connection: Connection, key: int, before: int, max_count: int) -> list[int]:
    """Rids not told since `before`, and the oldest beyond `max_count`; -1 keeps none, 0 bounds not."""
    old = connection.execute(
        f"SELECT o.rid {_FROM} WHERE o.source = ? AND {asking.SEEN} < ?",
        (key, before),
    ).fetchall()
    many = (
        connection.execute(
            "SELECT rid FROM observation WHERE source = ?"
            " ORDER BY coalesce(time, seen) DESC, rid DESC LIMIT -1 OFFSET ?",
            (key, max(max_count, 0)),
        ).fetchall()
        if max_count
        else []
    )
    return list({rid for (rid,) in [*old, *many]})
