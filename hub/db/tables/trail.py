"""The hub's audit trail, its seals and what it knows of the stations' own trails.

`trail` and `seal` refuse every UPDATE and DELETE, whoever asks (`EXTRAS`).  Times are UTC ms.
"""

from typing import Any

import sqlalchemy as sa

metadata = sa.MetaData()

Big = sa.BigInteger()
RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")


trail = sa.Table(
    "trail",
    metadata,
    sa.Column("seq", RowId, primary_key=True, autoincrement=False),
    sa.Column("at", Big, nullable=False),
    sa.Column("kept_at", Big, nullable=False),
    *(_text(name) for name in ("account", "post", "station", "device", "action", "object")),
    sa.Column("detail", sa.Text, nullable=False),
    _text("source"),
    sa.Column("source_seq", Big, nullable=False, server_default="0"),
    _text("source_hash"),
    _text("flaw"),
    sa.Column("prev_hash", sa.LargeBinary, nullable=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
    sa.Index("ix_trail_at", "at", "seq"),
    sa.Index("ix_trail_account", "account", "at"),
    sa.Index("ix_trail_action", "action", "at"),
    sa.Index("ix_trail_object", "object", "at"),
    sa.Index("ix_trail_source", "source", "source_seq"),
)
"""One access.  `at` is when it happened, `kept_at` when the hub wrote it.

A line that a station sent has a `source` (a `trail_source`), its number and hash there, and a
`flaw` when it did not follow from the station's lines before.
"""

trail_head = sa.Table(
    "trail_head",
    metadata,
    sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("seq", Big, nullable=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
    sa.Column("signature", sa.LargeBinary, nullable=False),
)
"""Where the trail ends, signed: cutting its last lines off shows.  Its lock orders writers."""

trail_source = sa.Table(
    "trail_source",
    metadata,
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("device", sa.Text, nullable=False),
    sa.Column("workspace", sa.Text, nullable=False),
    sa.Column("first_hash", sa.Text, nullable=False),
    sa.Column("seq", Big, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Index("ix_trail_source_device", "device", "workspace"),
)
"""A station's own chain: a profile erased and joined again starts another one."""

seal = sa.Table(
    "seal",
    metadata,
    sa.Column("chain", sa.Text, primary_key=True),
    sa.Column("number", Big, primary_key=True, autoincrement=False),
    sa.Column("day", sa.Text, nullable=False),
    sa.Column("at", Big, nullable=False),
    sa.Column("from_seq", Big, nullable=False),
    sa.Column("to_seq", Big, nullable=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
    sa.Column("previous", sa.LargeBinary, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("signature", sa.LargeBinary, nullable=False),
)
"""A signed statement: at this moment, this chain ended at line `to_seq` with this hash."""

KEPT_FOR_EVER = ("trail", "seal")
_REFUSAL = "the trail is never changed"

_POSTGRES = (
    "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$",
    *(
        f"CREATE TRIGGER {table}_kept_rows BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        for table in KEPT_FOR_EVER
    ),
    *(
        f"CREATE TRIGGER {table}_kept BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        for table in KEPT_FOR_EVER
    ),
)
_SQLITE = (
    *(
        f"CREATE TRIGGER {table}_kept_{act.lower()} BEFORE {act} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        for table in KEPT_FOR_EVER
        for act in ("UPDATE", "DELETE")
    ),
    # INSERT OR REPLACE removes a row without asking the triggers of DELETE.
    "CREATE TRIGGER trail_kept_replace BEFORE INSERT ON trail "
    "WHEN EXISTS (SELECT 1 FROM trail WHERE seq = NEW.seq) "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
    "CREATE TRIGGER seal_kept_replace BEFORE INSERT ON seal "
    "WHEN EXISTS (SELECT 1 FROM seal WHERE chain = NEW.chain AND number = NEW.number) "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
)
EXTRAS: dict[str, tuple[str, ...]] = {"postgresql": _POSTGRES, "sqlite": _SQLITE}
"""By dialect: statements to run once, after the tables exist."""
