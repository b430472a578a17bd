"""The hub's database without a server: an encrypted SpatiaLite file, one writer and a few readers.

Each connection has a thread of its own; the loop never waits for the disk.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import sqlcipher3.dbapi2 as driver

from beffroi.store import Connection, faults
from beffroi.store.ballast import Ballast
from hub.db.database import Dialect, Row
from hub.db.faults import Full, Unavailable
from hub.db.lane import READING, WRITING, EmbeddedSession, Lane, commit, roll_back
from hub.db.signals import NEWS, Signals

READERS = 3
_PASSING = ("locked", "busy", "disk I/O")
T = TypeVar("T")


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
            connection.execute(WRITING)
            try:
                given = work(connection)
                commit(connection)
            finally:
                roll_back(connection)
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
            yield EmbeddedSession(lane, READING)
        except driver.DatabaseError as error:
            raise self._understood(error) from error
        finally:
            lane.later(roll_back)
            self._free.put_nowait(lane)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[EmbeddedSession]:
        """A transaction: all of it or nothing, on the disk when the block ends."""
        async with self._turn:
            self._refuse_closed()
            try:
                yield EmbeddedSession(self._writer, WRITING)
                await self._writer.do(commit)
            except driver.DatabaseError as error:
                raise self._understood(error) from error
            finally:
                self._writer.later(roll_back)
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


def _tidy(connection: Connection) -> None:
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
