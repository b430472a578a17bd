"""Deliveries as they come: a turn that is always closed, a stream cut into moments."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager

from beffroi.plugin import Call, Fetched
from beffroi.sources.transports import Transport

GATHER_S = 1.0
GATHER_MANY = 500
GATHER_BYTES = 2_000_000
"""Messages of a stream are read together: those of a second, or so many, or so large."""


@asynccontextmanager
async def opened(transport: Transport, call: Call) -> AsyncIterator[AsyncIterator[Fetched]]:
    """The deliveries of a call; its connection is closed when one is done with them."""
    deliveries = transport.deliveries(call)
    try:
        yield deliveries
    finally:
        if isinstance(deliveries, AsyncGenerator):
            await deliveries.aclose()


async def gathered(
    deliveries: AsyncIterator[Fetched], within_s: float = GATHER_S
) -> AsyncGenerator[list[Fetched], None]:
    """What comes within a moment, together; at the end, what was left, then why it ended."""
    loop = asyncio.get_running_loop()
    batch, size, until = list[Fetched](), 0, 0.0
    coming = asyncio.ensure_future(anext(deliveries))
    try:
        while True:
            wait = max(0.0, until - loop.time()) if batch else None
            done, _waiting = await asyncio.wait({coming}, timeout=wait)
            if done:
                if coming.exception() is not None:
                    break
                one = coming.result()
                until = until if batch else loop.time() + within_s
                batch.append(one)
                size += len(one.data)
                coming = asyncio.ensure_future(anext(deliveries))
            if batch and (
                loop.time() >= until or len(batch) >= GATHER_MANY or size >= GATHER_BYTES
            ):
                yield batch
                batch, size = [], 0
    finally:
        if not coming.done():
            coming.cancel()
            await asyncio.gather(coming, return_exceptions=True)
    if batch:
        yield batch
    ended = coming.exception()
    if ended is not None and not isinstance(ended, StopAsyncIteration):
        raise ended
