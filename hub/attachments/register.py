"""Which attachments exist for whom.

One that a visible thing names, or that the caller sent themselves: any other does not exist, and
asking for it costs the same whether the hub holds it or not.  Naming alone gives nothing: whoever
put the name there must have had the content, by sending it or by seeing another thing that has it.
"""

from collections.abc import Sequence
from typing import Protocol

from beffroi.access.rights import Held
from hub.db import Database
from hub.ports import Caller, Holder, Ledger
from hub.scope import sees_any

_SENT = "SELECT size FROM blob WHERE sha256 = ? AND account = ?"
_KEEP = (
    "INSERT INTO blob (sha256, account, size, at) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (sha256, account) DO NOTHING"
)


class People(Protocol):
    """Knows what people might see."""

    async def rights_of(self, account: str, at: int | None = None) -> Sequence[Held]:
        """What an account might do at `at` (UTC ms)."""
        ...


class Register:
    """Asks the ledger who names an attachment, and remembers who sent it."""

    def __init__(self, database: Database, ledger: Ledger, people: People) -> None:
        self._database = database
        self._ledger = ledger
        self._people = people

    async def exists_for(self, caller: Caller, digest: str) -> bool:
        """Whether `caller` may know of the attachment with this SHA-256."""
        named = await self._ledger.holders(digest)
        async with self._database.read() as session:
            sent = await session.row(_SENT, digest, caller.account)
        if sent is not None or sees_any(caller.rights, [one.bucket for one in named if one.sent]):
            return True
        handed = [one for one in named if not one.sent]
        if not sees_any(caller.rights, [one.bucket for one in handed]):
            return False
        return sees_any(
            caller.rights, await self._had([one.bucket for one in named if one.sent], handed)
        )

    async def _had(self, buckets: Sequence[str], handed: Sequence[Holder]) -> list[str]:
        """`buckets`, and those into which someone who saw it there handed it on."""
        had, doubtful = list(buckets), list(handed)
        while doubtful:
            good = [
                one
                for one in doubtful
                if sees_any(await self._people.rights_of(one.author, one.at), had)
            ]
            if not good:
                break
            had += [one.bucket for one in good]
            doubtful = [one for one in doubtful if one not in good]
        return had

    async def sent(self, caller: Caller, digest: str, size: int, now: int) -> None:
        """The caller sent it whole at `now` (UTC ms)."""
        async with self._database.write() as session:
            await session.run(_KEEP, digest, caller.account, size, now)
