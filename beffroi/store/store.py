"""A node's store: one writing connection behind a lock, a few reading ones, nothing else."""

import logging
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from beffroi.store import migrate
from beffroi.store.ballast import Ballast
from beffroi.store.connection import (
    Connection,
    StoreError,
    assert_encrypted,
    open_connection,
)
from beffroi.text import _

_log = logging.getLogger(__name__)
READERS = 3


class Store:
    """Opens the file, brings its schema up to date, and hands out connections.

    Writing is one transaction at a time; reading goes on beside it on snapshots (WAL).
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._key = key
        self._lock = threading.RLock()
        self._depth = 0
        self.ballast = Ballast(path.parent)
        self._writer = open_connection(path, key)
        try:
            migrate.upgrade(self._writer)
            assert_encrypted(path)
        except BaseException:
            self._writer.close()
            raise
        self.short_of_room = not self.ballast.fill()
        self._readers: queue.LifoQueue[Connection] = queue.LifoQueue()
        self._opened: list[Connection] = []
        self._spare = threading.Semaphore(READERS)
        self._closed = False

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: all of it or nothing, durable on return.

        Raises:
            StoreError: the disk is full even without the reserve; nothing stored is lost.
        """
        with self._lock:
            if self._depth:
                yield self._writer
                return
            self._depth += 1
            try:
                self._writer.execute("BEGIN IMMEDIATE")
                yield self._writer
                self._commit()
            except driver.DatabaseError as error:
                self._roll_back()
                raise self._explain(error) from error
            except BaseException:
                self._roll_back()
                raise
            finally:
                self._depth -= 1

    def _commit(self) -> None:
        try:
            self._writer.execute("COMMIT")
        except driver.OperationalError:
            if not self._writer.in_transaction or not self.ballast.drop():
                raise
            self.short_of_room = True
            self._writer.execute("COMMIT")

    def _roll_back(self) -> None:
        if self._writer.in_transaction:
            self._writer.execute("ROLLBACK")

    def _explain(self, error: Exception) -> Exception:
        words = str(error)
        if "full" in words or "disk I/O" in words:
            freed = self.ballast.drop()
            self.short_of_room = True
            return StoreError(
                _(
                    "Le disque était plein : Beffroi a libéré sa réserve, recommencez, puis faites de la place."
                )
                if freed
                else _(
                    "Le disque est plein : libérez de la place puis recommencez. Rien de ce qui est enregistré n’est perdu."
                )
            )
        if "malformed" in words or "not a database" in words or "corrupt" in words:
            return StoreError(
                _(
                    "La base du profil est abîmée : fermez Beffroi et restaurez la dernière sauvegarde."
                )
            )
        if "readonly" in words:
            return StoreError(
                _(
                    "Le dossier du profil est en lecture seule : vérifiez vos droits puis recommencez."
                )
            )
        return error

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for reading, seeing what was committed when its query starts."""
        with self._spare:
            try:
                connection = self._readers.get_nowait()
            except queue.Empty:
                connection = open_connection(self.path, self._key)
                connection.execute("PRAGMA query_only = ON")
                self._opened.append(connection)
            try:
                yield connection
            except driver.DatabaseError as error:
                raise self._explain(error) from error
            finally:
                self._readers.put(connection)

    def close(self) -> None:
        """Let go of the file; closing twice is harmless."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            for connection in self._opened:
                connection.close()
            try:
                self._writer.execute("PRAGMA optimize")
                self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except driver.DatabaseError as error:
                _log.warning("closing without a checkpoint: %s", error)
            self._writer.close()
