"""Who else is there and who has read what: told and heard, never in the way of operations."""

import asyncio

from beffroi.sync import wire
from beffroi.sync.cache import Cache
from beffroi.sync.lane import Lane
from beffroi.sync.reporting import Reporter
from beffroi.sync.routes import Hub
from beffroi.sync.status import HaveSeen, Looking, Present, SeenBy
from beffroi.sync.together import set_within
from beffroi.sync.trouble import HubRefused

MOST_PEOPLE = 5000
MOST_SEEN = 500
AGAIN_S = 30.0
GATHERED_S = 0.3


class Company:
    """Presence and readings of one desk.  What was read while offline is said when back."""

    def __init__(self, cache: Cache, lane: Lane, report: Reporter, me: wire.Presence) -> None:
        self._cache = cache
        self._lane = lane
        self._report = report
        self._me = me
        self._people: dict[tuple[str, str], wire.Presence] = {}
        self._read: dict[str, None] = {}
        self._news = asyncio.Event()

    def look(self, ask: Looking) -> None:
        """The person reads or writes this now."""
        self._me = wire.Presence(
            account=self._me.account, person=self._me.person, post=ask.post or self._me.post,
            station=self._me.station, entity=ask.entity, doing=ask.doing,
        )  # fmt: skip
        self._news.set()

    def have_seen(self, ask: HaveSeen) -> None:
        """The person has read these."""
        self._read.update(dict.fromkeys(ask.entities))
        while len(self._read) > MOST_PEOPLE:
            del self._read[next(iter(self._read))]
        self._news.set()

    async def run(self, hub: Hub) -> None:
        """Say what there is to say, gathered a little; the presence again now and then."""
        while True:
            self._news.clear()
            await self._say(hub)
            if await set_within(self._news, AGAIN_S):
                await asyncio.sleep(GATHERED_S)

    async def _say(self, hub: Hub) -> None:
        workspace = self._cache.workspace
        try:
            await hub.presence(workspace, self._me)
            while read := list(self._read)[:MOST_SEEN]:
                await hub.seen(workspace, read, self._me.post)
                for entity in read:
                    self._read.pop(entity, None)
        except HubRefused as no:
            if no.status in (401, 403):
                raise
            self._read.clear()  # a thing that is not there for us any more cannot be read either

    async def hear(self, event: wire.Event) -> None:
        """What the live stream says of others."""
        if event.presence is not None:
            for desk in event.presence[:MOST_PEOPLE]:
                self._place(desk)
            self._report.tell(Present(people=list(self._people.values())))
        if event.seen:
            await self._lane.run(self._cache.keep_seen, event.seen)
            self._report.tell(SeenBy(seen=event.seen))

    def _place(self, desk: wire.Presence) -> None:
        """A desk without a person has been left."""
        key = (desk.account, desk.station)
        if not desk.person:
            self._people.pop(key, None)
        elif len(self._people) < MOST_PEOPLE:
            self._people[key] = desk

    def alone(self) -> None:
        """The link broke: nobody is known to be there."""
        if self._people:
            self._people.clear()
            self._report.tell(Present(people=[]))
