"""Forgets uploads that nobody went on with; what came whole is kept, for history may name it."""

import logging
from datetime import timedelta

from hub.attachments.blobs import Blobs
from hub.attachments.uploads import threaded
from hub.recurring import Recurring

_log = logging.getLogger(__name__)
ABANDONED = timedelta(days=7)
EVERY_S = 6 * 3600.0


class Sweeper:
    """Looks a few times a day; several replicas may do so at once."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._sweeping = Recurring("forgetting uploads", self.sweep, EVERY_S)

    async def start(self) -> None:
        """Sweep from now on, until `stop`."""
        await self._sweeping.start()

    async def stop(self) -> None:
        """Sweep no more; stopping twice is harmless."""
        await self._sweeping.stop()

    async def sweep(self) -> None:
        """Forget what is too old now."""
        gone = await threaded(self._blobs.drop_older, ABANDONED)
        if gone:
            _log.info("%d parts of abandoned uploads are forgotten", gone)
