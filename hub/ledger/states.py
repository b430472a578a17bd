"""Things as they stand, bucket by bucket: what a new desktop starts from."""

import msgspec

from beffroi.logbook.merge import STATES
from beffroi.sync.wire import StatePage, StateRow
from hub.db import Database, Session

MOST_BYTES = 8_000_000
_SOME = (
    "SELECT e.uid, e.seq, e.state FROM thing t JOIN entity e ON e.uid = t.uid "
    "WHERE t.workspace = ? AND t.bucket = ? AND t.kind = ? AND t.uid > ? ORDER BY t.uid LIMIT ?"
)
_REACHED = "SELECT seq FROM projected WHERE one = 1"


class States:
    """Reads what the projector folded."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def reached(self) -> int:
        """The position up to which states contain the ledger."""
        return int((await self._database.ask(_REACHED))[0][0])

    async def page(self, bucket: str, after: str, limit: int) -> StatePage:
        """Some of a bucket's things after the place `after`, where the page before ended.

        They come kind by kind, in the order that makes loading them cheapest.
        """
        begin, uid = _place(after)
        kept: list[StateRow] = []
        async with self._database.read() as session:
            row = await session.row(_REACHED)
            for kind in STATES[begin:]:
                rows = await _of_kind(session, bucket, kind, uid, limit + 1 - len(kept))
                kept += rows
                uid = ""
                if len(kept) > limit:
                    break
        fit = _fitting(kept, limit)
        last = fit[-1] if len(fit) < len(kept) else None
        return StatePage(
            at=int(row[0]) if row else 0, rows=fit, next=f"{last.kind} {last.uid}" if last else ""
        )


def _place(after: str) -> tuple[int, str]:
    """Which kind to go on with, after which uid; nothing is left after what is no place."""
    if not after:
        return 0, ""
    kind, _blank, uid = after.partition(" ")
    if kind not in STATES or not uid.isprintable():
        return len(STATES), ""
    return STATES.index(kind), uid


async def _of_kind(
    session: Session, bucket: str, kind: str, after: str, limit: int
) -> list[StateRow]:
    workspace = bucket.partition("/")[0]
    rows = await session.rows(_SOME, workspace, bucket, kind, after, limit)
    return [
        StateRow(kind=kind, uid=uid, seq=seq, state=msgspec.Raw(state.encode()))
        for uid, seq, state in rows
    ]


def _fitting(rows: list[StateRow], limit: int) -> list[StateRow]:
    """The first of `rows`: at most `limit`, and no more than a page holds unless it is one alone."""
    size = 0
    for at, row in enumerate(rows[:limit]):
        size += len(row.state)
        if at and size > MOST_BYTES:
            return rows[:at]
    return rows[:limit]
