"""Brings the hub's schema up to date, on either engine.  Forward only."""

from pathlib import Path
from typing import Any

import psycopg
import sqlcipher3.dbapi2 as driver
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from beffroi.errors import BeffroiError
from beffroi.store import open_connection
from beffroi.text import _
from hub.db.faults import Unavailable

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "head"
_ONE_AT_A_TIME = 0x62656666


def upgrade_postgres(url: str, revision: str = HEAD) -> None:
    """Bring the database at `url` up to date in one transaction; replicas wait for each other.

    Raises:
        Unavailable: nobody answers there, or not to us.
        BeffroiError: it was written by a later hub, or has no PostGIS.
    """

    def connected() -> Any:
        try:
            return psycopg.connect(url)
        except psycopg.OperationalError as error:
            raise Unavailable.because(error) from error

    engine = create_engine("postgresql+psycopg://", creator=connected, poolclass=NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ONE_AT_A_TIME})")
        _ask_for_postgis(connection)
        _run(connection, revision)


def _ask_for_postgis(connection: Connection) -> None:
    if connection.exec_driver_sql("SELECT 1 FROM pg_extension WHERE extname = 'postgis'").first():
        return
    try:
        with connection.begin_nested():
            connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS postgis")
    except DBAPIError as error:
        raise BeffroiError(
            _(
                "Cette base n’a pas PostGIS\u00a0: installez-le sur le serveur, puis qu’un de ses "
                "administrateurs y fasse CREATE EXTENSION postgis."
            )
        ) from error


def upgrade_embedded(path: Path, key: bytes, revision: str = HEAD) -> None:
    """Bring the file at `path` up to date in one transaction, making it if it is not there.

    Raises:
        BeffroiError: it was written by a later hub, or cannot be opened with this key.
    """

    def connected() -> Any:
        return open_connection(path, key)

    engine = create_engine("sqlite://", module=driver, creator=connected, poolclass=NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        _run(connection, revision)
        connection.exec_driver_sql("COMMIT")


def _run(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    here = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if here is not None and here not in known:
        raise BeffroiError(
            _("Cette base vient d’une version plus récente du hub\u00a0: mettez le hub à jour.")
        )
    command.upgrade(config, revision)
