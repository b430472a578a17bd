"""Tiles of the network that were seen, kept on the disk: encrypted, bounded, the oldest go first.

Which tiles somebody looked at says where they work: the file has the key of the profile.
"""

import threading
import time
from pathlib import Path

from beffroi.store import Connection, StoreError, open_connection

FILE = "grounds.db"
MOST_BYTES = 400_000_000
_SPARE = 0.9
_TABLES = """
CREATE TABLE IF NOT EXISTS tiles (
  ground TEXT NOT NULL, z INTEGER NOT NULL, x INTEGER NOT NULL, y INTEGER NOT NULL,
  at INTEGER NOT NULL, size INTEGER NOT NULL, data BLOB NOT NULL,
  PRIMARY KEY (ground, z, x, y)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS tiles_at ON tiles (at);
"""


class Cache:
    """Keeps tiles by ground.  From any thread; a file that cannot be opened is begun again."""

    def __init__(self, path: Path, key: bytes, most: int = MOST_BYTES) -> None:
        self._most = most
        self._lock = threading.Lock()
        try:
            self._store = _opened(path, key)
        except StoreError:
            for left in path.parent.glob(f"{path.name}*"):
                left.unlink(missing_ok=True)
            self._store = _opened(path, key)
        self._size = int(
            self._store.execute("SELECT coalesce(sum(size), 0) FROM tiles").fetchone()[0]
        )

    def get(self, ground: str, z: int, x: int, y: int) -> bytes | None:
        """A tile that was seen, or None."""
        with self._lock:
            found = self._store.execute(
                "SELECT data FROM tiles WHERE ground = ? AND z = ? AND x = ? AND y = ?",
                (ground, z, x, y),
            ).fetchone()
        return None if found is None else bytes(found[0])

    def has(self, ground: str, z: int, x: int, y: int) -> bool:
        """Whether a tile was seen."""
        with self._lock:
            return self._store.execute(
                "SELECT 1 FROM tiles WHERE ground = ? AND z = ? AND x = ? AND y = ?",
                (ground, z, x, y),
            ).fetchone() is not None  # fmt: skip

    def put(self, ground: str, z: int, x: int, y: int, data: bytes) -> None:
        """Keep a tile; the oldest make room."""
        with self._lock:
            self._store.execute("BEGIN IMMEDIATE")
            old = self._store.execute(
                "SELECT size FROM tiles WHERE ground = ? AND z = ? AND x = ? AND y = ?",
                (ground, z, x, y),
            ).fetchone()
            self._store.execute(
                "INSERT OR REPLACE INTO tiles VALUES (?, ?, ?, ?, ?, ?, ?)",
                (ground, z, x, y, time.time_ns(), len(data), data),
            )
            self._size += len(data) - (old[0] if old else 0)
            if self._size > self._most:
                self._make_room()
            self._store.execute("COMMIT")

    def _make_room(self) -> None:
        wanted, freed, last = self._size - int(self._most * _SPARE), 0, 0
        for at, size in self._store.execute("SELECT at, size FROM tiles ORDER BY at"):
            freed, last = freed + size, at
            if freed >= wanted:
                break
        self._store.execute("DELETE FROM tiles WHERE at <= ?", (last,))
        self._size -= freed

    @property
    def size(self) -> int:
        """Bytes of tiles kept."""
        return self._size

    def clear(self) -> None:
        """Forget all tiles."""
        with self._lock:
            self._store.execute("DELETE FROM tiles")
            self._size = 0

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._store.close()


def _opened(path: Path, key: bytes) -> Connection:
    store = open_connection(path, key)
    store.executescript(_TABLES)
    return store
