"""Keeps the snapshots of this replica: made once for a rights group, used until they are old.

A thing that left one of the buckets since then must not be handed out any more: such a snapshot is
thrown away before it is given to anyone.
"""

import asyncio
import contextlib
import logging
import os
import shutil
import sys
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from beffroi.clock import Clock
from beffroi.sync import wire
from hub.db import Database
from hub.ports import Ledger
from hub.snapshots.building import DONE, Order, Portion

_log = logging.getLogger(__name__)
FOLDER = "snapshots"
FILE = "store.db"
MOST = 8
RENEW_BEHIND = 5_000
RENEW_AFTER_MS = 6 * 3_600_000
USELESS_BEHIND = 50_000
ROWS = 2_000
_LEFT = "SELECT 1 FROM marker WHERE bucket = ? AND what = 'remove' AND seq > ? LIMIT 1"
Buckets = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A store of `buckets` as they stood at position `at`; `key` (hex) opens it."""

    path: Path
    key: str
    at: int
    buckets: Buckets
    size: int
    made: int


class Shelf:
    """The snapshots at hand, and those being made."""

    def __init__(self, ledger: Ledger, database: Database, clock: Clock, data: Path) -> None:
        self._ledger = ledger
        self._database = database
        self._clock = clock
        self._folder = data / FOLDER
        self._kept: OrderedDict[Buckets, Snapshot] = OrderedDict()
        self._making: dict[Buckets, asyncio.Task[None]] = {}
        self._one = asyncio.Semaphore(1)

    async def start(self) -> None:
        """Forget what an earlier run left: nobody has its keys any more."""
        await asyncio.to_thread(shutil.rmtree, self._folder, ignore_errors=True)
        await asyncio.to_thread(self._folder.mkdir, mode=0o700, parents=True, exist_ok=True)

    async def stop(self) -> None:
        """Make nothing more, keep nothing."""
        for task in self._making.values():
            task.cancel()
        await asyncio.gather(*self._making.values(), return_exceptions=True)
        await asyncio.to_thread(shutil.rmtree, self._folder, ignore_errors=True)

    async def take(self, buckets: Buckets) -> Snapshot | None:
        """The snapshot of those buckets; None while it is being made."""
        head = await self._ledger.head()
        kept = self._kept.get(buckets)
        if kept is not None and not await self._holds(kept, head):
            self._throw(buckets)
            kept = None
        if kept is None or self._is_old(kept, head):
            self._order(buckets)
        if kept is not None:
            self._kept.move_to_end(buckets)
        return kept

    async def made(self, buckets: Buckets) -> None:
        """Wait until what is being made for those buckets is there."""
        if (task := self._making.get(buckets)) is not None:
            await asyncio.shield(task)

    async def _holds(self, kept: Snapshot, head: int) -> bool:
        """Whether all that is in it may still be handed out."""
        if head - kept.at > USELESS_BEHIND:
            return False
        async with self._database.read() as session:
            for bucket in kept.buckets:
                if await session.row(_LEFT, bucket, kept.at) is not None:
                    return False
        return True

    def _is_old(self, kept: Snapshot, head: int) -> bool:
        age = self._clock.now() - kept.made
        return head - kept.at > RENEW_BEHIND or (age > RENEW_AFTER_MS and head > kept.at)

    def _order(self, buckets: Buckets) -> None:
        if buckets not in self._making:
            self._making[buckets] = asyncio.create_task(self._make(buckets))

    async def _make(self, buckets: Buckets) -> None:
        name = os.urandom(12).hex()
        place = self._folder / name
        try:
            async with self._one:
                await asyncio.to_thread(place.mkdir, mode=0o700)
                snapshot = await self._built(place / FILE, buckets)
        except Exception:  # noqa: BLE001 - desktops start from state rows meanwhile
            _log.exception("a snapshot could not be made")
            await asyncio.to_thread(shutil.rmtree, place, ignore_errors=True)
        else:
            self._throw(buckets)
            self._kept[buckets] = snapshot
            while len(self._kept) > MOST:
                self._throw(next(iter(self._kept)))
        finally:
            del self._making[buckets]

    async def _built(self, path: Path, buckets: Buckets) -> Snapshot:
        key, began = os.urandom(32).hex(), self._clock.now()
        builder = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "hub.snapshots.building",
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            at = await self._feed(
                builder, Order(path=str(path), key=key, workspace=_of(buckets)), buckets
            )
            said, _errors = await builder.communicate()
        except BaseException:
            with contextlib.suppress(ProcessLookupError):
                builder.kill()
            await builder.wait()
            raise
        if builder.returncode or said.decode() != DONE:
            message = "the builder failed"
            raise RuntimeError(message)
        size = await asyncio.to_thread(lambda: path.stat().st_size)
        return Snapshot(path=path, key=key, at=at, buckets=buckets, size=size, made=began)

    async def _feed(
        self, builder: asyncio.subprocess.Process, order: Order, buckets: Buckets
    ) -> int:
        """Give the builder all things of `buckets`; the position from which to pull afterwards."""
        stdin = builder.stdin
        assert stdin is not None  # noqa: S101 - it was asked for
        stdin.write(wire.encode(order) + b"\n")
        reached: list[int] = []
        for bucket in buckets:
            after, first = "", -1
            while True:
                page = await self._ledger.state_page(bucket, after, ROWS)
                first = page.at if first < 0 else first
                portion = Portion(bucket=bucket, at=first, rows=page.rows)
                stdin.write(wire.encode(portion) + b"\n")
                await stdin.drain()
                after = page.next
                if not after:
                    break
            reached.append(first)
        stdin.close()
        return min(reached)

    def _throw(self, buckets: Buckets) -> None:
        gone = self._kept.pop(buckets, None)
        if gone is not None:
            shutil.rmtree(gone.path.parent, ignore_errors=True)


def _of(buckets: Buckets) -> str:
    return buckets[0].partition("/")[0]
