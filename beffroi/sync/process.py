"""The sync process: reads what the desktop asks, tells what happens, one JSON message a line."""

import asyncio
import logging
import sys
from typing import BinaryIO

from beffroi import resources, text
from beffroi.errors import BeffroiError
from beffroi.pipes import Ears, Voice, until_stopped
from beffroi.store.memory import never_dump
from beffroi.sync.engine import Engine
from beffroi.sync.running import at_work
from beffroi.sync.status import (
    MAX_LINE,
    Asked,
    Ended,
    Notice,
    Start,
    Stop,
    ask_decoder,
    line,
)

DONE, FAILED = 0, 1


def command() -> list[str]:
    """How the desktop starts the sync process."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--sync-process"]
    return [sys.executable, "-m", "beffroi.sync"]


class Process:
    """One run: from the first line to the last."""

    def __init__(self, into: BinaryIO, out: BinaryIO) -> None:
        self._voice = Voice(out, line)
        self._ears = Ears[Asked](into, ask_decoder.decode, MAX_LINE)
        self._engine: Engine | None = None

    async def run(self) -> int:
        """Follow the desktop's orders until it says stop, or is gone."""
        try:
            start = await self._ears.heard()
            if not isinstance(start, Start):
                return FAILED
            text.use(start.language, resources.root() / "locale")
            await at_work(start, self._voice.tell, self._until_stopped)
        except BeffroiError as error:
            self._voice.tell(Notice(code="stopped", sentence=str(error)))
            return FAILED
        else:
            return DONE
        finally:
            self._voice.tell(Ended())
            self._voice.close()

    async def _until_stopped(self, engine: Engine) -> None:
        """Run until the engine ends or the desktop says stop; what is under way is dropped."""
        self._engine = engine
        await until_stopped(engine.run(), self._listen())

    async def _listen(self) -> None:
        """Hand over what the desktop asks; ends when it says stop or closes the pipe."""
        while (asked := await self._ears.heard()) is not None and not isinstance(asked, Stop):
            if self._engine is not None:
                self._engine.ask(asked)


def main() -> int:
    """Run on this process's own pipes."""
    never_dump()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    return asyncio.run(Process(sys.stdin.buffer, sys.stdout.buffer).run())
