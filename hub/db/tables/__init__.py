"""The tables of the hub: one module, one `metadata` and its `EXTRAS` by dialect, per owner."""

from sqlalchemy import MetaData

from hub.db.tables import ledger, live, observed, people, projection, trail

_OWNERS = (ledger, projection, people, live, trail, observed)
METADATA: tuple[MetaData, ...] = tuple(owner.metadata for owner in _OWNERS)


def extras(dialect: str) -> tuple[str, ...]:
    """Statements to run once after the tables exist: triggers, functions, virtual tables."""
    return tuple(statement for owner in _OWNERS for statement in owner.EXTRAS[dialect])
