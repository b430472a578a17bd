"""Things as they stand, folded from the ledger, with what is needed to find them.

Where a thing lies is in `thing` alone: who searches joins it by `uid` and filters on its bucket.
Times are UTC ms; lists are joined by `+` (caveats) or blanks.
"""

from typing import Any

import sqlalchemy as sa

metadata = sa.MetaData()

Big = sa.BigInteger()
RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def _number(name: str, *, null: bool = False) -> sa.Column[Any]:
    if null:
        return sa.Column(name, Big, nullable=True)
    return sa.Column(name, Big, nullable=False, server_default="0")


projected = sa.Table(
    "projected",
    metadata,
    sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
    _number("seq"),
)
"""The position up to which `entity` contains the ledger."""

entity = sa.Table(
    "entity",
    metadata,
    sa.Column("rid", RowId, primary_key=True, autoincrement=False),
    sa.Column("uid", sa.Text, nullable=False, unique=True),
    _text("kind"),
    _text("workspace"),
    _number("seq"),
    _text("state"),
    _number("shown"),
    _text("text"),
    _number("entered_time"),
    _number("event_time"),
    *(_text(name) for name in ("author", "post", "station", "marking", "caveats", "label")),
    _text("journal"),
    _number("number", null=True),
    _text("tags"),
    _number("gravity"),
    _number("key_event"),
    sa.Column("lon", sa.Float, nullable=True),
    sa.Column("lat", sa.Float, nullable=True),
    _text("lifecycle"),
    _text("qualification"),
    _number("version"),
    _number("arrived", null=True),
    _text("about"),
    _text("rivals"),
    _number("gone"),
    sa.Index("ix_entity_event", "workspace", "kind", "event_time"),
    sa.Index("ix_entity_entered", "workspace", "kind", "entered_time"),
)
"""A thing: `state` is its acts, `shown` says that the columns of `Searchable` are filled.

`rid` is the position of its first act, `seq` that of its last.  The other columns are those of
`beffroi.logbook.merge.Searchable`.
"""

entity_tag = sa.Table(
    "entity_tag",
    metadata,
    sa.Column("tag", sa.Text, primary_key=True),
    sa.Column("uid", sa.Text, primary_key=True),
    sa.Index("ix_entity_tag_uid", "uid"),
)
"""The tags of each entry."""

entity_alias = sa.Table(
    "entity_alias",
    metadata,
    sa.Column("label", sa.Text, primary_key=True),
    sa.Column("uid", sa.Text, primary_key=True),
    sa.Index("ix_entity_alias_uid", "uid"),
)
"""All labels that an entry has or had: a provisional number stays findable for ever."""

holding = sa.Table(
    "holding",
    metadata,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("uid", sa.Text, primary_key=True),
    sa.Index("ix_holding_uid", "uid"),
)
"""Which things hold which attachments."""

EXTRAS: dict[str, tuple[str, ...]] = {
    "postgresql": (
        "INSERT INTO projected (one, seq) VALUES (1, 0)",
        "ALTER TABLE entity ADD COLUMN words tsvector NOT NULL DEFAULT ''",
        "ALTER TABLE entity ADD COLUMN geom geometry(Point, 4326)",
        "CREATE INDEX ix_entity_words ON entity USING gin (words)",
        "CREATE INDEX ix_entity_geom ON entity USING gist (geom)",
    ),
    "sqlite": (
        "INSERT INTO projected (one, seq) VALUES (1, 0)",
        "SELECT AddGeometryColumn('entity', 'geom', 4326, 'POINT', 'XY')",
        "SELECT CreateSpatialIndex('entity', 'geom')",
        "CREATE VIRTUAL TABLE entity_fts USING fts5(words, content='', contentless_delete=1, "
        "prefix='2 3')",
    ),
}
"""By dialect: statements to run once, after the tables exist.

Full text: PostgreSQL `entity.words @@ to_tsquery('simple', ?)`; SQLite `entity.rid IN (SELECT rowid
FROM entity_fts WHERE entity_fts MATCH ?)`.  Both hold the words of `beffroi.logbook.words`.
"""
