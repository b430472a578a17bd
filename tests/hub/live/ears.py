"""A desktop that listens to a live stream."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx

from beffroi.sync import wire
from tests.hub.sync.kit import WS, client


class Ear:
    """What came on one stream, as it comes."""

    def __init__(self) -> None:
        self.events: list[wire.Event] = []
        self.ended = asyncio.Event()
        self._came = asyncio.Event()

    async def listen(self, answer: httpx.Response) -> None:
        async for line in answer.aiter_lines():
            if line.startswith("data: "):
                self.events.append(wire.decoder(wire.Event).decode(line[6:]))
                self._came.set()
        self.ended.set()
        self._came.set()

    async def until(self, wanted: Callable[["Ear"], object], seconds: float = 5) -> None:
        """Wait until what came is what is wanted."""
        async with asyncio.timeout(seconds):
            while not wanted(self):
                self._came.clear()
                await self._came.wait()

    @property
    def records(self) -> list[wire.Record]:
        return [record for event in self.events for record in event.records]

    @property
    def desks(self) -> dict[str, wire.Presence]:
        """Who is there, after all that came."""
        there: dict[str, wire.Presence] = {}
        for event in self.events:
            for desk in event.presence or ():
                there[desk.account] = desk
        return {account: desk for account, desk in there.items() if desk.person}

    @property
    def seen(self) -> list[str]:
        return [seen.entity for event in self.events for seen in event.seen]


@asynccontextmanager
async def listening(address: str, account: str, workspace: str = WS) -> AsyncIterator[Ear]:
    """`account` listens to a workspace."""
    ear = Ear()
    async with (
        client(address, account) as http,
        http.stream("GET", "/sync/live", params={"workspace": workspace}) as answer,
    ):
        assert answer.status_code == 200, await answer.aread()
        hearing = asyncio.create_task(ear.listen(answer))
        await ear.until(lambda heard: heard.events)
        try:
            yield ear
        finally:
            hearing.cancel()
            await asyncio.gather(hearing, return_exceptions=True)
