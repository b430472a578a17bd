"""Tells how far the ledger has come, at once when it grows here or on another replica."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from hub.db import Database, Unavailable
from hub.db.signals import LEDGER

POLL_S = 1.0


async def positions(database: Database, head: Callable[[], Awaitable[int]]) -> AsyncIterator[int]:
    """Positions as the ledger grows, from the present one on; some may be skipped.

    A poke that was lost costs at most `POLL_S`; a database that is away is waited for.
    """
    with database.signals.listening(LEDGER) as heard:
        last, told = -1, -1
        while True:
            if told <= last:
                told = await _asked(head, last)
            if told > last:
                last = told
                yield last
            words = await heard.take(POLL_S)
            told = max((int(word) for word in words if word.isdecimal()), default=-1)


async def _asked(head: Callable[[], Awaitable[int]], last: int) -> int:
    try:
        return await head()
    except Unavailable:
        await asyncio.sleep(POLL_S)
        return last
