"""The sync process: reads what the desktop asks, tells what happens, one JSON message a line."""

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
    Told,
    ask_decoder,
    line,
)

_log = logging.getLogger(__name__)
DONE, FAILED = 0, 1


def command() -> list[str]:
    """How the desktop starts the sync process."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--sync-process"]
    return [sys.executable, "-m", "beffroi.sync"]


class Voice:
    """Writes lines to the desktop in their order, never waiting for it to read."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._pool = ThreadPoolExecutor(1, "voice")

    def tell(self, message: Told) -> None:
        """One line."""
        self._pool.submit(self._write, line(message))

    def _write(self, said: bytes) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._out.write(said)
            self._out.flush()

    def close(self) -> None:
        """Wait until everything is written."""
        self._pool.shutdown(wait=True)


class Process:
    """One run: from the first line to the last."""

    def __init__(self, into: BinaryIO, out: BinaryIO) -> None:
        self._into = into
        self._voice = Voice(out)
        self._ears = ThreadPoolExecutor(1, "ears")
        self._engine: Engine | None = None

    async def run(self) -> int:
        """Follow the desktop's orders until it says stop, or is gone."""
        try:
            start = await self._heard()
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
        working = asyncio.create_task(engine.run())
        listening = asyncio.create_task(self._listen())
        with contextlib.suppress(NotImplementedError):
            for one in (signal.SIGTERM, signal.SIGINT):
                asyncio.get_running_loop().add_signal_handler(one, listening.cancel)
        done, _rest = await asyncio.wait((working, listening), return_when=asyncio.FIRST_COMPLETED)
        for task in (working, listening):
            task.cancel()
        await asyncio.gather(working, listening, return_exceptions=True)
        if working in done:
            working.result()

    async def _listen(self) -> None:
        """Hand over what the desktop asks; ends when it says stop or closes the pipe."""
        while (asked := await self._heard()) is not None and not isinstance(asked, Stop):
            if self._engine is not None:
                self._engine.ask(asked)

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


def main() -> int:
    """Run on this process's own pipes."""
    never_dump()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    return asyncio.run(Process(sys.stdin.buffer, sys.stdout.buffer).run())
