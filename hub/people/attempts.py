"""Slows down guessing without letting anybody lock others out.

Wrong tries count where they are made: after five on one account from one place (a station, a
browser's address), that pair waits, longer each time; so does a place that tries many accounts.  What
comes from many places counts too, but never keeps a person out where they have come in before.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from weakref import WeakValueDictionary

from hub.db import Database, Session
from hub.http.rates import neighbourhood
from hub.http.trouble import busy
from hub.people.secrets import digest

FREE_TRIES = 5
FREE_TRIES_OF_ACCOUNT = 20
"""On one account, from all places together."""
FREE_TRIES_OF_PLACE = 30
"""From one place, on all accounts together: a whole room may share a station."""
FIRST_DELAY_MS = 15_000
MAX_DELAY_MS = 900_000
FORGOTTEN_MS = 86_400_000
FORGIVEN_MS = 600_000
"""A place is forgiven one try in that time: those of a busy room do not add up for days."""
WAITING = 8
_DOUBLINGS = 10


@dataclass(frozen=True, slots=True)
class Place:
    """Where someone tries: `kind` is `device`, `page`, `host` or `enrol`."""

    kind: str
    name: str

    @property
    def subject(self) -> str:
        """How it is called in the table."""
        return f"{self.kind}:{self.name[:200]}"


def station(device: str) -> Place:
    """An enrolled station: its certificate cannot be forged, whatever address it comes from."""
    return Place("device", device)


def browser(address: str) -> Place:
    """A browser on the hub's page."""
    return Place("page", neighbourhood(address))


def newcomer(address: str) -> Place:
    """A machine that wants to become a station."""
    return Place("enrol", neighbourhood(address))


def host(name: str) -> Place:
    """The hub's own machine, for who holds its keys."""
    return Place("host", name)


class Attempts:
    """The wrong tries of each account and from each place."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turns: WeakValueDictionary[Place, _Turn] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, place: Place) -> AsyncIterator[None]:
        """One try at a time from a place: a hundred at once would all be before the fifth failure.

        Raises:
            Refused: 503, too many wait there already.
        """
        turn = self._turns.get(place)
        if turn is None:
            turn = self._turns[place] = _Turn()
        if turn.waiting >= WAITING:
            raise busy()
        turn.waiting += 1
        try:
            async with turn.lock:
                yield
        finally:
            turn.waiting -= 1

    async def wait_s(self, account: str, place: Place, now: int) -> int:
        """Seconds before that account may be tried from that place; 0 at once."""
        async with self._database.read() as session:
            subjects = [_pair(account, place), place.subject]
            if not await _came_before(session, account, place):
                subjects.append(subject_of(account))
            row = await session.row(
                "SELECT max(blocked_until) FROM attempt "
                f"WHERE subject IN ({','.join('?' * len(subjects))})",
                *subjects,
            )
        wait = int(row[0] or 0) - now if row else 0
        # A clock set back must not lock for ever.
        return (wait + 999) // 1000 if 0 < wait <= MAX_DELAY_MS else 0

    async def failed(self, account: str, place: Place, now: int) -> int:
        """Count a wrong try; how many in a row on that account from that place."""
        async with self._database.write() as session:
            await session.run("DELETE FROM attempt WHERE last_at < ?", now - FORGOTTEN_MS)
            failures = await _count(session, _pair(account, place), FREE_TRIES, now)
            await _count(session, subject_of(account), FREE_TRIES_OF_ACCOUNT, now)
            await _count(session, place.subject, FREE_TRIES_OF_PLACE, now, FORGIVEN_MS)
        return failures

    async def succeeded(self, account: str, place: Place) -> None:
        """Forget the wrong tries of that account there and from everywhere together."""
        async with self._database.write() as session:
            await session.run(
                "DELETE FROM attempt WHERE subject IN (?, ?)",
                _pair(account, place), subject_of(account),
            )  # fmt: skip


class _Turn:
    """The queue of one place."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.waiting = 0


async def forget(session: Session, account: str) -> None:
    """Forget all wrong tries of an account, wherever they were made."""
    subject = subject_of(account)
    await session.run(
        "DELETE FROM attempt WHERE subject = ? OR subject LIKE ?", subject, f"{subject}@%"
    )


async def _came_before(session: Session, account: str, place: Place) -> bool:
    """Whether what others do elsewhere is no reason to keep that account out of that place."""
    match place.kind:
        case "device":
            found = await session.row(
                "SELECT 1 FROM device_author WHERE device = ? AND account = ?", place.name, account
            )
        case "page":
            rows = await session.rows(
                "SELECT DISTINCT address FROM session WHERE account = ? AND how = 'page'", account
            )
            return any(neighbourhood(str(row[0])) == place.name for row in rows)
        case _:
            return True
    return found is not None


async def _count(
    session: Session, subject: str, free: int, now: int, forgiven_ms: int = FORGOTTEN_MS
) -> int:
    row = await session.row(
        "INSERT INTO attempt (subject, failures, last_at, blocked_until) VALUES (?, 1, ?, 0) "
        "ON CONFLICT (subject) DO UPDATE SET last_at = excluded.last_at, failures = 1 + CASE "
        "WHEN attempt.failures * ? <= excluded.last_at - attempt.last_at THEN 0 "
        "WHEN excluded.last_at < attempt.last_at THEN attempt.failures "
        "ELSE attempt.failures - (excluded.last_at - attempt.last_at) / ? END RETURNING failures",
        subject, now, forgiven_ms, forgiven_ms,
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


def _pair(account: str, place: Place) -> str:
    return f"{subject_of(account)}@{place.subject}"
