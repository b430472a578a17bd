"""Work that a part of the hub does again and again, from its start to its stop."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

_log = logging.getLogger(__name__)


class Recurring:
    """Does `work`, rests for `rest_s` seconds, and again; `wait_s` seconds pass before the first time.

    A failure is logged without its words, and the next time comes: the database may be away.
    """

    def __init__(
        self, name: str, work: Callable[[], Awaitable[object]], rest_s: float, wait_s: float = 0
    ) -> None:
        self._name = name
        self._work = work
        self._rest_s = rest_s
        self._wait_s = wait_s
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Do it from now on, until `stop`."""
        self._task = asyncio.create_task(self._go_on(), name=self._name)

    async def stop(self) -> None:
        """Do it no more; stopping twice is harmless."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _go_on(self) -> None:
        await asyncio.sleep(self._wait_s)
        while True:
            try:
                await self._work()
            except Exception as error:  # noqa: BLE001 - whatever it is, the next time is near
                _log.warning("%s failed and is tried again: %s", self._name, type(error).__name__)
            await asyncio.sleep(self._rest_s)
