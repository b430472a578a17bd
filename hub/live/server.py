"""A web server that lets live streams go before it waits for requests to end."""

import asyncio
import socket

import uvicorn
from typing_extensions import override

from hub.live.fanout import Fanout


class StreamingServer(uvicorn.Server):
    """Uvicorn waits for every open request when it stops: streams would all wait to be cut."""

    def __init__(self, config: uvicorn.Config, fanout: Fanout) -> None:
        super().__init__(config)
        self._fanout = fanout

    @override
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop: every desktop is let go at once and comes back when there is a hub again."""
        self._fanout.end_all()
        await asyncio.sleep(0)
        await super().shutdown(sockets)
