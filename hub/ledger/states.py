"""Things as they stand, bucket by bucket: what a new desktop starts from."""

import msgspec

from beffroi.sync.wire import StatePage, StateRow
from hub.db import Database

MOST_BYTES = 8_000_000


class States:
    """Reads what the projector folded."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def reached(self) -> int:
        """The position up to which states contain the ledger."""
        async with self._database.read() as session:
            row = await session.row("SELECT seq FROM projected WHERE one = 1")
        return int(row[0]) if row else 0

    async def page(self, bucket: str, after: str, limit: int) -> StatePage:
        """Some of a bucket's things, those after the uid `after`; cut before it gets too big."""
        workspace = bucket.partition("/")[0]
        async with self._database.read() as session:
            reached = await session.row("SELECT seq FROM projected WHERE one = 1")
            rows = await session.rows(
                "SELECT e.kind, e.uid, e.seq, e.state FROM thing t JOIN entity e ON e.uid = t.uid "
                "WHERE t.workspace = ? AND t.bucket = ? AND t.uid > ? ORDER BY t.uid LIMIT ?",
                workspace, bucket, after, limit + 1,
            )  # fmt: skip
        kept: list[StateRow] = []
        size = 0
        for kind, uid, seq, state in rows[:limit]:
            size += len(state)
            if kept and size > MOST_BYTES:
                break
            kept.append(StateRow(kind=kind, uid=uid, seq=seq, state=msgspec.Raw(state.encode())))
        more = len(kept) < len(rows)
        at = int(reached[0]) if reached else 0
        return StatePage(at=at, rows=kept, next=kept[-1].uid if more else "")

    async def holders(self, sha256: str) -> frozenset[str]:
        """The buckets of the things that hold this attachment now."""
        async with self._database.read() as session:
            rows = await session.rows(
                "SELECT DISTINCT t.bucket FROM holding h JOIN thing t ON t.uid = h.uid "
                "WHERE h.sha256 = ?",
                sha256,
            )
        return frozenset(row[0] for row in rows)
