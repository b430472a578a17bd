"""Sessions: a person at a station, for a shift; listed, ended by anyone who may."""

from dataclasses import dataclass

from beffroi.clock import Clock
from hub.db import Database
from hub.people import notices
from hub.people.secrets import digest, new_id, new_token

LASTS_MS = 12 * 3_600_000
AT_MOST_MS = 36 * 3_600_000
"""However often it is prolonged, a session ends after that."""
_FORGOTTEN_MS = 90 * 86_400_000
COLUMNS = (
    "id, account, device, address, version, how, made_at, seen_at, expires, ended_at, ended_why"
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A session as it is kept.  Times are UTC ms, 0 for never; `how` is `secret` or `oidc`."""

    id: str
    account: str
    device: str
    address: str
    version: str
    how: str
    made_at: int
    seen_at: int
    expires: int
    ended_at: int
    ended_why: str

    def lives(self, now: int) -> bool:
        """Whether it still opens anything at `now`."""
        return not self.ended_at and now < self.expires


class Sessions:
    """Opens, prolongs and ends sessions; tokens are only kept hashed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def open(
        self,
        account: str,
        device: str,
        *,
        address: str = "",
        version: str = "",
        how: str = "secret",
    ) -> tuple[str, Opened]:
        """A new session for `account` at `device`: its token, shown once, and the session."""
        now, token = self._clock.now(), new_token()
        made = Opened(
            id=new_id(), account=account, device=device, address=address, version=version[:50],
            how=how, made_at=now, seen_at=now, expires=now + LASTS_MS, ended_at=0, ended_why="",
        )  # fmt: skip
        async with self._database.write() as session:
            await session.run(
                f"INSERT INTO session (token, {COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                digest(token), made.id, account, device, address, made.version, how, now, now,
                made.expires, 0, "",
            )  # fmt: skip
            await session.run(
                "INSERT INTO device_author (device, account, first_at) VALUES (?,?,?) "
                "ON CONFLICT (device, account) DO NOTHING",
                device, account, now,
            )  # fmt: skip
            await session.run("DELETE FROM session WHERE expires < ?", now - _FORGOTTEN_MS)
        return token, made

    async def of_token(self, token: str) -> Opened | None:
        """The session that a token opens, ended ones included."""
        async with self._database.read() as session:
            row = await session.row(f"SELECT {COLUMNS} FROM session WHERE token = ?", digest(token))
        return Opened(*row) if row else None

    async def get(self, session_id: str) -> Opened | None:
        """The session of that id."""
        async with self._database.read() as session:
            row = await session.row(f"SELECT {COLUMNS} FROM session WHERE id = ?", session_id)
        return Opened(*row) if row else None

    async def prolong(self, opened: Opened) -> int:
        """Let a session last another shift, within limits; when it ends now."""
        now = self._clock.now()
        expires = max(opened.expires, min(now + LASTS_MS, opened.made_at + AT_MOST_MS))
        async with self._database.write() as session:
            await session.run(
                "UPDATE session SET expires = ?, seen_at = ? WHERE id = ? AND ended_at = 0",
                expires, now, opened.id,
            )  # fmt: skip
        return expires

    async def end(self, session_id: str, why: str) -> None:
        """End a session; its live stream closes at once, on every replica."""
        now = self._clock.now()
        async with self._database.write() as session:
            ended = await session.run(
                "UPDATE session SET ended_at = ?, ended_why = ? WHERE id = ? AND ended_at = 0",
                now, why, session_id,
            )  # fmt: skip
            if ended:
                await notices.tell(session, notices.SESSION, session_id, now)

    async def living(self, account: str = "") -> list[Opened]:
        """The sessions open now, of one account when it is named, newest first."""
        now = self._clock.now()
        async with self._database.read() as session:
            rows = await session.rows(
                f"SELECT {COLUMNS} FROM session WHERE ended_at = 0 AND expires > ? "
                "AND (? = '' OR account = ?) ORDER BY made_at DESC",
                now, account, account,
            )  # fmt: skip
        return [Opened(*row) for row in rows]
