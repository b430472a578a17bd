"""Verifies the ledger: no position missing, none altered, every payload as it was signed."""

import asyncio
from collections.abc import AsyncIterator

from beffroi.journal.chain import GENESIS, ChainBreak
from hub.db import Database, Row
from hub.ledger import chain
from hub.ledger.pages import OP_FIELDS, op_of

_OPS = (
    f"SELECT seq, at, number, prev_hash, hash, payload_sha, {OP_FIELDS} FROM operation "
    "WHERE seq > ? AND seq <= ? ORDER BY seq"
)
_MARKERS = (
    "SELECT seq, at, prev_hash, hash, what, bucket, entity FROM marker "
    "WHERE seq > ? AND seq <= ? ORDER BY seq"
)
_STRIDE = 5000
Position = tuple[int, bytes, bytes, str]


async def verify(database: Database) -> ChainBreak | None:
    """The first position that is not true any more, and why; None when all is."""
    async with database.read() as session:
        row = await session.row("SELECT head, hash FROM ledger_head WHERE one = 1")
    head, last = (int(row[0]), bytes(row[1])) if row else (0, GENESIS)
    expected, previous = 1, GENESIS
    async for seq, before, mine, why in _positions(database, head):
        if seq != expected:
            return ChainBreak(expected, "missing")
        if before != previous:
            return ChainBreak(seq, "unlinked")
        if why:
            return ChainBreak(seq, why)
        expected, previous = seq + 1, mine
    if expected != head + 1:
        return ChainBreak(expected, "missing")
    return None if previous == last else ChainBreak(head, "unlinked")


async def _positions(database: Database, head: int) -> AsyncIterator[Position]:
    """Each position up to `head`: its number, previous hash, hash, and what is wrong with it."""
    for after in range(0, head, _STRIDE):
        upto = min(head, after + _STRIDE)
        async with database.read() as session:
            ops = await session.rows(_OPS, after, upto)
            markers = await session.rows(_MARKERS, after, upto)
        for position in await asyncio.to_thread(_read, ops, markers):
            yield position


def _read(ops: list[Row], markers: list[Row]) -> list[Position]:
    found = [(int(row[0]), bytes(row[3]), bytes(row[4]), _op_flaw(row)) for row in ops]
    found += [(int(row[0]), bytes(row[2]), bytes(row[3]), _marker_flaw(row)) for row in markers]
    return sorted(found)


def _op_flaw(row: Row) -> str:
    seq, at, number, before, mine, sha = row[:6]
    op = op_of(row[6:])
    if bytes(op.payload) and chain.payload_sha(op.payload) != sha:
        return "altered"
    true = chain.link(bytes(before), chain.digest(op, sha), seq, at, number)
    return "" if true == bytes(mine) else "altered"


def _marker_flaw(row: Row) -> str:
    seq, at, before, mine, what, bucket, entity = row
    true = chain.link(bytes(before), chain.marker_digest(what, bucket, entity), seq, at, None)
    return "" if true == bytes(mine) else "altered"
