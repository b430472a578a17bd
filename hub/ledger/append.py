"""Takes a micro-batch into the ledger: one call on PostgreSQL, one visit to the writer's thread else.

Both do the same: skip what is known, give positions without a hole, numbers and chain.
"""

from collections.abc import Awaitable, Callable

import msgspec
from psycopg.errors import SerializationFailure

from beffroi.store import Connection
from hub.db import Database, Row, Session
from hub.db.embedded import EmbeddedDatabase, EmbeddedSession
from hub.ledger import chain
from hub.ledger.batch import Accepted, Batch, Placed, Stale, Thing

_INSERT = f"INSERT INTO operation VALUES ({','.join('?' * 22)})"
_CALL = "SELECT * FROM append_ops(?, ?, ?::json, ?::json)"
_SERIES = (
    "INSERT INTO series (workspace, prefix, last) VALUES (?, ?, 1) "
    "ON CONFLICT (workspace, prefix) DO UPDATE SET last = last + 1 RETURNING last"
)
_encode = msgspec.json.Encoder().encode


class _Line(msgspec.Struct, omit_defaults=True):
    """An operation as `append_ops` reads it."""

    op_id: str
    kind: str
    entity: str
    workspace: str
    hlc: int
    made_at: int
    offset_ms: int
    author: str
    post: str
    station: str
    marking: str
    audience: str
    device: str
    payload: str
    payload_sha: str
    signature: str
    bucket: str
    digest: str
    prefix: str
    about: tuple[str, ...] | None = None


async def append(database: Database, batch: Batch) -> list[Placed]:
    """Append in a transaction of its own; one outcome per operation.

    Raises:
        Stale: something moved since the caller looked; nothing was appended.
    """
    if isinstance(database, EmbeddedDatabase):
        return await database.transact(lambda connection: _appended(connection, batch))
    return await _called(database.ask, batch)


async def append_inside(session: Session, batch: Batch) -> list[Placed]:
    """Append as a part of `session`'s transaction, as `append` does."""
    if isinstance(session, EmbeddedSession):
        return await session.call(lambda connection: _appended(connection, batch))
    return await _called(session.rows, batch)


async def _called(ask: Callable[..., Awaitable[list[Row]]], batch: Batch) -> list[Placed]:
    ops = _encode([_line(accepted) for accepted in batch.ops]).decode()
    things = _encode(batch.things).decode()
    try:
        rows = await ask(_CALL, batch.now, batch.moves, ops, things)
    except SerializationFailure as error:
        raise Stale from error
    return [Placed(*row) for row in rows]


def _line(accepted: Accepted) -> _Line:
    op = accepted.op
    return _Line(
        op.op_id, op.kind, op.entity, op.workspace, op.hlc, op.made_at, op.offset, op.author,
        op.post, op.station, op.marking, op.audience, op.device, bytes(op.payload).decode(),
        accepted.sha, op.signature, accepted.bucket, chain.digest(op, accepted.sha).hex(),
        accepted.prefix, accepted.about or None,
    )  # fmt: skip


def _appended(connection: Connection, batch: Batch) -> list[Placed]:
    head, at, moves, last = connection.execute(
        "SELECT head, at, moves, hash FROM ledger_head WHERE one = 1"
    ).fetchone()
    if moves != batch.moves:
        raise Stale
    for thing in batch.things:
        _bring(connection, thing)
    now = max(batch.now, at)
    placed: list[Placed] = []
    begin = head
    for accepted in batch.ops:
        known = _known(connection, accepted.op.op_id)
        if known is not None:
            placed.append(known)
            continue
        head += 1
        number = _number(connection, accepted)
        last = _insert(connection, accepted, Placed(head, number, now, fresh=True), last)
        placed.append(Placed(head, number, now, fresh=True))
    if head > begin:
        connection.execute(
            "UPDATE ledger_head SET head = ?, at = ?, hash = ? WHERE one = 1", (head, now, last)
        )
    return placed


def _bring(connection: Connection, thing: Thing) -> None:
    connection.execute(
        "INSERT INTO thing (uid, kind, workspace, bucket, author, refs) VALUES (?,?,?,?,?,?) "
        "ON CONFLICT DO NOTHING",
        msgspec.structs.astuple(thing),
    )
    found = connection.execute("SELECT bucket FROM thing WHERE uid = ?", (thing.uid,)).fetchone()
    if found[0] != thing.bucket:
        raise Stale


def _known(connection: Connection, op_id: str) -> Placed | None:
    row = connection.execute(
        "SELECT seq, number, at FROM operation WHERE op_id = ?", (op_id,)
    ).fetchone()
    return None if row is None else Placed(row[0], row[1], row[2], fresh=False)


def _number(connection: Connection, accepted: Accepted) -> int | None:
    if not accepted.prefix:
        return None
    row = connection.execute(_SERIES, (accepted.op.workspace, accepted.prefix)).fetchone()
    return int(row[0])


def _insert(connection: Connection, accepted: Accepted, placed: Placed, previous: bytes) -> bytes:
    op, said = accepted.op, chain.digest(accepted.op, accepted.sha)
    mine = chain.link(previous, said, placed.seq, placed.at, placed.number)
    connection.execute(
        _INSERT,
        (placed.seq, op.op_id, op.kind, op.entity, op.workspace, op.hlc, op.made_at, op.offset,
         op.author, op.post, op.station, op.marking, op.audience, op.device, bytes(op.payload),
         accepted.sha, op.signature, placed.at, placed.number, accepted.bucket, previous, mine),
    )  # fmt: skip
    for uid in accepted.about:
        connection.execute(
            "INSERT INTO about (uid, seq) VALUES (?, ?) ON CONFLICT DO NOTHING", (uid, placed.seq)
        )
    return mine
