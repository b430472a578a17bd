"""The hub's parts, built once, in order; stopped in reverse."""

from dataclasses import dataclass, field

from fastapi import APIRouter

from beffroi.clock import Clock
from hub.admission import Admission
from hub.db import Database
from hub.live.fanout import Fanout
from hub.ports import Announcer, Committer, Ledger, People, Trail
from hub.sync.packed import Pages
from hub.sync.seen import SeenStore


@dataclass(kw_only=True)
class Hub:
    """Everything that serves."""

    clock: Clock
    database: Database
    ledger: Ledger
    committer: Committer
    people: People
    trail: Trail
    announcer: Announcer
    routers: list[APIRouter] = field(default_factory=list)
    admission: Admission = field(default_factory=Admission)
    pages: Pages = field(default_factory=Pages)
    fanout: Fanout = field(init=False)
    seen: SeenStore = field(init=False)

    def __post_init__(self) -> None:
        self.fanout = Fanout(self.ledger, self.announcer, self.clock)
        self.seen = SeenStore(self.database)

    async def start(self) -> None:
        """Begin to serve."""
        await self.fanout.start()

    async def stop(self) -> None:
        """End every stream."""
        await self.fanout.stop()
