"""Takes a micro-batch into the ledger: one call on PostgreSQL, one visit to the writer's thread else.

Both do the same: skip what is known, give positions without a hole, numbers and chain.
"""

from collections.abc import Awaitable, Callable

import msgspec
from psycopg.errors import SerializationFailure

from hub.db import Database, Row, Session
from hub.db.embedded import EmbeddedDatabase
from hub.db.lane import EmbeddedSession
from hub.ledger import chain
from hub.ledger.append_embedded import appended
from hub.ledger.batch import Accepted, Batch, Placed, Stale

_CALL = "SELECT * FROM append_ops(?, ?, ?::json, ?::json)"
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
        return await database.transact(lambda connection: appended(connection, batch))
    return await _called(database.ask, batch)


async def append_inside(session: Session, batch: Batch) -> list[Placed]:
    """Append as a part of `session`'s transaction, as `append` does."""
    if isinstance(session, EmbeddedSession):
        return await session.call(lambda connection: appended(connection, batch))
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
