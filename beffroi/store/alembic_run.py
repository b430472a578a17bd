"""Runs alembic on a connection that is already open and keyed."""

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from beffroi.store.connection import Connection

MIGRATIONS = Path(__file__).parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def known_revisions() -> set[str]:
    """The revisions this version of Beffroi can read."""
    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


class _Borrowed:
    """The caller's connection, which SQLAlchemy must not close."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def close(self) -> None:
        """Leave the connection open: its owner closes it."""


def upgrade(connection: Connection, revision: str) -> None:
    """Bring the schema to `revision` in one transaction."""
    engine = create_engine(
        "sqlite://", module=driver, creator=lambda: _Borrowed(connection), poolclass=StaticPool
    )
    config = _config()
    with engine.connect() as opened:
        config.attributes["connection"] = opened
        connection.execute("BEGIN IMMEDIATE")
        try:
            command.upgrade(config, revision)
            if connection.in_transaction:
                connection.execute("COMMIT")
        except BaseException as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if isinstance(error, DBAPIError) and error.orig is not None:
                raise error.orig from error
            raise
    engine.dispose()
