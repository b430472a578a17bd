"""Slows down guessing: after five wrong tries an account waits, longer each time; an address too."""

from hub.db import Database, Session
from hub.people.secrets import digest

FREE_TRIES = 5
FREE_TRIES_OF_ADDRESS = 30
"""A whole centre may come from one address."""
FIRST_DELAY_MS = 15_000
MAX_DELAY_MS = 900_000
FORGOTTEN_MS = 86_400_000
_DOUBLINGS = 10


class Attempts:
    """The wrong tries of each account and from each address."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def wait_s(self, account: str, address: str, now: int) -> int:
        """Seconds before that account may be tried from that address; 0 at once."""
        async with self._database.read() as session:
            row = await session.row(
                "SELECT max(blocked_until) FROM attempt WHERE subject IN (?, ?)",
                *_subjects(account, address),
            )
        wait = int(row[0] or 0) - now if row else 0
        # A clock set back must not lock for ever.
        return (wait + 999) // 1000 if 0 < wait <= MAX_DELAY_MS else 0

    async def failed(self, account: str, address: str, now: int) -> int:
        """Count a wrong try; how many in a row on that account."""
        of_account, of_address = _subjects(account, address)
        async with self._database.write() as session:
            await session.run("DELETE FROM attempt WHERE last_at < ?", now - FORGOTTEN_MS)
            failures = await _count(session, of_account, FREE_TRIES, now)
            if address:
                await _count(session, of_address, FREE_TRIES_OF_ADDRESS, now)
        return failures

    async def succeeded(self, account: str) -> None:
        """Forget the wrong tries of that account."""
        async with self._database.write() as session:
            await session.run("DELETE FROM attempt WHERE subject = ?", _subjects(account, "")[0])


async def _count(session: Session, subject: str, free: int, now: int) -> int:
    row = await session.row(
        "INSERT INTO attempt (subject, failures, last_at, blocked_until) VALUES (?, 1, ?, 0) "
        "ON CONFLICT (subject) DO UPDATE SET last_at = excluded.last_at, "
        "failures = attempt.failures + 1 RETURNING failures",
        subject, now,
    )  # fmt: skip
    failures = int(row[0]) if row else 1
    beyond = failures - free
    if beyond >= 0:
        delay = min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** min(beyond, _DOUBLINGS))
        await session.run(
            "UPDATE attempt SET blocked_until = ? WHERE subject = ?", now + delay, subject
        )
    return failures


def subject_of(account: str) -> str:
    """How the tries of an account are kept: a name may be a secret typed in the wrong place."""
    return f"account:{digest(account)}"


def _subjects(account: str, address: str) -> tuple[str, str]:
    return subject_of(account), f"address:{address[:200]}"
