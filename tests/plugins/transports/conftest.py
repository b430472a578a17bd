"""Calls of transports, allowed to reach this machine."""

import asyncio
from collections.abc import Iterator, Mapping

import pytest

from beffroi.plugin import Call, Door, Fetched
from beffroi.plugin.allowed import Allowed
from beffroi.sources.gathering import opened
from beffroi.sources.transports import transport_of
from tests.loopback import Web, web_server

HERE = Allowed(["127.0.0.0/8"])


@pytest.fixture
def web() -> Iterator[Web]:
    with web_server() as made:
        yield made


def call(address: str, *, memory: Mapping[str, str] | None = None, secret: str = "",
         limit_s: float = 5.0, door: Door | None = None, **options: str | int | bool) -> Call:  # fmt: skip
    return Call(address=address, door=door or Door(HERE), options=options, memory=memory or {},
                secret=secret, limit_s=limit_s)  # fmt: skip


async def heard(transport: str, asked: Call, most: int = 100) -> list[Fetched]:
    """The first deliveries of a call."""
    found = list[Fetched]()
    async with opened(transport_of(transport), asked) as deliveries:
        async for one in deliveries:
            found.append(one)
            if len(found) >= most:
                break
    return found


def fetch(transport: str, asked: Call) -> list[Fetched]:
    return asyncio.run(heard(transport, asked))
