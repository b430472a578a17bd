"""Takes over a snapshot: the file that the hub made becomes the store of a profile just joined.

What the profile knew by itself (accounts, settings, audit trail) moves into it, and all of it is
encrypted anew with the profile's own key.
"""

from pathlib import Path

import sqlcipher3.dbapi2 as driver

from beffroi.errors import BeffroiError
from beffroi.profile import STORE_FILE
from beffroi.store import Connection, open_connection
from beffroi.text import _

OWN = ("account", "audit", "setting", "saved_view", "draft", "read_mark")
"""Tables whose rows are the profile's and not the hub's."""
_JOURNALS = (
    "INSERT OR REPLACE INTO main.logbook SELECT * FROM own.logbook",
    "UPDATE main.logbook SET last_number = max(last_number, coalesce("
    "(SELECT max(number) FROM main.entry e WHERE e.journal = logbook.prefix), 0))",
)
"""How entries are numbered is the profile's; how far they are numbered is in the snapshot."""
_EMPTY = ("operation", "entry", "merge_state")


def adopt(folder: Path, key: bytes, file: Path, file_key: bytes) -> None:
    """Let the snapshot in `file` be the store of the joined profile in `folder`.

    `key` is the profile's raw key, `file_key` the one that the hub gave with the file; where each
    bucket stands is in the file.  The profile must be closed and hold nothing yet; whatever goes
    wrong, it stays as it was.

    Raises:
        BeffroiError: the profile has content already, the versions differ, the file is damaged.
    """
    store = folder / STORE_FILE
    connection = open_connection(file, file_key)
    try:
        connection.execute(f"ATTACH DATABASE ? AS own KEY \"x'{key.hex()}'\"", (str(store),))
        _check(connection)
        connection.execute("BEGIN IMMEDIATE")
        for table in OWN:
            connection.execute(f"DELETE FROM main.{table}")
            connection.execute(f"INSERT INTO main.{table} SELECT * FROM own.{table}")
        for sql in _JOURNALS:
            connection.execute(sql)
        connection.execute("COMMIT")
        connection.execute("DETACH DATABASE own")
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(f"PRAGMA rekey = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA journal_mode = WAL")
    except driver.DatabaseError as error:
        raise BeffroiError(
            _(
                "Le fichier reçu du hub est abîmé\u00a0: recommencez, le chargement se fera autrement."
            )
        ) from error
    finally:
        connection.close()
    for suffix in ("-wal", "-shm"):
        store.with_name(store.name + suffix).unlink(missing_ok=True)
    file.replace(store)


def _check(connection: Connection) -> None:
    """Let the snapshot in: an empty profile of the same version."""
    versions = {
        connection.execute(f"SELECT version_num FROM {schema}.alembic_version").fetchone()
        for schema in ("main", "own")
    }
    if len(versions) != 1:
        raise BeffroiError(
            _("Le hub et ce poste n’ont pas la même version\u00a0: mettez à jour le plus ancien.")
        )
    if any(connection.execute(f"SELECT 1 FROM own.{table} LIMIT 1").fetchone() for table in _EMPTY):
        raise BeffroiError(
            _("Ce profil contient déjà des entrées\u00a0: la synchronisation le complétera.")
        )
