"""One thread for the store: the network never waits for the disk, and writes keep their order."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Lane:
    """Runs work on the store, one piece at a time, in the order in which it was asked for."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, "store")

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `work` returns.  Work that began ends, even when nobody waits for it any more."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, partial(work, *args, **kwargs))

    def close(self) -> None:
        """Wait for what is under way; forget what has not begun."""
        self._pool.shutdown(wait=True, cancel_futures=True)
