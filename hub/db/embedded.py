"""The hub's database without a server: an encrypted SpatiaLite file, one writer and a few readers.

Each connection has a thread of its own; the loop never waits for the disk.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import sqlcipher3.dbapi2 as driver

from beffroi.store import Connection, faults, open_connection
from beffroi.store.ballast import Ballast
from hub.db.database import Dialect, Row
from hub.db.faults import Full, Unavailable
from hub.db.signals import NEWS, Signals

READERS = 3
_PASSING = ("locked", "busy", "disk I/O")
T = TypeVar("T")


class Lane:
    """A connection and the one thread that uses it."""

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

    def close(self) -> None:
        """Let go of the file."""
        self._thread.shutdown(wait=True)
        self._connection.close()


class EmbeddedSession:
    """A transaction on one lane; `call` does several statements in one visit to its thread."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane

    async def call(self, work: Callable[[Connection], T]) -> T:
        """What `work` gives, called once with the connection inside this transaction."""
        return await self._lane.do(work)

    async def rows(self, sql: str, *marks: object) -> list[Row]:
        """All rows of a query."""

        def asked(connection: Connection) -> list[Row]:
            found: list[Row] = connection.execute(sql, marks).fetchall()
            return found

        return await self._lane.do(asked)

    async def row(self, sql: str, *marks: object) -> Row | None:
        """The first row of a query, None without any."""

        def asked(connection: Connection) -> Row | None:
            found: Row | None = connection.execute(sql, marks).fetchone()
            return found

        return await self._lane.do(asked)

    async def run(self, sql: str, *marks: object) -> int:
        """Run a statement; how many rows it touched."""

        def ran(connection: Connection) -> int:
            return int(connection.execute(sql, marks).rowcount)

        return await self._lane.do(ran)

    async def many(self, sql: str, lines: Iterable[Sequence[object]]) -> None:
        """Run a statement once for each line of marks."""
        kept = list(lines)

        def ran(connection: Connection) -> None:
            connection.executemany(sql, kept)

        await self._lane.do(ran)


class EmbeddedDatabase:
    """Made by `connect`; keeps a reserve beside the file for the day the disk is full.

    `short_of_room` says that the reserve was needed, until there is room again.
    """

    dialect: Dialect = "sqlite"

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._key = key
        self._folder = path.parent
        self._ballast = Ballast(path.parent)
        self._writer = Lane(path, key)
        self._turn = asyncio.Lock()
        self._free: asyncio.LifoQueue[Lane] = asyncio.LifoQueue()
        self._lanes: list[Lane] = []
        self._closed = self._freed = False
        self.signals = Signals()
        self.short_of_room = not self._ballast.fill()

    @classmethod
    async def connect(cls, path: Path, key: bytes) -> "EmbeddedDatabase":
        """Open the file, whose schema is up to date, with its raw 256-bit key.

        Raises:
            BeffroiError: wrong key, damaged or foreign file.
        """
        database = cls(path, key)
        for _number in range(READERS):
            lane = Lane(path, key, reader=True)
            database._lanes.append(lane)
            database._free.put_nowait(lane)
        return database

    async def ask(self, sql: str, *marks: object) -> list[Row]:
        """All rows of one query that stands alone."""
        self._refuse_closed()
        lane = await self._free.get()
        try:
            return await EmbeddedSession(lane).rows(sql, *marks)
        except driver.DatabaseError as error:
            raise self._understood(error) from error
        finally:
            self._free.put_nowait(lane)

    async def transact(self, work: Callable[[Connection], T]) -> T:
        """What `work` gives, in one transaction and one visit to the writer's thread.

        Raises:
            Full: no room left on the disk; nothing was kept.
        """

        def whole(connection: Connection) -> T:
            _begin_writing(connection)
            try:
                given = work(connection)
                _commit(connection)
            finally:
                _roll_back(connection)
            return given

        async with self._turn:
            self._refuse_closed()
            try:
                given = await self._writer.do(whole)
            except driver.DatabaseError as error:
                understood = self._understood(error)
                if not self._freed:
                    raise understood from error
                given = await self._once_more(whole)
            self._take_room_back()
            return given

    async def _once_more(self, whole: Callable[[Connection], T]) -> T:
        """What `whole` gives now that the reserve was let go."""
        try:
            return await self._writer.do(whole)
        except driver.DatabaseError as error:
            raise self._understood(error) from error

    @asynccontextmanager
    async def read(self) -> AsyncIterator[EmbeddedSession]:
        """A transaction that only reads, on one snapshot."""
        self._refuse_closed()
        lane = await self._free.get()
        try:
            await lane.do(_begin_reading)
            yield EmbeddedSession(lane)
        except driver.DatabaseError as error:
            raise self._understood(error) from error
        finally:
            await lane.do(_roll_back)
            self._free.put_nowait(lane)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[EmbeddedSession]:
        """A transaction: all of it or nothing, on the disk when the block ends."""
        async with self._turn:
            self._refuse_closed()
            try:
                await self._writer.do(_begin_writing)
                yield EmbeddedSession(self._writer)
                await self._writer.do(_commit)
            except driver.DatabaseError as error:
                raise self._understood(error) from error
            finally:
                await self._writer.do(_roll_back)
            self._take_room_back()

    def _take_room_back(self) -> None:
        if self.short_of_room and self._ballast.fits():
            self.short_of_room = not self._ballast.fill()

    def _understood(self, error: Exception) -> Exception:
        if faults.is_full(error, self._folder):
            self.short_of_room = True
            self._freed = self._ballast.drop()
            return Full.now()
        self._freed = False
        if any(word in str(error) for word in _PASSING):
            return Unavailable.now()
        return error

    def _refuse_closed(self) -> None:
        if self._closed:
            raise Unavailable.now()

    async def announce(self, text: str) -> None:
        """Tell every replica something, which is this process alone."""
        self.signals.tell(NEWS, text)

    def announcements(self) -> AsyncIterator[str]:
        """What is announced from now on."""
        return self.signals.follow(NEWS)

    async def close(self) -> None:
        """Let go of every connection; closing twice is harmless."""
        async with self._turn:
            if self._closed:
                return
            self._closed = True
        with contextlib.suppress(driver.DatabaseError):
            await self._writer.do(_tidy)
        for lane in (*self._lanes, self._writer):
            await asyncio.to_thread(lane.close)


def _begin_reading(connection: Connection) -> None:
    connection.execute("BEGIN")


def _begin_writing(connection: Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")


def _commit(connection: Connection) -> None:
    connection.execute("COMMIT")


def _roll_back(connection: Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _tidy(connection: Connection) -> None:
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
