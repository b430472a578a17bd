"""The hub's ledger: what was kept, where it lies, in the order of positions."""

from collections.abc import AsyncIterator, Collection, Iterable, Mapping

from beffroi.journal.chain import ChainBreak
from beffroi.sync.wire import StatePage
from hub.db import Database
from hub.db.marks import among, listed
from hub.db.signals import LEDGER
from hub.ledger import verify
from hub.ledger.append import append
from hub.ledger.batch import Batch, Placed
from hub.ledger.holding import Holder, holders
from hub.ledger.judge import Judge
from hub.ledger.knowledge import Knowledge, look
from hub.ledger.moving import Mover
from hub.ledger.pages import HEAD, Page, Pages
from hub.ledger.quarantine import Quarantine
from hub.ledger.shape import Read
from hub.ledger.signals import positions
from hub.ledger.states import States

_BUCKETS = """
WITH RECURSIVE found (bucket) AS (
    SELECT min(bucket) FROM thing WHERE workspace = ?
    UNION ALL
    SELECT (SELECT min(t.bucket) FROM thing t WHERE t.workspace = ? AND t.bucket > found.bucket)
    FROM found WHERE found.bucket IS NOT NULL
)
SELECT bucket FROM found WHERE bucket IS NOT NULL
"""


class Ledger:
    """Reads and appends; whoever calls says what may be seen and what may enter."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._pages = Pages(database)
        self.quarantine = Quarantine(database)
        self.states = States(database)

    async def head(self) -> int:
        """The last position."""
        rows = await self._database.ask(HEAD)
        return int(rows[0][0])

    async def append(self, batch: Batch) -> list[Placed]:
        """Keep a batch durably, in order; one outcome per operation.

        Raises:
            Stale: something moved since the caller looked; nothing was kept.
        """
        placed = await append(self._database, batch)
        self._tell(placed)
        return placed

    async def move(self, read: Read, judge: Judge, now: int) -> Placed:
        """Keep an operation that may change where its entity lies (the slow path).

        Raises:
            Refusal: its author may not.
        """
        async with self._database.write() as session:
            placed = await Mover(session, self._database.dialect, now).take(read, judge)
        self._tell([placed])
        return placed

    def _tell(self, placed: Iterable[Placed]) -> None:
        last = max((one.seq for one in placed if one.fresh), default=0)
        if last:
            self._database.signals.tell(LEDGER, str(last))

    async def look(self, op_ids: Collection[str], uids: Collection[str]) -> Knowledge:
        """What is known of operations and things."""
        return await look(self._database.ask, self._database.dialect, op_ids, uids)

    async def records(self, cursors: Mapping[str, int], limit: int, upto: int) -> Page:
        """The first records after each bucket's cursor, none beyond position `upto`."""
        return await self._pages.records(cursors, limit, upto)

    async def tail(self, after: int, limit: int) -> Page:
        """The first records after a position, in all buckets of all workspaces."""
        return await self._pages.tail(after, limit)

    async def buckets(self, workspace: str) -> frozenset[str]:
        """The buckets of a workspace that hold something."""
        async with self._database.read() as session:
            rows = await session.rows(_BUCKETS, workspace, workspace)
        return frozenset(row[0] for row in rows)

    async def bucket_of(self, uids: Collection[str]) -> dict[str, str]:
        """Where things lie; those that the hub does not know are left out."""
        async with self._database.read() as session:
            rows = await session.rows(
                f"SELECT uid, bucket FROM thing WHERE uid {among(self._database.dialect)}",
                listed(uids),
            )
        return {row[0]: row[1] for row in rows}

    async def state_page(self, bucket: str, after: str, limit: int) -> StatePage:
        """Some of a bucket's things as they stand, after where the page before ended."""
        return await self.states.page(bucket, after, limit)

    async def holders(self, sha256: str) -> list[Holder]:
        """The things that name this attachment."""
        return await holders(self._database, sha256)

    def listen(self) -> AsyncIterator[int]:
        """Positions as the ledger grows, from the present one on; some may be skipped."""
        return positions(self._database, self.head)

    async def verify(self) -> ChainBreak | None:
        """The first position that is not true any more, and why; None when all is."""
        return await verify.verify(self._database)
