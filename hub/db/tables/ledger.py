"""The ledger: every operation at its position, where things are now, what lies in quarantine.

Positions run from 1 without a hole over `operation` and `marker` together; each has the hash of the
one before in its own.  Times are UTC ms.
"""

from typing import Any

import sqlalchemy as sa

from hub.db.tables import ledger_function

metadata = sa.MetaData()

Big = sa.BigInteger()
RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, Big, nullable=False, server_default="0")


def _blob(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary, nullable=False)


ledger_head = sa.Table(
    "ledger_head",
    metadata,
    sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
    _number("head"),
    _number("at"),
    _number("moves"),
    _blob("hash"),
)
"""Where the ledger ends.  Its lock orders all writers; `moves` counts entities that changed bucket."""

operation = sa.Table(
    "operation",
    metadata,
    sa.Column("seq", RowId, primary_key=True, autoincrement=False),
    sa.Column("op_id", sa.Text, nullable=False, unique=True),
    *(_text(name) for name in ("kind", "entity", "workspace")),
    *(_number(name) for name in ("hlc", "made_at", "offset_ms")),
    *(_text(name) for name in ("author", "post", "station", "marking", "audience", "device")),
    _blob("payload"),
    _text("payload_sha"),
    _text("signature"),
    _number("at"),
    sa.Column("number", Big, nullable=True),
    _text("bucket"),
    _blob("prev_hash"),
    _blob("hash"),
    sa.Index("ix_operation_bucket", "bucket", "seq"),
    sa.Index("ix_operation_entity", "entity", "seq"),
    sa.Index("ix_operation_made_at", "made_at", "seq"),
)
"""An operation as its author signed it, where the hub put it."""

marker = sa.Table(
    "marker",
    metadata,
    sa.Column("seq", RowId, primary_key=True, autoincrement=False),
    _text("bucket"),
    _text("what"),
    _text("entity"),
    _number("at"),
    _blob("prev_hash"),
    _blob("hash"),
    sa.Index("ix_marker_bucket", "bucket", "seq"),
)
"""An entity left a bucket (`remove`) or came into it (`put`)."""

thing = sa.Table(
    "thing",
    metadata,
    sa.Column("uid", sa.Text, primary_key=True),
    *(_text(name) for name in ("kind", "workspace", "bucket", "author", "refs")),
    sa.Index("ix_thing_bucket", "workspace", "bucket", "kind", "uid"),
)
"""Where each entry, dossier, follow-up, link... is now, and who made it.

`refs` are the entries and dossiers that decide it (uids joined by blanks), empty for those that say
it themselves.
"""

about = sa.Table(
    "about",
    metadata,
    sa.Column("uid", sa.Text, primary_key=True),
    sa.Column("seq", Big, primary_key=True, autoincrement=False),
    sa.Index("ix_about_seq", "seq"),
)
"""What an operation changes or depends upon besides its own entity.

It follows them from bucket to bucket.
"""

series = sa.Table(
    "series",
    metadata,
    sa.Column("workspace", sa.Text, primary_key=True),
    sa.Column("prefix", sa.Text, primary_key=True),
    _number("last"),
)
"""The last number granted in a journal."""

quarantine = sa.Table(
    "quarantine",
    metadata,
    sa.Column("device", sa.Text, primary_key=True),
    sa.Column("op_id", sa.Text, primary_key=True),
    *(_text(name) for name in ("workspace", "account", "kind", "why")),
    _number("at"),
    _blob("op"),
    sa.Index("ix_quarantine_device", "device", "at"),
    sa.Index("ix_quarantine_workspace", "workspace", "at"),
    sa.Index("ix_quarantine_op", "op_id"),
)
"""An operation that was refused, as it came."""

_FIRST = "INSERT INTO ledger_head (one, hash) VALUES (1, {zeros})"
EXTRAS: dict[str, tuple[str, ...]] = {
    "postgresql": (_FIRST.format(zeros=f"'\\x{bytes(32).hex()}'"), ledger_function.APPEND_OPS),
    "sqlite": (_FIRST.format(zeros=f"x'{bytes(32).hex()}'"),),
}
"""By dialect: statements to run once, after the tables exist."""
