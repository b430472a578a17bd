"""Who has read what, and attachments on their way up.  Times are UTC ms."""

import sqlalchemy as sa

metadata = sa.MetaData()

Big = sa.BigInteger()

entry_seen = sa.Table(
    "entry_seen",
    metadata,
    sa.Column("uid", sa.Text, primary_key=True),
    sa.Column("account", sa.Text, primary_key=True),
    sa.Column("workspace", sa.Text, nullable=False, server_default=""),
    sa.Column("post", sa.Text, nullable=False, server_default=""),
    sa.Column("at", Big, nullable=False),
    sa.Index("ix_entry_seen_workspace", "workspace", "at"),
)
"""The first time someone opened an entry."""

blob = sa.Table(
    "blob",
    metadata,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("account", sa.Text, primary_key=True),
    sa.Column("size", Big, nullable=False),
    sa.Column("at", Big, nullable=False),
    sa.Index("ix_blob_at", "at"),
)
"""An attachment that someone sent whole; they see it before an entry that names it has come."""

EXTRAS: dict[str, tuple[str, ...]] = {"postgresql": (), "sqlite": ()}
"""By dialect: statements to run once, after the tables exist."""
