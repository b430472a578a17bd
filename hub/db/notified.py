"""The one connection of a replica that listens to PostgreSQL, and comes back when it is cut."""

import asyncio
import contextlib
import logging
from typing import Any

from psycopg import AsyncConnection, Error, sql

from hub.db.signals import CHANNELS, Signals

_log = logging.getLogger(__name__)
_PAUSE_S = 1.0
NOTICES_DEATH: dict[str, Any] = {
    "connect_timeout": 5, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}  # fmt: skip
"""How a connection notices within seconds that its server vanished (a failover)."""


class Notified:
    """Passes what PostgreSQL notifies on to `signals`; listeners poll besides, so nothing is lost."""

    def __init__(self, url: str, signals: Signals) -> None:
        self._url = url
        self._signals = signals
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Listen from now on."""
        self._task = asyncio.create_task(self._stay(), name="hub-notified")

    async def stop(self) -> None:
        """Listen no more."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _stay(self) -> None:
        while True:
            try:
                await self._listen()
            except (Error, OSError) as error:
                _log.warning("not listening to the database: %s", type(error).__name__)
            await asyncio.sleep(_PAUSE_S)

    async def _listen(self) -> None:
        connection = await AsyncConnection.connect(self._url, autocommit=True, **NOTICES_DEATH)
        async with connection:
            for channel in CHANNELS:
                await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
            async for told in connection.notifies():
                self._signals.tell(told.channel, told.payload)
