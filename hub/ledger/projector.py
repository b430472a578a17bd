"""Keeps things as they stand beside the ledger, a little behind it and never ahead.

Replicas take turns round by round: a lock of PostgreSQL lets one fold at a time.
"""

import asyncio
import contextlib
import logging
import time

from beffroi.logbook.merge import targets
from hub.db import Database, Dialect, Session, Unavailable
from hub.ledger import Ledger
from hub.ledger.folding import Shown, State, Taken, folded
from hub.ledger.pages import OP_FIELDS, op_of
from hub.ledger.showing import keep, states

_log = logging.getLogger(__name__)
ROUND = 500
LEISURE = 1.0
"""How long it rests for each second of work: what is pushed goes first."""
REST_S = 2.0
_LOCK = 0x62657072
_OPS = f"SELECT seq, at, number, {OP_FIELDS} FROM operation WHERE seq > ? AND seq <= ? ORDER BY seq"


class Projector:
    """Follows the ledger from where any replica left off."""

    def __init__(self, database: Database, ledger: Ledger) -> None:
        self._database = database
        self._ledger = ledger
        self._following: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Follow the ledger from now on."""
        self._following = asyncio.create_task(self._follow(), name="hub-projector")

    async def stop(self) -> None:
        """Leave the rest for later; stopping twice is harmless."""
        if self._following is not None:
            self._following.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._following
            self._following = None

    async def _follow(self) -> None:
        while True:
            try:
                async for _position in self._ledger.listen():
                    await self.catch_up()
            except Unavailable:
                pass
            except Exception:  # noqa: BLE001 - whatever it is, go on from the same position
                _log.exception("things are not shown as they stand")
            await asyncio.sleep(REST_S)

    async def catch_up(self) -> None:
        """Fold all that the ledger holds now; returns early when another replica does it."""
        more = True
        while more:
            begun = time.monotonic()
            more = await self.round()
            await asyncio.sleep((time.monotonic() - begun) * LEISURE if more else 0)

    async def again(self) -> None:
        """Fold everything anew: the rules of merging changed."""
        async with self._database.write() as session:
            await session.run("UPDATE projected SET seq = 0 WHERE one = 1")
            for table in ("entity", "entity_tag", "entity_alias", "holding"):
                await session.run(f"DELETE FROM {table}")
            if self._database.dialect == "sqlite":
                await session.run("DELETE FROM entity_fts")

    async def round(self) -> bool:
        """Fold some more; whether there may be more to fold."""
        if self._database.dialect == "postgresql":
            return await self._round_alone()
        async with self._database.read() as session:
            after, upto, taken, before = await _load(session, "sqlite")
        if upto == after:
            return False
        shown = await asyncio.to_thread(folded, taken, before)
        async with self._database.write() as session:
            await _store(session, "sqlite", shown, upto)
        return True

    async def _round_alone(self) -> bool:
        async with self._database.write() as session:
            row = await session.row("SELECT pg_try_advisory_xact_lock(?)", _LOCK)
            if row is None or not row[0]:
                return False
            after, upto, taken, before = await _load(session, "postgresql")
            if upto == after:
                return False
            shown = await asyncio.to_thread(folded, taken, before)
            await _store(session, "postgresql", shown, upto)
        return True


async def _load(
    session: Session, dialect: Dialect
) -> tuple[int, int, list[Taken], dict[str, State]]:
    """From where to where this round goes, its operations, and the states that they change."""
    row = await session.row(
        "SELECT p.seq, h.head FROM projected p, ledger_head h WHERE p.one = 1 AND h.one = 1"
    )
    after, head = (int(row[0]), int(row[1])) if row else (0, 0)
    upto = min(head, after + ROUND)
    rows = await session.rows(_OPS, after, upto)
    taken = [Taken(row[0], row[1], row[2], op_of(row[3:])) for row in rows]
    return after, upto, taken, await states(session, dialect, _uids(taken))


def _uids(taken: list[Taken]) -> set[str]:
    return {uid for one in taken for _kind, uid in targets(one.op)}


async def _store(session: Session, dialect: Dialect, shown: list[Shown], upto: int) -> None:
    await keep(session, dialect, shown)
    await session.run("UPDATE projected SET seq = ? WHERE one = 1", upto)
