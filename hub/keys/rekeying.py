"""Gives the embedded database another key: whatever stops it midway, one of the two keys opens it."""

import os
from pathlib import Path

from beffroi.errors import BeffroiError
from beffroi.store import open_connection
from hub.keys.folder import KeyFolder
from hub.keys.keys import KEY_BYTES, STORE

NEXT = "store.key.next"


def rekey(folder: KeyFolder, database: Path) -> None:
    """Change the key; nobody else may have the database open.

    Raises:
        BeffroiError: the database does not open, or the folder cannot be written.
    """
    recover(folder, database)
    new = os.urandom(KEY_BYTES)
    folder.write_raw(NEXT, new)
    connection = open_connection(database, folder.raw(STORE))
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute(f"PRAGMA rekey = \"x'{new.hex()}'\"")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
    _adopt(folder)


def recover(folder: KeyFolder, database: Path) -> None:
    """Finish or forget a change that was stopped midway.

    Raises:
        BeffroiError: neither key opens the database.
    """
    if not folder.has(NEXT):
        return
    try:
        open_connection(database, folder.raw(STORE)).close()
    except BeffroiError:
        open_connection(database, folder.raw(NEXT)).close()
        _adopt(folder)
    else:
        (folder.path / NEXT).unlink()


def _adopt(folder: KeyFolder) -> None:
    (folder.path / NEXT).replace(folder.path / STORE)
