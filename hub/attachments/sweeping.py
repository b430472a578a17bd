"""Forgets uploads that nobody went on with; what came whole is kept, for history may name it."""

import asyncio
import contextlib
import logging
from datetime import timedelta

from beffroi.errors import BeffroiError
from hub.attachments.blobs import Blobs
from hub.attachments.uploads import threaded

_log = logging.getLogger(__name__)
ABANDONED = timedelta(days=7)
EVERY_S = 6 * 3600.0


class Sweeper:
    """Looks a few times a day; several replicas may do so at once."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._sweeping: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Sweep from now on, until `stop`."""
        self._sweeping = asyncio.create_task(self._sweep(), name="sweeper")

    async def stop(self) -> None:
        """Sweep no more; stopping twice is harmless."""
        if self._sweeping is not None:
            self._sweeping.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._sweeping
            self._sweeping = None

    async def _sweep(self) -> None:
        while True:
            try:
                gone = await threaded(self._blobs.drop_older, ABANDONED)
            except BeffroiError as error:
                _log.warning("abandoned uploads were not looked for: %s", type(error).__name__)
            else:
                if gone:
                    _log.info("%d parts of abandoned uploads are forgotten", gone)
            await asyncio.sleep(EVERY_S)
