"""Markers: positions that say that a thing came into a bucket or left it."""

from hub.db import Dialect, Session
from hub.db.tables.ledger_function import CHANNEL
from hub.ledger import chain

PUT, REMOVE = "put", "remove"


async def mark(
    session: Session, dialect: Dialect, what: str, bucket: str, entity: str, now: int
) -> int:
    """Write a marker at the next position, inside a transaction that holds the ledger's lock."""
    row = await session.row("SELECT head, at, hash FROM ledger_head WHERE one = 1")
    if row is None:
        message = "the ledger has no head"
        raise LookupError(message)
    seq, at, previous = int(row[0]) + 1, max(now, int(row[1])), bytes(row[2])
    mine = chain.link(previous, chain.marker_digest(what, bucket, entity), seq, at, None)
    await session.run(
        "INSERT INTO marker (seq, bucket, what, entity, at, prev_hash, hash) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        seq, bucket, what, entity, at, previous, mine,
    )  # fmt: skip
    await session.run(
        "UPDATE ledger_head SET head = ?, at = ?, hash = ? WHERE one = 1", seq, at, mine
    )
    if dialect == "postgresql":
        await session.row("SELECT pg_notify(?, ?)", CHANNEL, str(seq))
    return seq
