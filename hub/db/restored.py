"""Whether a hub came back from a backup: desktops that were ahead of it then send their own again."""

import secrets

from beffroi.clock import Clock
from hub.db import Database, Session

HEADER = "beffroi-restored"
"""In every reply of a hub that was restored: `id:head`, which restore and where the ledger stood."""


async def remember(session: Session, head: int, clock: Clock) -> None:
    """Keep that the hub was restored with its ledger at `head`."""
    await session.run(
        "INSERT INTO restored (id, head, at) VALUES (?, ?, ?)",
        secrets.token_hex(8), head, clock.now(),
    )  # fmt: skip


async def said(database: Database) -> str:
    """What the header says; empty for a hub that was never restored."""
    async with database.read() as session:
        row = await session.row("SELECT id, head FROM restored ORDER BY at DESC, id LIMIT 1")
    return f"{row[0]}:{row[1]}" if row else ""
