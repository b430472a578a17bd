"""Follows the sources of all at one replica, and copies what they tell to the hub's database."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from uuid import uuid4

from beffroi.clock import Clock
from beffroi.observations import OBSERVATIONS_FILE, Observations, SourceState
from beffroi.sources.orders import Follow, HealthChanged, Moved, Start
from hub.db import Database, Unavailable
from hub.sources.child import Child, collecting
from hub.sources.sheets import Shared, shared_sources
from hub.sources.shelf import Lease, Shelf, pieces

_log = logging.getLogger(__name__)
LEASE_MS = 30_000
LOOK_S = 5.0
"""How often sheets are looked at, the lease is renewed and what was told is copied."""
PIECE = 1_000
FORGET_EVERY_S = 3_600.0


class Collecting:
    """One part of the hub; only the replica that holds the lease does anything."""

    def __init__(
        self, database: Database, clock: Clock, folder: Path, key: bytes, *,
        allow: Sequence[str] = (),
        proxy: str = "",
        tell: Callable[[Iterable[str]], None] = lambda _buckets: None,
    ) -> None:  # fmt: skip
        """Works in `folder`, where its own file is sealed with `key`.

        `tell` is told in which buckets something new lies.
        """
        self.shelf = Shelf(database)
        self._database, self._clock = database, clock
        self._path, self._key, self._allow = folder / OBSERVATIONS_FILE, key, tuple(allow)
        self._lease = Lease(database, "sources", uuid4().hex, LEASE_MS)
        self._tell = tell
        self._proxy = proxy
        self._task: asyncio.Task[None] | None = None
        self._moved: set[str] = set()
        self._states: dict[str, SourceState] = {}
        self._copied: dict[str, int] = {}

    async def start(self) -> None:
        """Begin, when it is our turn."""
        self._task = asyncio.create_task(self._always(), name="hub-sources")

    async def stop(self) -> None:
        """End the process, and let another replica begin."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None
            with contextlib.suppress(Unavailable):
                await self._lease.let_go()

    async def _always(self) -> None:
        while True:
            try:
                if await self._lease.take(self._clock.now()):
                    await self._follow_if_any()
            except Exception as error:  # noqa: BLE001 - whatever it is, the next time is near
                _log.warning("sources failed and are tried again: %s", type(error).__name__)
            await asyncio.sleep(LOOK_S)

    async def _follow_if_any(self) -> None:
        """Without a source no process runs, and nothing is left of one that went meanwhile."""
        if await shared_sources(self._database):
            await self._follow()
        else:
            await self.shelf.follow({})

    async def _follow(self) -> None:
        """Run the process for as long as the lease is ours and there are sources."""
        self._copied.clear()
        observations = await asyncio.to_thread(Observations, self._path, self._key)
        start = Start(
            observations=str(self._path),
            key=self._key.hex(),
            files=False,
            allow=list(self._allow),
            proxy=self._proxy,
        )
        try:
            async with collecting(start) as child:
                hearing = asyncio.create_task(self._hear(child))
                try:
                    await self._tend(child, observations, hearing)
                finally:
                    hearing.cancel()
                    await asyncio.gather(hearing, return_exceptions=True)
        finally:
            await asyncio.to_thread(observations.close)

    async def _tend(
        self, child: Child, observations: Observations, hearing: "asyncio.Task[None]"
    ) -> None:
        told: list[Shared] = []
        forgotten = asyncio.get_running_loop().time()
        while not hearing.done() and await self._lease.take(self._clock.now()):
            found = await shared_sources(self._database)
            if not found:
                await self.shelf.follow({})
                return
            if found != told:
                await self.shelf.follow(
                    {one.source.uid: (one.workspace, one.bucket) for one in found}
                )
                await child.ask(Follow(sources=[one.source for one in found]))
                self._moved |= {one.source.uid for one in found} - {o.source.uid for o in told}
                told = found
            await self._copy(observations, {one.source.uid: one.bucket for one in found})
            if asyncio.get_running_loop().time() - forgotten > FORGET_EVERY_S:
                forgotten = asyncio.get_running_loop().time()
                await self.shelf.forget(self._clock.now())
            await asyncio.wait({hearing}, timeout=LOOK_S)

    async def _hear(self, child: Child) -> None:
        async for message in child.told():
            match message:
                case Moved(source=uid):
                    self._moved.add(uid)
                case HealthChanged(source=uid, state=state):
                    self._states[uid] = state
                case _:
                    pass

    async def _copy(self, observations: Observations, places: Mapping[str, str]) -> None:
        """What moved since the last time, and how sources are."""
        moved, self._moved = self._moved & places.keys(), set()
        for uid in sorted(moved):
            await self._copy_one(observations, uid)
        states, self._states = self._states, {}
        if states:
            await self.shelf.put_states(states)
        self._tell({places[uid] for uid in moved | (states.keys() & places.keys())})

    async def _copy_one(self, observations: Observations, uid: str) -> None:
        """From where we stand; from the beginning, and against what is there, the first time."""
        first = uid not in self._copied
        since = await asyncio.to_thread(observations.changed_after, self._copied.get(uid, 0), [uid])
        if first and not since.changed.get(uid):
            return
        rows = await asyncio.to_thread(observations.rows_of, since.changed.get(uid, []))
        gone = {name for _rid, name in since.gone.get(uid, [])} - {row[0] for row in rows}
        if first or since.again:
            gone = await self.shelf.ids(uid) - {row[0] for row in rows}
        for piece in pieces(rows, PIECE):
            await self.shelf.put(uid, piece, [], self._clock.now())
        if gone:
            await self.shelf.put(uid, [], sorted(gone), self._clock.now())
        self._copied[uid] = since.seq
