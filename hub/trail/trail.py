"""Writing the trail: each line durable before its act is answered, many lines a transaction."""

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.journal.operation import encode
from hub.db import Database, Session
from hub.trail import head
from hub.trail.actor import HUB, Actor
from hub.trail.keys import SealKey
from hub.trail.line import INSERT, Line, chained, storable
from hub.trail.noted import Noted

_log = logging.getLogger(__name__)
_TICK_S = 5.0
_BREATH_S = 0.05
MAX_DETAIL = 20_000
MAX_UNWRITTEN = 20_000


@dataclass(frozen=True, slots=True)
class _Batch:
    """Lines to write; `noted` ones are kept for the next time when that fails."""

    lines: Sequence[Line]
    written: asyncio.Future[None]
    noted: bool = False


class Trail:
    """Appends to the hub's trail; there is no way to change or remove a line."""

    def __init__(self, database: Database, clock: Clock, key: SealKey) -> None:
        self.database = database
        self.clock = clock
        self.key = key
        self._noted = Noted(clock)
        self._unwritten: list[Line] = []
        self._waiting: list[_Batch] = []
        self._writing: asyncio.Task[None] | None = None
        self._due = asyncio.Event()
        self._ticking: asyncio.Task[None] | None = None
        self._reached = 0

    async def start(self) -> None:
        """Write down in time what was noted, until `stop`."""
        self._ticking = asyncio.create_task(self._tick(), name="trail")

    async def stop(self) -> None:
        """Write down all that waits; stopping twice is harmless."""
        if self._ticking is not None:
            self._ticking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._ticking
            self._ticking = None
        await self.flush()

    async def record(self, who: Actor, action: str, obj: str = "", **detail: Any) -> None:
        """Keep that `who` did `action` on `obj`.  Durable on return, even if the caller is gone."""
        now = self.clock.now()
        await self.append([_line(who, action, obj, _told(detail), at=now, kept_at=now)])

    def note(self, who: Actor, action: str, obj: str = "", **detail: Any) -> None:
        """Keep a frequent act with the next ones, within a minute."""
        if self._noted.add((who, storable(action), storable(obj), _told(detail))):
            self._due.set()

    async def append(self, lines: Sequence[Line]) -> None:
        """Keep lines together, in their order.

        Raises:
            Unavailable: the database does not answer; whether they are kept is not known.
            Full: no room left; none of them is kept.
        """
        await asyncio.shield(self._queue(lines).written)

    async def flush(self) -> None:
        """Write down what was noted; what cannot be written stays for the next time."""
        if noted := self._take_noted():
            await asyncio.shield(self._queue(noted, noted=True).written)

    def _queue(self, lines: Sequence[Line], *, noted: bool = False) -> _Batch:
        batch = _Batch(lines, asyncio.get_running_loop().create_future(), noted)
        self._waiting.append(batch)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.get_running_loop().create_task(self._write_all())
        return batch

    def _take_noted(self) -> list[Line]:
        now = self.clock.now()
        unwritten, self._unwritten = self._unwritten, []
        return unwritten + [
            _line(who, action, obj, _counted(detail, times), at=at, kept_at=now)
            for (who, action, obj, detail), at, times in self._noted.take()
        ]

    async def _write_all(self) -> None:
        while self._waiting:
            batches, self._waiting = self._waiting, []
            try:
                await self._write([line for batch in batches for line in batch.lines])
            except Exception as error:  # noqa: BLE001 - told to each caller, who decides
                _log.warning("the trail could not be written: %s", type(error).__name__)
                self._fail(batches, error)
            else:
                for batch in batches:
                    batch.written.set_result(None)

    def _fail(self, batches: Sequence[_Batch], error: Exception) -> None:
        for batch in batches:
            if batch.noted:
                self._unwritten += batch.lines[: MAX_UNWRITTEN - len(self._unwritten)]
            batch.written.set_exception(error)

    async def _write(self, lines: list[Line]) -> None:
        async with self.database.write() as session:
            seq = await self.prolong(session, lines)
        self._reached = max(self._reached, seq)

    async def prolong(self, session: Session, lines: Sequence[Line]) -> int:
        """Write `lines` at the end of the trail, inside the caller's transaction; its new end.

        What this hub wrote itself and finds gone is told in the trail, for ever.
        """
        seq, last, lost = await head.locked(session, self.database.dialect)
        cut = [self._cut(seq)] if lost or seq < self._reached else []
        rows, last = chained(seq, last, [*cut, *lines])
        await session.many(INSERT, rows)
        await head.move(session, seq + len(rows), last, self.key)
        return seq + len(rows)

    def _cut(self, seq: int) -> Line:
        now = self.clock.now()
        reached = _told({"line": seq, "before": self._reached} if self._reached else {"line": seq})
        return _line(HUB, head.CUT, "", reached, at=now, kept_at=now)

    async def _tick(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._due.wait(), _TICK_S)
            self._due.clear()
            if self._noted.due or self._unwritten:
                with contextlib.suppress(BeffroiError):
                    await self.flush()
                await asyncio.sleep(_BREATH_S)


def _line(who: Actor, action: str, obj: str, detail: str, *, at: int, kept_at: int) -> Line:
    return Line(
        at=at,
        kept_at=kept_at,
        account=storable(who.account),
        post=storable(who.post),
        station=storable(who.station),
        device=storable(who.device),
        action=storable(action),
        object=storable(obj),
        detail=detail,
    )


def _told(detail: dict[str, Any]) -> str:
    told = encode(detail).decode()
    return told if len(told) <= MAX_DETAIL else encode({"cut": told[:MAX_DETAIL]}).decode()


def _counted(detail: str, times: int) -> str:
    """The detail with how many times the act was done within the minute, when more than once."""
    if times == 1:
        return detail
    return f'{detail[:-1]}{"," if detail != "{}" else ""}"times":{times}}}'
