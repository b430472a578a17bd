"""Serves the monitoring on an address of its own: plain HTTP, beside the port of the stations."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator

import uvicorn
from starlette.types import ASGIApp
from typing_extensions import override

WAITING = 16


class _Beside(uvicorn.Server):
    """A server that leaves signals to the one that matters."""

    @override
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


@contextlib.asynccontextmanager
async def monitored(app: ASGIApp, listening: socket.socket | None) -> AsyncIterator[None]:
    """Answer the monitoring on `listening` until the block ends; not at all without a socket."""
    if listening is None:
        yield
        return
    server = _Beside(
        uvicorn.Config(
            app, ws="none", lifespan="off", log_config=None, access_log=False,
            server_header=False, proxy_headers=False, backlog=WAITING, limit_concurrency=WAITING,
            timeout_keep_alive=30, timeout_graceful_shutdown=1,
        )
    )  # fmt: skip
    serving = asyncio.create_task(server.serve(sockets=[listening]), name="monitor")
    try:
        yield
    finally:
        server.should_exit = True
        await asyncio.gather(serving, return_exceptions=True)
