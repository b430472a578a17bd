"""What a node keeps of its upstream: signatures, hub positions, cursors, buckets, marks of merging.

Revision ID: 0002
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

Text, Big = sa.Text, sa.BigInteger


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, Text, nullable=False, server_default="")


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, Big, nullable=False, server_default="0")


def upgrade() -> None:
    """Add, and change nothing that is there."""
    _journal()
    _buckets()
    _logbook()


def _journal() -> None:
    for name in ("audience", "device", "signature", "bucket"):
        op.add_column("operation", _text(name))
    for name in ("offset_ms", "at", "hub_seq"):
        op.add_column("operation", _number(name))
    op.add_column("operation", sa.Column("number", Big, nullable=True))
    op.add_column("outbox", _number("tries"))
    op.add_column("outbox", _text("refused"))
    op.execute(
        "CREATE VIEW quarantine AS SELECT o.seq, o.op_id, o.kind, o.entity, o.made_at, o.author, "
        "o.post, w.refused AS why, w.tries FROM outbox w JOIN operation o ON o.seq = w.seq "
        "WHERE w.refused <> ''"
    )


def _buckets() -> None:
    op.create_table(
        "cursor",
        sa.Column("bucket", Text, primary_key=True),
        sa.Column("seq", Big, nullable=False),
    )
    op.create_table(
        "entity_bucket",
        sa.Column("uid", Text, primary_key=True),
        sa.Column("bucket", Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entity_bucket_bucket", "entity_bucket", ["bucket"])


def _logbook() -> None:
    op.add_column("entry", _number("arrived"))
    op.create_index("ix_entry_arrived", "entry", ["arrived"], sqlite_where=sa.text("arrived > 0"))
    op.create_table(
        "merge_state",
        sa.Column("kind", Text, primary_key=True),
        sa.Column("uid", Text, primary_key=True),
        sa.Column("seq", Big, nullable=False),
        sa.Column("state", Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "conflict",
        sa.Column("kind", Text, primary_key=True),
        sa.Column("uid", Text, primary_key=True),
        sa.Column("fields", Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "entry_alias",
        sa.Column("label", Text, primary_key=True),
        sa.Column("uid", Text, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entry_alias_uid", "entry_alias", ["uid"])
    op.create_table(
        "entry_seen",
        sa.Column("uid", Text, primary_key=True),
        sa.Column("account", Text, primary_key=True),
        sa.Column("post", Text, nullable=False, server_default=""),
        sa.Column("at", Big, nullable=False),
        sqlite_with_rowid=False,
    )
