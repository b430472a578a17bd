"""A connection to the embedded file with the one thread that uses it, and transactions on it.

Each visit to the thread costs as much as a small query: a transaction begins with its first
statement, and one that only read ends without anybody waiting.
"""

import asyncio
import contextlib
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from beffroi.store import Connection, open_connection
from hub.db.database import Row

READING, WRITING = "BEGIN", "BEGIN IMMEDIATE"
T = TypeVar("T")


class Lane:
    """A connection and its thread; what it is given is done in order."""

    def __init__(self, path: Path, key: bytes, *, reader: bool = False) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"hub-{path.name}")
        self._connection = open_connection(path, key)
        if reader:
            self._connection.execute("PRAGMA query_only = ON")

    async def do(self, work: Callable[[Connection], T]) -> T:
        """What `work` gives, done in the thread; waits for its end even when cancelled."""
        future = self._thread.submit(work, self._connection)
        waiting = asyncio.wrap_future(future)
        try:
            return await asyncio.shield(waiting)
        except asyncio.CancelledError:
            await asyncio.wait([waiting])
            raise

    def later(self, work: Callable[[Connection], object]) -> None:
        """Do `work` before whatever is asked next; nobody waits for it."""
        with contextlib.suppress(RuntimeError):  # the lane was closed meanwhile
            self._thread.submit(work, self._connection)

    def close(self) -> None:
        """Let go of the file."""
        self._thread.shutdown(wait=True)
        self._connection.close()


class EmbeddedSession:
    """A transaction on one lane; without `begin`, each statement stands alone."""

    def __init__(self, lane: Lane, begin: str = "") -> None:
        self._lane = lane
        self._begin = begin

    async def call(self, work: Callable[[Connection], T]) -> T:
        """What `work` gives, called with the connection inside this transaction: one visit."""
        begin, self._begin = self._begin, ""
        if not begin:
            return await self._lane.do(work)

        def first(connection: Connection) -> T:
            connection.execute(begin)
            return work(connection)

        return await self._lane.do(first)

    async def rows(self, sql: str, *marks: object) -> list[Row]:
        """All rows of a query."""

        def asked(connection: Connection) -> list[Row]:
            found: list[Row] = connection.execute(sql, marks).fetchall()
            return found

        return await self.call(asked)

    async def row(self, sql: str, *marks: object) -> Row | None:
        """The first row of a query, None without any."""

        def asked(connection: Connection) -> Row | None:
            found: Row | None = connection.execute(sql, marks).fetchone()
            return found

        return await self.call(asked)

    async def run(self, sql: str, *marks: object) -> int:
        """Run a statement; how many rows it touched."""

        def ran(connection: Connection) -> int:
            return int(connection.execute(sql, marks).rowcount)

        return await self.call(ran)

    async def many(self, sql: str, lines: Iterable[Sequence[object]]) -> None:
        """Run a statement once for each line of marks."""
        kept = list(lines)

        def ran(connection: Connection) -> None:
            connection.executemany(sql, kept)

        await self.call(ran)


def commit(connection: Connection) -> None:
    """Keep what the transaction did, if one began."""
    if connection.in_transaction:
        connection.execute("COMMIT")


def roll_back(connection: Connection) -> None:
    """Forget what the transaction did, if one is still under way."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")
