"""Small choices kept with the profile: any JSON under a name."""

from typing import Any

import msgspec

from beffroi.store.store import Store


class Settings:
    """What the room chose, inside the encrypted store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, key: str, default: Any = None) -> Any:
        """The value kept under `key`, or `default`."""
        with self._store.read() as connection:
            row = connection.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
        return msgspec.json.decode(row[0]) if row else default

    def put(self, key: str, value: Any) -> None:
        """Keep `value` under `key`; None forgets it."""
        with self._store.write() as connection:
            if value is None:
                connection.execute("DELETE FROM setting WHERE key = ?", (key,))
                return
            connection.execute(
                "INSERT OR REPLACE INTO setting (key, value) VALUES (?,?)",
                (key, msgspec.json.encode(value).decode()),
            )
