"""The collecting process of a hub: lines of messages in both directions, started again when it dies."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec

from beffroi.sources.orders import (
    MAX_LINE,
    Ask,
    Ended,
    HealthChanged,
    Moved,
    Notice,
    Start,
    Stop,
    line,
    told_decoder,
)
from beffroi.sources.process import command

_log = logging.getLogger(__name__)
LEAVE_S = 5.0
Telling = HealthChanged | Moved | Notice | Ended


class Child:
    """One run of the process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def ask(self, message: Ask) -> None:
        """Tell it something.

        Raises:
            OSError: it is gone.
        """
        into = self._process.stdin
        if into is None:
            raise BrokenPipeError
        into.write(line(message))
        await into.drain()

    async def told(self) -> AsyncIterator[Telling]:
        """What it tells, until it ends."""
        out = self._process.stdout
        while out is not None and (said := await out.readline()):
            try:
                message: Telling = told_decoder.decode(said)
            except msgspec.MsgspecError as error:
                _log.warning("the collecting process said something else: %s", error)
                continue
            yield message


@asynccontextmanager
async def collecting(start: Start) -> AsyncIterator[Child]:
    """A collecting process for as long as it is used."""
    program, *arguments = command()
    process = await asyncio.create_subprocess_exec(
        program, *arguments, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        limit=MAX_LINE,
    )  # fmt: skip
    child = Child(process)
    try:
        await child.ask(start)
        yield child
    finally:
        with contextlib.suppress(OSError):
            await child.ask(Stop())
        try:
            async with asyncio.timeout(LEAVE_S):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
