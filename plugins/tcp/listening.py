"""Is called by others: several may speak at once, none can fill the memory."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from beffroi.plugin import Unreachable
from beffroi.plugin.words import _

MAX_CALLERS = 50
MAX_WAITING = 1_000
Messages = Callable[[asyncio.StreamReader], AsyncIterator[bytes]]


class Listener:
    """Accepts connections on one port and tells what any of them says."""

    def __init__(self, messages: Messages) -> None:
        self._messages = messages
        self._callers = 0
        self._heard: asyncio.Queue[bytes] = asyncio.Queue(MAX_WAITING)

    @asynccontextmanager
    async def open(self, host: str, port: int) -> AsyncIterator[None]:
        """Listen for as long as it is used.

        Raises:
            Unreachable: the port is taken, or may not be used.
        """
        try:
            server = await asyncio.start_server(self._called, host, port)
        except OSError as error:
            raise Unreachable(
                _(
                    "Le port {port} n’est pas libre sur ce poste\u00a0: choisissez-en un autre."
                ).format(port=port)
            ) from error
        try:
            yield
        finally:
            server.close()

    async def heard(self) -> AsyncIterator[bytes]:
        """What is said, without end."""
        while True:
            yield await self._heard.get()

    async def _called(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._callers += 1
        try:
            if self._callers <= MAX_CALLERS:
                async for message in self._messages(reader):
                    await self._heard.put(message)
        except (OSError, Unreachable, TimeoutError):
            pass
        finally:
            self._callers -= 1
            writer.close()
