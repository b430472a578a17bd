"""Which attachments exist for whom.

One that a visible thing names, or that the caller sent themselves: any other does not exist, and
asking for it costs the same whether the hub holds it or not.
"""

from hub.db import Database
from hub.ports import Caller, Ledger
from hub.scope import sees_any

_SENT = "SELECT size FROM blob WHERE sha256 = ? AND account = ?"
_KEEP = (
    "INSERT INTO blob (sha256, account, size, at) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (sha256, account) DO NOTHING"
)


class Register:
    """Asks the ledger who names an attachment, and remembers who sent it."""

    def __init__(self, database: Database, ledger: Ledger) -> None:
        self._database = database
        self._ledger = ledger

    async def exists_for(self, caller: Caller, digest: str) -> bool:
        """Whether `caller` may know of the attachment with this SHA-256."""
        holders = await self._ledger.holders(digest)
        async with self._database.read() as session:
            sent = await session.row(_SENT, digest, caller.account)
        return sees_any(caller.rights, holders) or sent is not None

    async def sent(self, caller: Caller, digest: str, size: int, now: int) -> None:
        """The caller sent it whole at `now` (UTC ms)."""
        async with self._database.write() as session:
            await session.run(_KEEP, digest, caller.account, size, now)
