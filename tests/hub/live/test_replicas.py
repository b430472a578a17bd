"""Replicas over one PostgreSQL: what comes in at one is heard at the others."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from beffroi.clock import Clock
from beffroi.sync import wire
from hub.core import build
from hub.keys import Keys
from hub.live.server import StreamingServer
from hub.settings import Settings
from tests.hub.live.ears import Ear
from tests.hub.pens import publish, push
from tests.hub.real import PROXY, WS, World, config, made


@asynccontextmanager
async def serving(world: World) -> AsyncIterator[str]:
    server = StreamingServer(config(world.hub), world.hub.fanout)
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/api/v1"
    server.should_exit = True
    await task


@pytest.fixture
async def replicas(tmp_path: Path, postgres_url: str) -> AsyncIterator[tuple[World, str, str]]:
    """One world, two addresses."""
    first = await made(tmp_path / "a", postgres_url)
    for account in ("chef", "adjoint"):
        await first.enter(account, {"role": "room_chief"})
    keys = first.hub.settings.keys_folder
    settings = Settings(
        data=tmp_path / "b", database=postgres_url, proxy_secret=PROXY, rate=0, keys=keys
    )
    second = World(await build(settings, Keys(keys, Clock())), first.people)
    async with AsyncExitStack() as both:
        one = await both.enter_async_context(serving(first))
        two = await both.enter_async_context(serving(second))
        yield first, one, two


async def test_what_is_pushed_at_one_is_heard_at_the_other(
    replicas: tuple[World, str, str],
) -> None:
    world, one, two = replicas
    ear = Ear()
    async with (
        world.client("chef", one) as here,
        world.client("adjoint", two) as there,
        there.stream("GET", "/sync/live", params={"workspace": WS}) as answer,
    ):
        hearing = asyncio.create_task(ear.listen(answer))
        await ear.until(lambda heard: heard.events)
        op = publish(world.people["chef"])
        await push(here, op)
        await ear.until(lambda heard: heard.records, seconds=2)
        told = wire.Presence(account="chef", entity=op.entity, doing="writing")
        await here.post("/sync/presence", params={"workspace": WS}, content=wire.encode(told))
        seen = wire.encode({"workspace": WS, "entities": [op.entity]})
        await here.post("/sync/seen", content=seen)
        await ear.until(lambda heard: heard.seen and "chef" in heard.desks)
        for held in await world.hub.people.grants.all("adjoint"):
            await world.hub.people.grants.withdraw(held.id)
        await ear.until(lambda heard: heard.ended.is_set(), seconds=5)
        hearing.cancel()
    assert ear.desks["chef"].doing == "writing"
    assert ear.events[-1].rights
