"""The first schema: people, ledger and trail, with what each engine needs besides.

Revision ID: 0001
"""

from alembic import op

from hub.db import tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create everything."""
    bind = op.get_bind()
    dialect = bind.dialect.name
    for statement in _before(dialect):
        bind.exec_driver_sql(statement)
    for metadata in tables.METADATA:
        metadata.create_all(bind)
    for statement in tables.extras(dialect):
        bind.exec_driver_sql(statement)


def _before(dialect: str) -> tuple[str, ...]:
    if dialect == "postgresql":
        return ("CREATE EXTENSION IF NOT EXISTS postgis",)
    return ("SELECT InitSpatialMetaData(0, 'WGS84_ONLY')",)
