"""A whole hub seen from outside, and a browser."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from beffroi.clock import Clock
from hub import answers
from hub.eyes import look
from hub.guard import guard
from tests.hub.real import PROXY, World, made

SECRET = "un-secret-assez-long"
ADMIN = {"role": "technical_admin", "workspace": "*"}


@pytest.fixture(params=["postgresql", "sqlite"])
async def world(
    request: pytest.FixtureRequest, tmp_path: Path, clock: Clock
) -> AsyncIterator[World]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    world = await made(tmp_path / "hub", url, clock)
    await world.enter("admin", ADMIN)
    await world.enter("chef", {"role": "room_chief"})
    await world.hub.start()
    yield world
    await world.hub.stop()


@pytest.fixture
async def browser(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """What a browser sends; it shows no station's certificate."""
    app = FastAPI()
    answers.install(app)
    eyes = look(world.hub)
    eyes.install(app)
    served = guard(eyes.around(answers.Stamped(app, world.hub.clock)), world.hub.settings)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=served),
        base_url="https://hub",
        headers={"beffroi-proxy": PROXY, "sec-fetch-site": "same-origin"},
    ) as client:
        yield client
