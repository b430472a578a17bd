"""Opens observations.db: encrypted as the store is, and made anew when it cannot be used."""

import logging
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from beffroi.observations import schema
from beffroi.store import Connection, StoreError, faults, open_connection, turns
from beffroi.text import _

_log = logging.getLogger(__name__)
READERS = 3


class ObservationFile:
    """One writing connection behind a lock, a few reading ones; other processes may write too.

    What it holds comes back with the next deliveries: a damaged file, or one of another version,
    is begun again.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._key = key
        self._lock = threading.RLock()
        self._closed = False
        self._readers: queue.LifoQueue[Connection] = queue.LifoQueue()
        self._opened: list[Connection] = []
        self._spare = threading.Semaphore(READERS)
        self._mine = threading.local()
        try:
            self._writer = self._open()
        except StoreError as error:
            if not _is_damage(error):
                raise
            _log.warning("observations are begun again: the file could not be opened")
            _discard(path)
            self._writer = self._open()

    def _open(self) -> Connection:
        connection = open_connection(self.path, self._key)
        try:
            connection.execute("PRAGMA synchronous = NORMAL")
            turns.look_often(connection)
            _make_tables(connection)
        except driver.DatabaseError as error:
            connection.close()
            raise faults.explain(error, self.path.parent) from error
        return connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: all of it or nothing.

        Raises:
            StoreError: the disk is full, another process would not let go...
        """
        with self._lock:
            self._refuse_closed()
            try:
                turns.wait_for(self._writer, "BEGIN IMMEDIATE")
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException as error:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                if isinstance(error, driver.DatabaseError):
                    raise faults.explain(error, self.path.parent) from error
                raise

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees what was committed when its first query starts.

        A thread that reads while it reads gets the same one.
        """
        held: Connection | None = getattr(self._mine, "reader", None)
        if held is not None:
            yield held
            return
        with self._spare:
            connection = self._mine.reader = self._reader()
            try:
                connection.execute("BEGIN")
                yield connection
            except driver.DatabaseError as error:
                raise faults.explain(error, self.path.parent) from error
            finally:
                self._mine.reader = None
                if connection.in_transaction:
                    connection.execute("COMMIT")
                self._readers.put(connection)

    def _reader(self) -> Connection:
        self._refuse_closed()
        try:
            return self._readers.get_nowait()
        except queue.Empty:
            connection = open_connection(self.path, self._key)
            connection.execute("PRAGMA query_only = ON")
            self._opened.append(connection)
            return connection

    def _refuse_closed(self) -> None:
        if self._closed:
            raise StoreError(_("Le profil est fermé\u00a0: ouvrez-le à nouveau."))

    def close(self) -> None:
        """Let go of the file; closing twice is harmless."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            for _reader in range(READERS):
                self._spare.acquire(timeout=2.0)
            for connection in self._opened:
                connection.close()
            self._writer.close()
            self._spare.release(READERS)


def _make_tables(connection: Connection) -> None:
    """Make what is missing; tables of another version go first."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == schema.VERSION:
        return
    turns.wait_for(connection, "BEGIN IMMEDIATE")
    for name in schema.NAMES:
        connection.execute(f"DROP TABLE IF EXISTS {name}")
    for statement in schema.TABLES.split(";"):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {schema.VERSION}")
    connection.execute("COMMIT")


def _is_damage(error: StoreError) -> bool:
    """Whether nothing can be read of the file, rather than not now or not by us."""
    words = str(error.__cause__)
    return any(word in words for word in ("malformed", "not a database", "corrupt"))


def _discard(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
