"""Lets a bounded number of heavy requests in at once, so that a crowd does not topple the hub.

A thousand desktops that come back within a second wait here for their turn, in order; when even
the queue is full, the rest is told to return later, each at its own moment.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from hub.http.trouble import busy


class Admission:
    """`width` requests work, `queue` others wait, at most `patience` seconds."""

    def __init__(self, width: int = 16, queue: int = 4000, patience: float = 20.0) -> None:
        self._turns = asyncio.Semaphore(width)
        self._queue = queue
        self._patience = patience
        self.waiting = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Work in here.

        Raises:
            Refused: 503, the queue is full or did not advance.
        """
        if self.waiting >= self._queue:
            raise busy()
        self.waiting += 1
        try:
            async with asyncio.timeout(self._patience):
                await self._turns.acquire()
        except TimeoutError as error:
            raise busy() from error
        finally:
            self.waiting -= 1
        try:
            yield
        finally:
            self._turns.release()
