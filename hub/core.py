"""The hub's parts, built once, in order; stopped in reverse."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from fastapi import APIRouter

from beffroi.clock import Clock
from hub.attachments.blobs import Blobs, open_blobs
from hub.attachments.register import Register
from hub.attachments.sweeping import Sweeper
from hub.audit import routes as audit
from hub.db import Database, open_embedded, open_postgres
from hub.entrance import enrol, oidc, session
from hub.entrance.door import Door
from hub.http.admission import Admission
from hub.keys import Keys
from hub.ledger import Ledger, Quarantine
from hub.ledger.committer import Committer
from hub.ledger.projector import Projector
from hub.live.fanout import Fanout
from hub.people import People
from hub.settings import Settings
from hub.snapshots.shelf import Shelf
from hub.sources import routes as sources
from hub.sources.collecting import Collecting
from hub.sync.packed import Pages
from hub.sync.seen import SeenStore
from hub.trail import Trail
from hub.trail.seals import Sealer
from hub.version import VERSION

Step = Callable[[], Awaitable[None]]


@dataclass(kw_only=True)
class Hub:
    """Everything that serves.  `routers` are the routes of rooms that are not the sync surface's."""

    settings: Settings
    clock: Clock
    keys: Keys
    database: Database
    ledger: Ledger
    committer: Committer
    projector: Projector
    people: People
    trail: Trail
    fanout: Fanout
    seen: SeenStore
    blobs: Blobs
    register: Register
    shelf: Shelf
    admission: Admission = field(default_factory=Admission)
    pages: Pages = field(default_factory=Pages)
    routers: list[APIRouter] = field(default_factory=list)
    steps: list[tuple[Step, Step]] = field(default_factory=list)
    _running: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def quarantine(self) -> Quarantine:
        """What was refused."""
        return self.ledger.quarantine

    async def start(self) -> None:
        """Begin to serve; when one part cannot, those before it are stopped again."""
        async with AsyncExitStack() as begun:
            begun.push_async_callback(self.database.close)
            for start, stop in self.steps:
                await start()
                begun.push_async_callback(stop)
            self._running = begun.pop_all()

    async def stop(self) -> None:
        """End every stream, write down what waits, let go of the database."""
        await self._running.aclose()


async def build(settings: Settings, keys: Keys, clock: Clock | None = None) -> Hub:
    """The hub that `settings` describe, ready to start.

    Raises:
        BeffroiError: its database or its attachments cannot be reached.
    """
    clock = clock or Clock()
    database = await _opened(settings, keys)
    trail = Trail(database, clock, keys.seal)
    people = People(database, clock)
    ledger = Ledger(database)
    hub = Hub(
        settings=settings,
        clock=clock,
        keys=keys,
        database=database,
        ledger=ledger,
        committer=Committer(ledger, people, clock),
        projector=Projector(database, ledger),
        people=people,
        trail=trail,
        fanout=Fanout(ledger, database, clock),
        seen=SeenStore(database),
        blobs=await asyncio.to_thread(open_blobs, settings.blobs_place, keys.blob_key),
        register=Register(database, ledger, people),
        shelf=Shelf(ledger, database, clock, settings.data),
    )
    collecting = Collecting(
        database,
        clock,
        settings.data,
        keys.derived("observations"),
        allow=settings.sources_allow,
        proxy=settings.sources_proxy,
        tell=hub.fanout.observed,
    )
    hub.routers = [*_routers(hub), sources.router(hub, collecting.shelf)]
    hub.steps = [*_steps(hub), (collecting.start, collecting.stop)]
    return hub


async def _opened(settings: Settings, keys: Keys) -> Database:
    if settings.database:
        return await open_postgres(settings.database)
    return await open_embedded(settings.database_file, keys.store_key)


def _routers(hub: Hub) -> list[APIRouter]:
    door = Door(
        people=hub.people,
        keys=hub.keys,
        trail=hub.trail,
        clock=hub.clock,
        settings=hub.settings,
    )
    return [
        enrol.router(door, VERSION),
        session.router(door),
        oidc.router(door, hub.database),
        audit.router(hub),
    ]


def _steps(hub: Hub) -> list[tuple[Step, Step]]:
    """How each part starts and stops, in the order of starting."""
    sealer, sweeper = Sealer(hub.trail), Sweeper(hub.blobs)

    async def commit() -> None:
        hub.committer.start()

    async def project() -> None:
        hub.projector.start()

    async def tell() -> None:
        await hub.people.start(hub.fanout)

    return [
        (hub.trail.start, hub.trail.stop),
        (sealer.start, sealer.stop),
        (commit, hub.committer.stop),
        (project, hub.projector.stop),
        (sweeper.start, sweeper.stop),
        (hub.shelf.start, hub.shelf.stop),
        (hub.fanout.start, hub.fanout.stop),
        (tell, hub.people.stop),
    ]
