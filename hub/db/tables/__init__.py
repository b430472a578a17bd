"""The tables of the hub: one module, one `metadata` and its `EXTRAS` by dialect, per owner."""

from sqlalchemy import MetaData

from hub.db.tables import ledger, people, trail

METADATA: tuple[MetaData, ...] = (ledger.metadata, people.metadata, trail.metadata)


def extras(dialect: str) -> tuple[str, ...]:
    """Statements to run once after the tables exist: triggers, functions, virtual tables."""
    return (
        *ledger.EXTRAS[dialect],
        *people.EXTRAS[dialect],
        *trail.EXTRAS[dialect],
    )
