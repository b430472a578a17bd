"""The least a fan-out can be: what is posted goes as it is to everyone who listens.

python -m benchmarks.hub_echo PORT        POST /push, GET /live
"""

import asyncio
import resource
import sys
from typing import Any

import uvicorn

_ears: set["asyncio.Queue[bytes]"] = set()


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """One ASGI request."""
    if scope["type"] != "http":
        return
    if scope["path"] == "/push":
        message = await receive()
        for ear in _ears:
            ear.put_nowait(message["body"])
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})
        return
    mine: asyncio.Queue[bytes] = asyncio.Queue()
    _ears.add(mine)
    headers = [(b"content-type", b"text/event-stream")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b":\n\n", "more_body": True})
    while True:
        await send({"type": "http.response.body", "body": await mine.get(), "more_body": True})


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (16_384, 16_384))
    uvicorn.run(
        app, host="127.0.0.1", port=int(sys.argv[1]), log_level="critical", access_log=False,
        lifespan="off", backlog=4096, timeout_graceful_shutdown=1,
    )  # fmt: skip
