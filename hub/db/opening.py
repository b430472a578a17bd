"""Opens the hub's database, its schema brought up to date first."""

import asyncio
from pathlib import Path

from hub.db import migrate
from hub.db.database import Database
from hub.db.embedded import EmbeddedDatabase
from hub.db.postgres import PostgresDatabase


async def open_postgres(url: str) -> Database:
    """The hub's database at a `postgresql://` address.

    Raises:
        Unavailable: nobody answers there.
        BeffroiError: it was written by a later hub.
    """
    await asyncio.to_thread(migrate.upgrade_postgres, url)
    return await PostgresDatabase.connect(url)


async def open_embedded(path: Path, key: bytes) -> Database:
    """The hub's database in an encrypted file, made when it is not there; `key` has 32 bytes.

    Raises:
        BeffroiError: wrong key, damaged or foreign file, or one of a later hub.
    """
    await asyncio.to_thread(migrate.upgrade_embedded, path, key)
    return await EmbeddedDatabase.connect(path, key)
