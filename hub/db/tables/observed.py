"""What the sources of all told, as desktops fetch it: the latest of each thing, and what has gone.

Disposable: the sources tell it again.  `seq` is one counter for all sources.  Times are UTC ms.
"""

import sqlalchemy as sa

metadata = sa.MetaData()

Big = sa.BigInteger()

observed_head = sa.Table(
    "observed_head",
    metadata,
    sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("head", Big, nullable=False),
)
"""The last `seq` given."""

observed_source = sa.Table(
    "observed_source",
    metadata,
    sa.Column("uid", sa.Text, primary_key=True),
    sa.Column("workspace", sa.Text, nullable=False),
    sa.Column("bucket", sa.Text, nullable=False),
    sa.Column("seq", Big, nullable=False, server_default="0"),
    sa.Column("forgotten", Big, nullable=False, server_default="0"),
    sa.Column("state", sa.Text, nullable=False, server_default=""),
    sa.Index("ix_observed_source_workspace", "workspace", "bucket"),
)
"""A source that the hub follows, in which bucket it lies, and how it is.

Departures up to `forgotten` are no longer remembered.
"""

observed_thing = sa.Table(
    "observed_thing",
    metadata,
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("seq", Big, nullable=False),
    sa.Column("at", Big, nullable=False),
    sa.Column("gone", sa.Integer, nullable=False, server_default="0"),
    sa.Column("body", sa.Text, nullable=False, server_default=""),
    sa.Index("ix_observed_thing_seq", "source", "seq"),
)
"""A thing as its source last told it (a row of `beffroi.observations`, as JSON), or that it went."""

lease = sa.Table(
    "lease",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("holder", sa.Text, nullable=False),
    sa.Column("until", Big, nullable=False),
)
"""What one replica at a time does, and until when it is taken."""

EXTRAS: dict[str, tuple[str, ...]] = {
    "postgresql": ("INSERT INTO observed_head (one, head) VALUES (1, 0)",),
    "sqlite": ("INSERT INTO observed_head (one, head) VALUES (1, 0)",),
}
"""By dialect: statements to run once, after the tables exist."""
