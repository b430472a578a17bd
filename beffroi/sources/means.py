"""What following a source takes: clock, door, readers, the file of observations, whom to tell."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from beffroi.clock import Clock
from beffroi.observations import SourceState
from beffroi.plugin import Door, Fetched
from beffroi.sources.definition import Source
from beffroi.sources.intake import Intake, Taken
from beffroi.sources.schedule import Pace

READERS = 2
LARGE = 4_000_000
"""Deliveries beyond that are read one at a time, so that small ones never wait for two of them."""


class Listener(Protocol):
    """Whom sources tell."""

    def state(self, source: str, state: SourceState, notice: str) -> None:
        """How a source is now; `notice` is for the person, "" for none."""
        ...

    def moved(self, source: str, seq: int) -> None:
        """Something of it is new, changed or gone."""
        ...


class Means:
    """Shared by all sources of a collector."""

    def __init__(
        self,
        intake: Intake,
        listener: Listener,
        door: Door,
        *,
        clock: Clock | None = None,
        pace: Pace | None = None,
        secret: Callable[[Source], str] = lambda _source: "",
        kept: Callable[[str], bytes] | None = None,
    ) -> None:
        self._intake = intake
        self._listener = listener
        self._kept = kept
        self.door = door
        self.clock = clock or Clock()
        self.pace = pace or Pace()
        self.secret = secret
        self._threads = ThreadPoolExecutor(READERS + 1, "source")
        self._large = asyncio.Semaphore(READERS - 1)

    async def take(self, source: Source, state: SourceState, fetched: Fetched) -> Taken:
        """Read and keep one delivery, off the event loop.

        Raises:
            BeffroiError: nothing could be read or kept of it.
        """
        if len(fetched.data) > LARGE:
            async with self._large:
                return await self._taken(source, state, fetched)
        return await self._taken(source, state, fetched)

    async def _taken(self, source: Source, state: SourceState, fetched: Fetched) -> Taken:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._threads, self._intake.take, source, state, fetched, self.clock.now()
        )

    async def confirm(self, source: Source) -> None:
        """Nothing changed at the source: what is kept of it was told again."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._threads, self._intake.confirm, source, self.clock.now())

    async def retain(self, source: Source) -> None:
        """Apply the source's retention."""
        if source.retention_s or source.max_count:
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self._threads, self._intake.retain, source, self.clock.now())

    async def kept(self, sha256: str) -> bytes:
        """The bytes of an attachment of the profile.

        Raises:
            BeffroiError: it is not here (yet).
        """
        if self._kept is None:
            raise LookupError(sha256)
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._kept, sha256)

    def tell_state(self, source: str, state: SourceState, notice: str) -> None:
        """Say how a source is."""
        self._listener.state(source, state, notice)

    def moved(self, source: str, seq: int) -> None:
        """Say that something of it moved."""
        self._listener.moved(source, seq)

    def close(self) -> None:
        """Let the threads go; what they read is dropped."""
        self._threads.shutdown(wait=True, cancel_futures=True)
