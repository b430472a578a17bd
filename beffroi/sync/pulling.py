"""Fetches what others did: page by page, from where this profile stands, however long ago that was.

A page is applied and its cursors moved in one transaction: a cut anywhere means the same page again.
"""

import asyncio
from collections.abc import Mapping

from beffroi.sync import wire
from beffroi.sync.cache import Cache
from beffroi.sync.lane import Lane
from beffroi.sync.reporting import Reporter
from beffroi.sync.routes import Hub
from beffroi.sync.status import Changed
from beffroi.sync.trouble import HubUnreachable, garbled
from beffroi.text import _

PAGE = 1000
STATE_PAGE = 2000
SMALLEST = 10


class Puller:
    """Brings one profile up to the hub's last position; `position` is where it stands, -1 unknown."""

    def __init__(self, hub: Hub, cache: Cache, lane: Lane, report: Reporter) -> None:
        self._hub = hub
        self._cache = cache
        self._lane = lane
        self._report = report
        self._limit = PAGE
        self.position = -1

    async def catch_up(self) -> int:
        """Fetch and apply until nothing is missing; the position reached.

        Raises:
            HubUnreachable: the link broke; the next call goes on from what was applied.
            HubRefused: the hub does not let us read.
            StoreError: a page could not be kept (a full disk): nothing of it was.
        """
        self.position = -1
        cursors = await self._lane.run(self._cache.cursors)
        while True:
            head, begun = await self._pages(cursors)
            cursors = await self._lane.run(self._cache.cursors)
            if not begun:
                self.position = head
                return head

    async def _pages(self, cursors: dict[str, int]) -> tuple[int, bool]:
        """Pull to the end; the hub's head, and whether a bucket began that must be followed."""
        reply = await self._page(cursors)
        first = min(cursors.values(), default=reply.head)
        while True:
            following = asyncio.ensure_future(self._page(reply.cursors)) if reply.more else None
            try:
                await self._keep(reply)
            except BaseException:
                if following is not None:
                    following.cancel()
                    await asyncio.gather(following, return_exceptions=True)
                raise
            self._report.progress(
                min(reply.cursors.values(), default=reply.head) - first, reply.head - first
            )
            if following is None:
                return reply.head, await self._begin_new(reply.buckets)
            reply = await following

    async def _page(self, cursors: dict[str, int]) -> wire.PullReply:
        """One page; asked for smaller when it does not come through."""
        question = wire.Pull(workspace=self._cache.workspace, cursors=cursors, limit=self._limit)
        try:
            reply = await self._hub.pull(question)
        except HubUnreachable:
            self._limit = max(SMALLEST, self._limit // 2)
            raise
        self._limit = min(PAGE, self._limit * 2)
        if reply.head < max(cursors.values(), default=0):
            await self._lane.run(self._cache.rewind, reply.head)
            raise HubUnreachable(
                _(
                    "Le hub a été restauré d’une sauvegarde\u00a0: Beffroi lui renvoie ce qui manque."
                )
            )
        _refuse_nonsense(reply, cursors)
        return reply

    async def _keep(self, reply: wire.PullReply) -> None:
        await self._forget(await self._lane.run(self._cache.beyond, reply.buckets))
        self._told(await self._lane.run(self._cache.receive, reply.records, reply.cursors))
        if any(record.remove for record in reply.records):
            await self._lane.run(self._cache.let_go)

    async def forget_all(self) -> None:
        """The right to the whole workspace has ended."""
        await self._forget(await self._lane.run(self._cache.beyond, []))

    async def _forget(self, buckets: list[str]) -> None:
        for bucket in buckets:
            self._told(await self._lane.run(self._cache.purge, bucket))
        if buckets:
            await self._lane.run(self._cache.let_go)

    async def _begin_new(self, buckets: list[str]) -> bool:
        """Start every bucket that became visible from its state rows; whether there was any."""
        cursors = await self._lane.run(self._cache.cursors)
        new = [b for b in buckets if b not in cursors and self._cache.owns(b)]
        for bucket in new:
            await self._begin(bucket)
        return bool(new)

    async def _begin(self, bucket: str) -> None:
        place = await self._lane.run(self._cache.begun, bucket)
        while True:
            page = await self._hub.state(bucket, place.after, STATE_PAGE)
            if page.next and (page.next == place.after or not page.rows):
                raise garbled()
            place = place.then(page.at, page.next)
            self._told(await self._lane.run(self._cache.load, bucket, page.rows, place))
            if not place.after:
                return

    async def followed(self) -> frozenset[str]:
        """The buckets whose records may be applied as they come."""
        return frozenset(await self._lane.run(self._cache.cursors))

    async def take(self, records: list[wire.Record], head: int) -> None:
        """Apply what the live stream brought after `position`; it covers all up to `head`."""
        cursors = dict.fromkeys(await self._lane.run(self._cache.cursors), head)
        self._told(await self._lane.run(self._cache.receive, records, cursors))
        if any(record.remove for record in records):
            await self._lane.run(self._cache.let_go)
        self.position = head

    def _told(self, changed: Changed | None) -> None:
        if changed is not None:
            self._report.tell(changed)


def _refuse_nonsense(reply: wire.PullReply, asked: Mapping[str, int]) -> None:
    """A cursor never goes back, and a page that is not the last one moves.

    Positions may: what moved to another bucket comes with those it always had.
    """
    back = any(seq < asked.get(bucket, 0) for bucket, seq in reply.cursors.items())
    strange = any(bucket not in asked for bucket in reply.cursors)
    beyond = any(record.seq > reply.head for record in reply.records)
    stuck = reply.more and reply.cursors == asked
    if back or strange or beyond or stuck or len(reply.records) > wire.MAX_PAGE * 2:
        raise garbled()
