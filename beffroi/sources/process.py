"""The collecting process: reads what the desktop asks, tells what happens, one JSON message a line."""

import asyncio
import contextlib
import logging
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO

import msgspec

from beffroi import resources, text
from beffroi.errors import BeffroiError
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
    Told,
    ask_decoder,
    line,
)
from beffroi.store.memory import never_dump

_log = logging.getLogger(__name__)
DONE, FAILED = 0, 1


def command() -> list[str]:
    """How the desktop starts the collecting process."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--sources-process"]
    return [sys.executable, "-m", "beffroi.sources"]


class Process:
    """One run: from the first line to the last."""

    def __init__(self, into: BinaryIO, out: BinaryIO) -> None:
        self._into, self._out = into, out
        self._voice = ThreadPoolExecutor(1, "voice")
        self._ears = ThreadPoolExecutor(1, "ears")

    async def run(self) -> int:
        """Follow the sources until the desktop says stop, or is gone."""
        try:
            start = await self._heard()
            if not isinstance(start, Start):
                return FAILED
            text.use(start.language, resources.root() / "locale")
            await at_work(start, self._say, self._until_stopped)
        except BeffroiError as error:
            self._say(Notice(source="", sentence=str(error)))
            return FAILED
        else:
            return DONE
        finally:
            self._say(Ended())
            self._voice.shutdown(wait=True)

    async def _until_stopped(self, house: House) -> None:
        working = asyncio.create_task(house.collector.run(house.means))
        listening = asyncio.create_task(self._listen(house))
        with contextlib.suppress(NotImplementedError):
            for one in (signal.SIGTERM, signal.SIGINT):
                asyncio.get_running_loop().add_signal_handler(one, listening.cancel)
        await asyncio.wait((working, listening), return_when=asyncio.FIRST_COMPLETED)
        over = working.done()
        for task in (working, listening):
            task.cancel()
        await asyncio.gather(working, listening, return_exceptions=True)
        if over:
            working.result()

    async def _listen(self, house: House) -> None:
        """Do what the desktop asks; ends when it says stop or closes the pipe."""
        collector = house.collector
        while (asked := await self._heard()) is not None:
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

    async def _heard(self) -> Asked | None:
        """The next line that makes sense, None at the end."""
        loop = asyncio.get_running_loop()
        while said := await loop.run_in_executor(self._ears, self._into.readline, MAX_LINE):
            try:
                asked: Asked = ask_decoder.decode(said)
            except (msgspec.DecodeError, UnicodeDecodeError):
                _log.warning("a line from the desktop makes no sense")
            else:
                return asked
        return None

    def _say(self, message: Told) -> None:
        """One line, never waiting for the desktop to read it."""
        self._voice.submit(self._write, line(message))

    def _write(self, said: bytes) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._out.write(said)
            self._out.flush()


def main() -> int:
    """Run on this process's own pipes."""
    never_dump()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    return asyncio.run(Process(sys.stdin.buffer, sys.stdout.buffer).run())
