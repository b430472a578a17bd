"""The only function that opens a store, and the proof at each opening that it is encrypted."""

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from beffroi.store import spatialite
from beffroi.store.faults import StoreError, explain, unopened
from beffroi.text import _

Connection = Any
Row = tuple[Any, ...]
PLAIN_HEADER = b"SQLite format 3\x00"
KEY_BYTES = 32


def open_connection(path: Path, key: bytes, *, read_only: bool = False) -> Connection:
    """Open the encrypted store at `path` with its raw 256-bit `key`.

    The connection is in autocommit mode and may be used from any one thread at a time.

    Raises:
        StoreError: wrong key, damaged or foreign file, or a file that is not encrypted.
    """
    if len(key) != KEY_BYTES:
        raise StoreError(_("La clé du profil est abîmée : restaurez-la depuis une sauvegarde."))
    spatialite.register()
    _refuse_plain_file(path)
    mode = "ro" if read_only else "rwc"
    try:
        connection = driver.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=10.0,
        )
    except driver.DatabaseError as error:
        raise unopened(path.parent) from error
    try:
        _unlock(connection, key)
    except BaseException as error:
        connection.close()
        if isinstance(error, driver.DatabaseError):
            raise _refusal(error, path.parent) from error
        raise
    return connection


def _refusal(error: Exception, folder: Path) -> StoreError:
    """Why a file did not open: only one that cannot be read is said to need a backup."""
    told = explain(error, folder)
    if isinstance(told, StoreError) and "not a database" not in str(error):
        return told
    return StoreError(
        _(
            "Ce fichier n’est pas une base Beffroi lisible avec cette clé : vérifiez le mot de "
            "passe, ou restaurez la dernière sauvegarde du profil."
        )
    )


def _unlock(connection: Connection, key: bytes) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise StoreError(
            _(
                "Le chiffrement est indisponible, Beffroi refuse d’écrire en clair : "
                "relancez-le, et réinstallez-le si le message revient."
            )
        )
    for pragma in (
        "temp_store = MEMORY",
        "cache_size = -32768",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "journal_size_limit = 67108864",
    ):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _refuse_plain_file(path: Path) -> None:
    """A file that already holds plain SQLite is foreign: never write to it."""
    try:
        with path.open("rb") as file:
            head = file.read(len(PLAIN_HEADER))
    except FileNotFoundError:
        return
    except OSError as error:
        raise unopened(path.parent) from error
    if head == PLAIN_HEADER:
        raise StoreError(
            _(
                "Ce fichier n’est pas chiffré : ce n’est pas une base Beffroi. "
                "Choisissez un autre profil."
            )
        )


def assert_encrypted(path: Path) -> None:
    """Prove that what lies on the disk is not readable (called after the first write).

    Raises:
        StoreError: the file begins like plain SQLite.
    """
    _refuse_plain_file(path)
