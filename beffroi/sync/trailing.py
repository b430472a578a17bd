"""Sends this station's audit trail up, line after line, to be merged into the hub's."""

import asyncio
from collections.abc import Sequence

import msgspec

from beffroi.store import Connection
from beffroi.sync import wire
from beffroi.sync.cache import Cache
from beffroi.sync.lane import Lane
from beffroi.sync.routes import Hub
from beffroi.sync.trouble import HubRefused, garbled

LINES = 500
EVERY_S = 30.0
PATH = "/sync/trail"
_LINES = (
    "SELECT seq, at, actor, post, station, action, object, detail, lower(hex(hash)) FROM audit "
    "WHERE seq > ? ORDER BY seq LIMIT ?"
)


class After(msgspec.Struct, frozen=True, kw_only=True):
    """The last line that the hub has."""

    after: wire.Count


class Trailer:
    """Follows the trail of one profile; the hub says which line it has last."""

    def __init__(self, hub: Hub, cache: Cache, lane: Lane) -> None:
        self._hub = hub
        self._cache = cache
        self._lane = lane

    async def run(self) -> None:
        """Send new lines now and then, for ever."""
        while True:
            await self.all()
            await asyncio.sleep(EVERY_S)

    async def all(self) -> None:
        """Send what the hub does not have.  A refusal here does not stop anything else."""
        try:
            await self._all()
        except HubRefused as no:
            if no.status in (401, 403):
                raise

    async def _all(self) -> None:
        begins = await self._lane.run(self._lines, 0)
        if not begins:
            return
        chain = {"workspace": self._cache.workspace, "first": begins[0].hash}
        known = await self._hub.ask("GET", PATH, After, **chain)
        after = known.after
        while found := await self._lane.run(self._lines, after):
            reply = await self._hub.ask("POST", PATH, After, found, **chain)
            if reply.after <= after:
                raise garbled()
            after = reply.after

    def _lines(self, after: int) -> Sequence[wire.TrailLine]:
        with self._cache.store.read() as connection:
            return _read(connection, after)


def _read(connection: Connection, after: int) -> list[wire.TrailLine]:
    rows = connection.execute(_LINES, (after, LINES)).fetchall()
    return [
        wire.TrailLine(
            seq=row[0], at=row[1], actor=row[2], post=row[3], station=row[4], action=row[5],
            object=row[6], detail=row[7], hash=row[8],
        )
        for row in rows
    ]  # fmt: skip
