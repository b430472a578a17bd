"""Follows the hub live: applies what comes in order, fetches whenever there is any doubt."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from beffroi.store import StoreError
from beffroi.sync import wire
from beffroi.sync.lane import Lane
from beffroi.sync.live import events
from beffroi.sync.pulling import Puller
from beffroi.sync.reporting import Reporter
from beffroi.sync.routes import Hub
from beffroi.sync.together import together
from beffroi.sync.trouble import Revoked
from beffroi.text import _

MOST_KEPT = 2000
TRY_AGAIN_S = 5.0
STORE = "store"


class Follower:
    """Keeps one profile at the hub's position.  `aside` hears of everything but records."""

    def __init__(
        self, hub: Hub, puller: Puller, lane: Lane, report: Reporter,
        aside: Callable[[wire.Event], Awaitable[None]],
    ) -> None:  # fmt: skip
        self._hub = hub
        self._puller = puller
        self._lane = lane
        self._report = report
        self._aside = aside
        self._heard: deque[wire.Event] = deque()
        self._kept = 0
        self._doubt = True
        self._something = asyncio.Event()
        self.listening = asyncio.Event()
        self.caught_up = asyncio.Event()

    async def run(self, workspace: str) -> None:
        """Listen and apply until the link breaks.

        Raises:
            HubUnreachable: it broke.
            Revoked: this device is out.
        """
        await together(self._listen(workspace), self._apply())

    def look_again(self) -> None:
        """Rights may have changed: fetch, to see what may be seen."""
        self._doubt = True
        self._something.set()

    async def _listen(self, workspace: str) -> None:
        async for event in events(self._hub, workspace):
            if event.revoked:
                raise Revoked(
                    _("Ce poste est révoqué\u00a0: adressez-vous à l’administrateur."), "revoked"
                )
            self._report.contact()
            self.listening.set()
            self._hear(event)
            await self._aside(event)

    def _hear(self, event: wire.Event) -> None:
        """Keep records for the one who applies; more than it can follow means fetching instead."""
        self._kept += len(event.records)
        if event.resync or event.rights or self._kept > MOST_KEPT:
            self._doubt = True
        if self._doubt:
            self._heard.clear()
            self._kept = 0
        elif event.records or event.head:
            self._heard.append(event)
        self._something.set()

    async def _apply(self) -> None:
        while True:
            self._something.clear()
            try:
                await self._once()
            except StoreError as error:
                self._doubt = True
                self._report.hindered(STORE, str(error))
                await asyncio.sleep(TRY_AGAIN_S)
                continue
            self._report.freed(STORE)
            await self._something.wait()

    async def _once(self) -> None:
        """Apply all that was heard, in as few transactions as possible."""
        while self._doubt or self._heard:
            if self._doubt:
                self._doubt = False
                self.caught_up.clear()
                await self._puller.catch_up()
                continue
            await self._take(self._heard.popleft())
        self.caught_up.set()

    async def _take(self, event: wire.Event) -> None:
        """Apply what `event` brought and what came behind it, if nothing is missing before it."""
        self._kept -= len(event.records)
        if event.head <= self._puller.position:
            return
        # An event without records only says where the hub stands: it proves nothing of what lies
        # between, and must never move a cursor.
        if not event.records or self._doubtful(event) or not await self._known(event.records):
            self._doubt = True
            return
        records, head = _after(event, self._puller.position), event.head
        while self._heard and self._heard[0].records and self._heard[0].after == head:
            following = self._heard.popleft()
            self._kept -= len(following.records)
            records += following.records
            head = following.head
        await self._puller.take(records, head)

    def _doubtful(self, event: wire.Event) -> bool:
        """Whether something is missing before `event`, or was partly applied in another way.

        What moved to another bucket comes with the positions it always had: of an event that
        begins before our position nobody can tell whether that is new.
        """
        position = self._puller.position
        moves = any(record.remove or record.seq <= event.after for record in event.records)
        return event.after > position or (event.after < position and moves)

    async def _known(self, records: list[wire.Record]) -> bool:
        """Whether all these lie in buckets that are followed; a new one begins by its state."""
        followed = await self._puller.followed()
        return all(record.bucket in followed for record in records)


def _after(event: wire.Event, position: int) -> list[wire.Record]:
    """The records of `event` that are new at `position`."""
    if event.after == position:
        return list(event.records)
    return [record for record in event.records if record.seq > position]
