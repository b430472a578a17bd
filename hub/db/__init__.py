"""The hub's database: PostGIS, or an encrypted SpatiaLite file with the same tables."""

from hub.db.database import Database, Dialect, Row, Session
from hub.db.faults import Full, Unavailable
from hub.db.opening import open_embedded, open_postgres

__all__ = [
    "Database",
    "Dialect",
    "Full",
    "Row",
    "Session",
    "Unavailable",
    "open_embedded",
    "open_postgres",
]
