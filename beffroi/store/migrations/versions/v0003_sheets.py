"""Sheets: what the journal makes of them, the contents that they name, and one's own.

Revision ID: 0003
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger, nullable=False, server_default="0")


def _said() -> tuple[sa.Column[Any], ...]:
    """The columns of any sheet; `fields` is a JSON object, `caveats` are joined by `+`."""
    texts = ("kind", "fields", "author", "post", "changed_by", "marking", "caveats", "rivals")
    return (
        sa.Column("uid", sa.Text, primary_key=True),
        *(_text(name) for name in texts),
        _number("made_at"),
        _number("changed_at"),
    )


def upgrade() -> None:
    """Add, and change nothing that is there."""
    op.create_table("sheet", *_said())
    op.create_index("ix_sheet_kind", "sheet", ["kind", "made_at"])
    op.create_table("own_sheet", *_said())
    op.create_index("ix_own_sheet_author", "own_sheet", ["author", "kind"])
    op.create_table(
        "sheet_attachment",
        sa.Column("uid", sa.Text, primary_key=True),
        sa.Column("sha256", sa.Text, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sheet_attachment_sha256", "sheet_attachment", ["sha256"])
