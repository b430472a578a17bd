"""The collecting process: reads what the desktop asks, tells what happens, one JSON message a line."""

import asyncio
import logging
import sys
from typing import BinaryIO

from beffroi import resources, text
from beffroi.errors import BeffroiError
from beffroi.pipes import Ears, Voice, until_stopped
from beffroi.sources.housing import House, at_work
from beffroi.sources.orders import (
    MAX_LINE,
    Asked,
    Ended,
    Follow,
    Notice,
    Reload,
    Resume,
    Retry,
    Start,
    Stop,
    Suspend,
    ask_decoder,
    line,
)
from beffroi.store.memory import never_dump

DONE, FAILED = 0, 1


def command() -> list[str]:
    """How the desktop starts the collecting process."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--sources-process"]
    return [sys.executable, "-m", "beffroi.sources"]


class Process:
    """One run: from the first line to the last."""

    def __init__(self, into: BinaryIO, out: BinaryIO) -> None:
        self._voice = Voice(out, line)
        self._ears = Ears[Asked](into, ask_decoder.decode, MAX_LINE)

    async def run(self) -> int:
        """Follow the sources until the desktop says stop, or is gone."""
        try:
            start = await self._ears.heard()
            if not isinstance(start, Start):
                return FAILED
            text.use(start.language, resources.root() / "locale")
            await at_work(start, self._voice.tell, self._until_stopped)
        except BeffroiError as error:
            self._voice.tell(Notice(source="", sentence=str(error)))
            return FAILED
        else:
            return DONE
        finally:
            self._voice.tell(Ended())
            self._voice.close()

    async def _until_stopped(self, house: House) -> None:
        await until_stopped(house.collector.run(house.means), self._listen(house))

    async def _listen(self, house: House) -> None:
        """Do what the desktop asks; ends when it says stop or closes the pipe."""
        collector = house.collector
        while (asked := await self._ears.heard()) is not None:
            match asked:
                case Reload(sources=sources):
                    await collector.reload(sources)
                case Follow(sources=sources):
                    house.given = sources
                    await collector.reload()
                    await asyncio.to_thread(house.forget_others)
                case Retry(source=source):
                    await collector.retry(source)
                case Suspend(source=source):
                    await collector.suspend(source)
                case Resume(source=source):
                    await collector.resume(source)
                case Start() | Stop():
                    return


def main() -> int:
    """Run on this process's own pipes."""
    never_dump()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    return asyncio.run(Process(sys.stdin.buffer, sys.stdout.buffer).run())
