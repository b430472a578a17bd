"""The first schema: journal, audit, logbook and what hangs from it.

Times are UTC milliseconds in BIGINT columns (OGR reads INTEGER as 32 bits).  Row ids are
INTEGER PRIMARY KEY on SQLite alone: there it is the 64-bit rowid itself, which the full-text index
and the R*Tree share.
Revision ID: 0001
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

Text, Big, Int, Bool, Blob, Real = (
    sa.Text,
    sa.BigInteger,
    sa.Integer,
    sa.Boolean,
    sa.LargeBinary,
    sa.Float,
)
RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _column(name: str, kind: Any, *, null: bool = False, pk: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=null and not pk, primary_key=pk)


def upgrade() -> None:
    """Create everything."""
    _journal()
    _access()
    _logbook()
    _around_entries()
    _personal()
    if op.get_context().dialect.name == "sqlite":
        _spatialite()


def _journal() -> None:
    op.create_table(
        "operation",
        _column("seq", RowId, pk=True),
        sa.Column("op_id", Text, nullable=False, unique=True),
        _column("kind", Text),
        _column("entity", Text),
        _column("workspace", Text),
        _column("hlc", Big),
        _column("made_at", Big),
        _column("author", Text),
        _column("post", Text),
        _column("station", Text),
        _column("marking", Text),
        _column("payload", Text),
        _column("prev_hash", Blob),
        _column("hash", Blob),
    )
    op.create_index("ix_operation_entity", "operation", ["entity", "seq"])
    op.create_table("outbox", _column("seq", RowId, pk=True))
    op.create_table(
        "audit",
        _column("seq", RowId, pk=True),
        _column("at", Big),
        _column("actor", Text),
        _column("post", Text),
        _column("station", Text),
        _column("action", Text),
        _column("object", Text),
        _column("detail", Text),
        _column("prev_hash", Blob),
        _column("hash", Blob),
    )


def _access() -> None:
    op.create_table("setting", _column("key", Text, pk=True), _column("value", Text))
    op.create_table(
        "account",
        _column("name", Text, pk=True),
        _column("display", Text),
        _column("organisation", Text),
        _column("posts", Text),
        _column("role", Text),
        _column("active", Bool),
    )


def _logbook() -> None:
    op.create_table(
        "logbook",
        _column("code", Text, pk=True),
        _column("title", Text),
        _column("prefix", Text),
        _column("last_number", Big),
    )
    op.create_table(
        "entry",
        _column("rid", RowId, pk=True),
        sa.Column("uid", Text, nullable=False, unique=True),
        _column("journal", Text),
        _column("number", Big),
        _column("version", Int),
        _column("entered_time", Big),
        _column("qualified_time", Big, null=True),
        _column("event_time", Big),
        _column("author", Text),
        _column("post", Text),
        _column("station", Text),
        _column("gravity", Int),
        _column("theme", Int),
        _column("lifecycle", Text),
        _column("qualification", Text),
        _column("followup", Text),
        _column("key_event", Bool),
        _column("parent", Text),
        _column("children", Int),
        _column("links", Int),
        _column("dossiers", Text),
        _column("lon", Real, null=True),
        _column("lat", Real, null=True),
        _column("content", Text),
        sa.UniqueConstraint("journal", "number"),
    )
    op.create_index("ix_entry_event", "entry", ["event_time"])
    op.create_index("ix_entry_parent", "entry", ["parent"], sqlite_where=sa.text("parent <> ''"))
    op.create_index(
        "ix_entry_points",
        "entry",
        ["rid", "lon", "lat", "event_time", "theme", "gravity", "key_event", "lifecycle"],
    )


def _around_entries() -> None:
    op.create_table(
        "entry_tag",
        _column("tag", Text, pk=True),
        _column("rid", Big, pk=True),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entry_tag_rid", "entry_tag", ["rid"])
    op.create_table(
        "entry_link",
        _column("source", Text, pk=True),
        _column("kind", Text, pk=True),
        _column("target", Text, pk=True),
        _column("at", Big),
        _column("author", Text),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entry_link_target", "entry_link", ["target"])
    op.create_table(
        "dossier",
        _column("uid", Text, pk=True),
        _column("number", Big),
        _column("title", Text),
        _column("gravity", Int),
        _column("status", Text),
        _column("opened_at", Big),
        _column("author", Text),
    )
    op.create_table(
        "dossier_entry",
        _column("dossier", Text, pk=True),
        _column("entry", Text, pk=True),
        _column("at", Big),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_dossier_entry_entry", "dossier_entry", ["entry"])
    op.create_table(
        "followup",
        _column("uid", Text, pk=True),
        _column("entry", Text),
        _column("owner_post", Text),
        _column("due", Big, null=True),
        _column("status", Text),
        _column("text", Text),
        _column("note", Text),
        _column("at", Big),
        _column("changed_at", Big),
        _column("author", Text),
    )
    op.create_index("ix_followup_entry", "followup", ["entry"])
    op.create_index("ix_followup_status", "followup", ["status", "due"])
    op.create_table(
        "figure",
        _column("uid", Text, pk=True),
        _column("dossier", Text),
        _column("indicator", Text),
        _column("value", Text),
        _column("unit", Text),
        _column("source", Text),
        _column("as_of", Big),
        _column("provisional", Bool),
        _column("note", Text),
        _column("entry", Text),
        _column("at", Big),
        _column("author", Text),
    )
    op.create_index("ix_figure_dossier", "figure", ["dossier", "indicator", "as_of"])
    op.create_table(
        "arbitration",
        _column("uid", Text, pk=True),
        _column("dossier", Text),
        _column("indicator", Text),
        _column("kept", Text),
        _column("reason", Text),
        _column("figures", Text),
        _column("at", Big),
        _column("author", Text),
    )
    op.create_table(
        "attachment",
        _column("sha256", Text, pk=True),
        _column("media_type", Text),
        _column("kind", Text),
        _column("size", Big),
        _column("added_at", Big),
        _column("thumbnail", Blob, null=True),
    )
    op.create_table(
        "entry_attachment",
        _column("rid", Big, pk=True),
        _column("sha256", Text, pk=True),
        sqlite_with_rowid=False,
    )

    op.create_table(
        "known_value",
        _column("kind", Text, pk=True),
        _column("value", Text, pk=True),
        _column("uses", Big),
        sqlite_with_rowid=False,
    )


def _personal() -> None:
    op.create_table(
        "draft",
        _column("uid", Text, pk=True),
        _column("account", Text),
        _column("changed_at", Big),
        _column("payload", Text),
    )
    op.create_table(
        "read_mark",
        _column("account", Text, pk=True),
        _column("rid", Big, pk=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "saved_view",
        _column("uid", Text, pk=True),
        _column("account", Text),
        _column("name", Text),
        _column("query", Text),
        _column("position", Int),
    )


def _spatialite() -> None:
    op.execute("SELECT InitSpatialMetaData(0, 'WGS84_ONLY')")
    op.execute("SELECT InsertEpsgSrid(2154)")
    op.execute("SELECT InsertEpsgSrid(3857)")
    op.execute("SELECT AddGeometryColumn('entry', 'geom', 4326, 'POINT', 'XY')")
    op.execute("SELECT CreateSpatialIndex('entry', 'geom')")
    op.execute(
        "CREATE VIRTUAL TABLE entry_fts USING fts5(text, place, origin, facets, content='', "
        "contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3')"
    )
