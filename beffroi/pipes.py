"""A child process at work: messages as lines over its pipes, until it is done or told to stop."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, BinaryIO, Generic, TypeVar

import msgspec

_log = logging.getLogger(__name__)
T = TypeVar("T")


class Voice(Generic[T]):
    """Writes messages in their order, never waiting for the other end to read."""

    def __init__(self, out: BinaryIO, line: Callable[[T], bytes]) -> None:
        """`line` writes a message as one line."""
        self._out, self._line = out, line
        self._pool = ThreadPoolExecutor(1, "voice")

    def tell(self, message: T) -> None:
        """One message."""
        self._pool.submit(self._write, self._line(message))

    def _write(self, said: bytes) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._out.write(said)
            self._out.flush()

    def close(self) -> None:
        """Wait until everything is written."""
        self._pool.shutdown(wait=True)


class Ears(Generic[T]):
    """Hears messages one by one."""

    def __init__(self, into: BinaryIO, decode: Callable[[bytes], T], longest: int) -> None:
        """Lines are `longest` bytes at most; `decode` reads one."""
        self._into, self._decode, self._longest = into, decode, longest
        self._pool = ThreadPoolExecutor(1, "ears")

    async def heard(self) -> T | None:
        """The next line that makes sense, None at the end."""
        loop = asyncio.get_running_loop()
        while said := await loop.run_in_executor(self._pool, self._into.readline, self._longest):
            try:
                return self._decode(said)
            except (msgspec.DecodeError, UnicodeDecodeError):
                _log.warning("a line makes no sense")
        return None


async def until_stopped(work: Coroutine[Any, Any, None], listen: Coroutine[Any, Any, None]) -> None:
    """Run `work` until it ends, `listen` does, or a signal comes; what is under way is dropped.

    Raises:
        Exception: what `work` ended with.
    """
    working, listening = asyncio.create_task(work), asyncio.create_task(listen)
    with contextlib.suppress(NotImplementedError):  # no signals in the loop of Windows
        for one in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(one, listening.cancel)
    done, _rest = await asyncio.wait((working, listening), return_when=asyncio.FIRST_COMPLETED)
    for task in (working, listening):
        task.cancel()
    await asyncio.gather(working, listening, return_exceptions=True)
    if working in done:
        working.result()
