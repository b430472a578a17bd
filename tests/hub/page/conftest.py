"""A whole hub seen from outside, and a browser."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from beffroi.clock import Clock
from hub.app import create_app
from hub.http.guard import guard
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
    served = guard(create_app(world.hub), world.hub.settings)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=served),
        base_url="https://hub",
        headers={"beffroi-proxy": PROXY, "sec-fetch-site": "same-origin"},
    ) as client:
        yield client
