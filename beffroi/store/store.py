"""A node's store: one writing connection behind a lock, a few reading ones, nothing else."""

import logging
import queue
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import sqlcipher3.dbapi2 as driver

from beffroi.store import faults, migrate, turns
from beffroi.store.ballast import Ballast
from beffroi.store.connection import Connection, assert_encrypted, open_connection
from beffroi.store.faults import StoreError
from beffroi.text import _

_log = logging.getLogger(__name__)
READERS = 3
PATIENCE_S = 2.0
T = TypeVar("T")


class Store:
    """Opens the file, brings its schema up to date, and hands out connections.

    Writing is one transaction at a time; reading goes on beside it on snapshots (WAL).  With
    `must_exist`, a store that has vanished is an error and not a new empty one.
    """

    def __init__(self, path: Path, key: bytes, *, must_exist: bool = False) -> None:
        if must_exist and _is_gone(path):
            raise StoreError(
                _("La base du profil manque : restaurez {name} depuis une sauvegarde.").format(
                    name=path.name
                )
            )
        self.path = path
        self._key = key
        self._lock = threading.RLock()
        self._closed = False
        self._depth = 0
        self._freed = False
        self._after: list[Callable[[], None]] = []
        self.ballast = Ballast(path.parent)
        self._writer = open_connection(path, key)
        try:
            migrate.upgrade(self._writer)
            assert_encrypted(path)
            turns.look_often(self._writer)
        except driver.DatabaseError as error:
            self._writer.close()
            raise faults.explain(error, path.parent) from error
        except BaseException:
            self._writer.close()
            raise
        self.short_of_room = not self.ballast.fill()
        self._readers: queue.LifoQueue[Connection] = queue.LifoQueue()
        self._opened: list[Connection] = []
        self._spare = threading.Semaphore(READERS)
        self._mine = threading.local()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: all of it or nothing, durable on return.

        Opened inside another, it is part of that one: a caller can keep many acts together.

        Raises:
            StoreError: the disk is full, the file is damaged...; nothing stored is lost.
        """
        with self._lock:
            if self._closed:
                raise StoreError(_("Le profil est fermé : ouvrez-le à nouveau."))
            if self._depth:
                with self._part():
                    yield self._writer
                return
            self._depth += 1
            try:
                turns.wait_for(self._writer, "BEGIN IMMEDIATE")
                yield self._writer
                self._writer.execute("COMMIT")
            except driver.DatabaseError as error:
                self._roll_back()
                raise self._understood(error) from error
            except BaseException:
                self._roll_back()
                raise
            finally:
                self._depth -= 1
            self._tell()

    @contextmanager
    def _part(self) -> Iterator[None]:
        """A part of the transaction under way, that fails alone when its caller goes on."""
        told = len(self._after)
        self._writer.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            if self._writer.in_transaction:
                self._writer.execute("ROLLBACK TO part")
                self._writer.execute("RELEASE part")
            del self._after[told:]
            raise
        self._writer.execute("RELEASE part")

    def run(self, work: Callable[[Connection], T]) -> T:
        """`work` in one transaction; when the disk is full, once more with the reserve freed."""
        with self._lock:
            self._freed = False
            try:
                with self.write() as connection:
                    return work(connection)
            except StoreError:
                if not self._freed:
                    raise
            with self.write() as connection:
                return work(connection)

    def after_commit(self, call: Callable[[], None]) -> None:
        """Call once the transaction under way is on the disk; never if it is not."""
        with self._lock:
            if self._depth:
                self._after.append(call)
                return
        call()

    def _tell(self) -> None:
        if self.short_of_room and self.ballast.fits():
            self.short_of_room = not self.ballast.fill()
        while self._after:
            self._after.pop(0)()

    def _roll_back(self) -> None:
        self._after.clear()
        if self._writer.in_transaction:
            self._writer.execute("ROLLBACK")

    def _understood(self, error: Exception) -> Exception:
        if faults.is_full(error, self.path.parent):
            self.short_of_room = True
            self._freed = self.ballast.drop()
        return faults.explain(error, self.path.parent)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for reading, seeing what was committed when its query starts.

        A thread that reads while it reads gets the same one: it never waits for itself.
        """
        held: Connection | None = getattr(self._mine, "reader", None)
        if held is not None:
            yield held
            return
        with self._spare:
            connection = self._mine.reader = self._reader()
            try:
                yield connection
            except driver.DatabaseError as error:
                raise faults.explain(error, self.path.parent) from error
            finally:
                self._mine.reader = None
                self._readers.put(connection)

    def _reader(self) -> Connection:
        if self._closed:
            raise StoreError(_("Le profil est fermé : ouvrez-le à nouveau."))
        try:
            return self._readers.get_nowait()
        except queue.Empty:
            connection = open_connection(self.path, self._key)
            connection.execute("PRAGMA query_only = ON")
            self._opened.append(connection)
            return connection

    def compact(self) -> None:
        """Write the file anew, without any trace of what was deleted.  Takes as much room again.

        Raises:
            StoreError: no room, or another process would not let go of the file.
        """
        with self._lock:
            try:
                turns.wait_for(self._writer, "VACUUM")
                self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except driver.DatabaseError as error:
                raise faults.explain(error, self.path.parent) from error

    def damaged_pages(self) -> int:
        """How many pages of the file are no longer what was written: every one has its seal."""
        with self.read() as connection:
            found = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        return len(found)

    def copy_to(self, path: Path) -> None:
        """Copy the file as it is now, encrypted as it is, while everyone goes on reading."""
        with self.write():
            for suffix in ("", "-wal"):
                source = self.path.with_name(self.path.name + suffix)
                if source.is_file():
                    shutil.copyfile(source, path.with_name(path.name + suffix))

    @property
    def closed(self) -> bool:
        """Whether the file was let go."""
        return self._closed

    def close(self) -> None:
        """Let go of the file; closing twice is harmless."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            for _reader in range(READERS):
                self._spare.acquire(timeout=PATIENCE_S)
            for connection in self._opened:
                connection.close()
            try:
                self._writer.execute("PRAGMA optimize")
                self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except driver.DatabaseError as error:
                _log.warning("closing without a checkpoint: %s", error)
            self._writer.close()
            self._spare.release(READERS)


def _is_gone(path: Path) -> bool:
    """Whether there is nothing left of a store; one that may not be looked at is not gone."""
    try:
        return path.stat().st_size == 0
    except FileNotFoundError:
        return True
    except OSError:
        return False
