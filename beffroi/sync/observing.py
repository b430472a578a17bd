"""Fetches what the hub's sources told, and keeps it beside what this station observes itself.

Observations are current, bounded and disposable: they never hold up the journal, and a hub that has
none (an older one) is simply not asked again before the next link.
"""

import asyncio
import random

from beffroi.logbook.sheet import uids_of_kind
from beffroi.observations.copying import Copies
from beffroi.observations.naming import OBSERVATIONS_FILE
from beffroi.store import StoreError
from beffroi.sync.cache import Cache
from beffroi.sync.lane import Lane
from beffroi.sync.observed import ObservedPage, ObservedPull, ObservedReply
from beffroi.sync.reporting import Reporter
from beffroi.sync.routes import Hub
from beffroi.sync.status import Observed
from beffroi.sync.together import set_within
from beffroi.sync.trouble import HubRefused

PATH = "/sources/pull"
EVERY_S = 60.0
LEAST_S = 4.0
"""Between two questions, more or less: a thousand desktops hear of the same news at once."""
UNKNOWN = (404, 405)


class Observer:
    """Copies the sources of one profile's workspace."""

    def __init__(self, hub: Hub, cache: Cache, lane: Lane, report: Reporter, key: bytes) -> None:
        self._hub, self._cache, self._report = hub, cache, report
        self._lane = lane
        self._key = key
        self._known: tuple[str, ...] = ()
        self._chance = random.Random()  # noqa: S311 - it spreads, it hides nothing
        self.wake = asyncio.Event()

    async def run(self) -> None:
        """Fetch now and then, and when something is known to have come."""
        copies = await self._lane.run(Copies, self._cache.folder / OBSERVATIONS_FILE, self._key)
        try:
            while True:
                self.wake.clear()
                if not await self._fetch(copies):
                    await asyncio.Event().wait()
                await set_within(self.wake, EVERY_S)
                await asyncio.sleep(LEAST_S * self._chance.uniform(0.5, 1.5))
        finally:
            await self._lane.run(copies.close)

    async def _fetch(self, copies: Copies) -> bool:
        """All that there is; False when the hub knows nothing of sources."""
        more = True
        while more:
            cursors = await self._lane.run(copies.cursors)
            asked = ObservedPull(workspace=self._cache.workspace, cursors=cursors)
            try:
                reply = await self._hub.ask("POST", PATH, ObservedReply, asked)
            except HubRefused as no:
                if no.status in UNKNOWN:
                    return False
                raise
            try:
                moved = await self._lane.run(_kept, copies, reply, self._cache)
            except StoreError as full:
                self._report.hindered("observations", str(full))
                return True
            self._report.freed("observations")
            self._tell(moved, reply)
            more = any(page.more for page in reply.pages)
        return True

    def _tell(self, moved: list[str], reply: ObservedReply) -> None:
        followed = tuple(reply.followed)
        if moved or followed != self._known:
            self._known = followed
            self._report.tell(Observed(sources=moved, followed=list(followed)))


def _kept(copies: Copies, reply: ObservedReply, cache: Cache) -> list[str]:
    """Keep a reply; the sources in which something is otherwise.

    With the right to a source (its sheet went) goes what it told.
    """
    cursors = copies.cursors()
    for uid in cursors.keys() - set(reply.followed):
        copies.end(uid)
    for uid in set(reply.followed) - cursors.keys():
        copies.begin(uid)
    now = cache.clock.now()
    moved = [page.source for page in reply.pages if _kept_page(copies, page, now)]
    copies.put_states(reply.states)
    with cache.store.read() as connection:
        known = uids_of_kind(connection, "source")
    return [*moved, *copies.forget_all_but(known | set(reply.followed))]


def _kept_page(copies: Copies, page: ObservedPage, now: int) -> bool:
    return copies.put(
        page.source, page.rows, page.gone, cursor=page.cursor, now=now, whole=page.again
    )
