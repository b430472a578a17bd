"""The hub's database on PostgreSQL with PostGIS: two small pools, one to read and one to write."""

import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakKeyDictionary

from psycopg import AsyncConnection, AsyncCursor, IsolationLevel, OperationalError
from psycopg.errors import ConnectionTimeout, DiskFull, InterfaceError
from psycopg_pool import AsyncConnectionPool, PoolClosed, PoolTimeout

from hub.db.database import Dialect, Row
from hub.db.faults import Full, Unavailable
from hub.db.marks import for_psycopg
from hub.db.notified import NOTICES_DEATH, Notified
from hub.db.signals import NEWS, Signals

READERS, WRITERS = 8, 4
BELIEVED_S = 0.5
PATIENCE_S = 5.0
Connection = AsyncConnection[Row]
_AWAY = (OperationalError, InterfaceError, ConnectionTimeout, PoolTimeout, PoolClosed)
_DURABLE = (
    "SELECT set_config('synchronous_commit', 'on', false) "
    "WHERE current_setting('synchronous_commit') IN ('off', 'local')"
)
_OPTIONS = (
    "-c idle_in_transaction_session_timeout=30000 -c TimeZone=UTC "
    r"-c default_transaction_isolation=read\ committed"
)


class PostgresSession:
    """A transaction on one connection; `connection` is for what only psycopg can do."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def _asked(self, sql: str, marks: Sequence[object]) -> AsyncCursor[Row]:
        return await self.connection.execute(for_psycopg(sql), marks)

    async def rows(self, sql: str, *marks: object) -> list[Row]:
        """All rows of a query."""
        return await (await self._asked(sql, marks)).fetchall()

    async def row(self, sql: str, *marks: object) -> Row | None:
        """The first row of a query, None without any."""
        return await (await self._asked(sql, marks)).fetchone()

    async def run(self, sql: str, *marks: object) -> int:
        """Run a statement; how many rows it touched."""
        return (await self._asked(sql, marks)).rowcount

    async def many(self, sql: str, lines: Iterable[Sequence[object]]) -> None:
        """Run a statement once for each line of marks."""
        async with self.connection.cursor() as cursor:
            await cursor.executemany(for_psycopg(sql), lines)


class PostgresDatabase:
    """Made by `connect`; survives a restart of PostgreSQL."""

    dialect: Dialect = "postgresql"

    def __init__(self, url: str) -> None:
        self.url = url
        self._readers = _pool(url, READERS, _for_reading)
        self._writers = _pool(url, WRITERS, _durable)
        self._alone = _pool(url, READERS, _for_one_statement)
        self._pools = (self._readers, self._writers, self._alone)
        self.signals = Signals()
        self._notified = Notified(url, self.signals)

    @classmethod
    async def connect(cls, url: str) -> "PostgresDatabase":
        """Open the pools on a database whose schema is up to date.

        Raises:
            Unavailable: nobody answers at `url`.
        """
        database = cls(url)
        try:
            for pool in database._pools:
                await pool.open(wait=True, timeout=PATIENCE_S)
        except _AWAY as error:
            await database.close()
            raise Unavailable.now() from error
        database._notified.start()
        return database

    async def ask(self, sql: str, *marks: object) -> list[Row]:
        """All rows of one statement that is a transaction by itself; one that writes is durable."""
        with _understood():
            async with self._alone.connection() as connection:
                return await PostgresSession(connection).rows(sql, *marks)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[PostgresSession]:
        """A transaction that only reads, on one snapshot."""
        with _understood():
            async with self._readers.connection() as connection:
                yield PostgresSession(connection)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[PostgresSession]:
        """A transaction: all of it or nothing, on the disk when the block ends."""
        with _understood():
            async with self._writers.connection() as connection:
                yield PostgresSession(connection)

    async def announce(self, text: str) -> None:
        """Tell every replica something, this one too; at most 7,000 bytes."""
        async with self.write() as session:
            await session.row("SELECT pg_notify(?, ?)", NEWS, text)

    def announcements(self) -> AsyncIterator[str]:
        """What is announced from now on."""
        return self.signals.follow(NEWS)

    async def close(self) -> None:
        """Let go of every connection; closing twice is harmless."""
        await self._notified.stop()
        for pool in self._pools:
            await pool.close()


class _understood:  # noqa: N801
    """Turns what the driver says of its server into what a person can act upon."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, DiskFull):
            raise Full.now() from error
        if isinstance(error, _AWAY):
            raise Unavailable.now() from error


async def _durable(connection: AsyncConnection[Any]) -> None:
    """What is acknowledged is on the disk, whatever the server's default is."""
    await connection.execute(_DURABLE)
    await connection.commit()


async def _for_one_statement(connection: AsyncConnection[Any]) -> None:
    await _durable(connection)
    await connection.set_autocommit(True)


async def _for_reading(connection: AsyncConnection[Any]) -> None:
    await connection.set_read_only(True)
    await connection.set_isolation_level(IsolationLevel.REPEATABLE_READ)


class _Fresh:
    """Asks a connection whether it lives, unless it was just used: that costs a round trip."""

    def __init__(self) -> None:
        self._used: WeakKeyDictionary[AsyncConnection[Any], float] = WeakKeyDictionary()

    async def check(self, connection: AsyncConnection[Any]) -> None:
        """Let `connection` be handed out, or raise for the pool to make another."""
        now = time.monotonic()
        if now - self._used.get(connection, 0.0) > BELIEVED_S:
            await AsyncConnectionPool.check_connection(connection)
        self._used[connection] = now


def _pool(url: str, size: int, configure: Any) -> "AsyncConnectionPool[Connection]":
    return AsyncConnectionPool(
        url,
        min_size=1,
        max_size=size,
        open=False,
        timeout=PATIENCE_S,
        reconnect_timeout=PATIENCE_S,
        configure=configure,
        check=_Fresh().check,
        kwargs={"options": _OPTIONS, "prepare_threshold": 2, **NOTICES_DEATH},
    )
