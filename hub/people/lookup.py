"""Who shows a token, found in one visit to the database: a thousand desktops may come back at once."""

from dataclasses import dataclass

from beffroi.access.rights import Grant
from hub.db import Database
from hub.people import accounts, devices, grants, sessions
from hub.people.accounts import Account
from hub.people.devices import Device
from hub.people.secrets import digest
from hub.people.sessions import Opened


def _of(table: str, columns: str) -> str:
    return ", ".join(f"{table}.{name.strip()}" for name in columns.split(","))


_WHO = (
    f"SELECT {_of('session', sessions.COLUMNS)}, {_of('device', devices.COLUMNS)}, "
    f"{_of('account', accounts.COLUMNS)} FROM session "
    "JOIN device ON device.id = session.device "
    "JOIN account ON account.name = session.account WHERE "
)
_GRANTED = f"SELECT {grants.COLUMNS} FROM granted WHERE account = ? AND withdrawn_at = 0"
_IN_SESSION = len(sessions.COLUMNS.split(","))
_IN_DEVICE = len(devices.COLUMNS.split(","))


@dataclass(frozen=True, slots=True)
class Shown:
    """A session, its station, its person, and all that they were granted."""

    opened: Opened
    device: Device
    account: Account
    grants: list[Grant]


async def by_token(database: Database, token: str) -> Shown | None:
    """Whose token it is; sessions that ended included."""
    return await _look(database, "session.token = ?", digest(token))


async def by_session(database: Database, session_id: str) -> Shown | None:
    """Whose session it is; ended ones included."""
    return await _look(database, "session.id = ?", session_id)


async def _look(database: Database, where: str, mark: str) -> Shown | None:
    async with database.read() as session:
        row = await session.row(_WHO + where, mark)
        if row is None:
            return None
        opened = Opened(*row[:_IN_SESSION])
        granted = await session.rows(_GRANTED, opened.account)
    return Shown(
        opened,
        Device(*row[_IN_SESSION : _IN_SESSION + _IN_DEVICE]),
        accounts.account_of(row[_IN_SESSION + _IN_DEVICE :]),
        [grants.held_of(each).grant for each in granted],
    )
