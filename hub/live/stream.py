"""The live stream as a raw ASGI application: one coroutine a desktop, no layer between."""

import asyncio
import contextlib

from starlette.requests import Request
from starlette.types import Message, Receive, Send
from starlette.types import Scope as AsgiScope

from beffroi.sync import wire
from hub.http.trouble import busy, not_found
from hub.live.fanout import Fanout
from hub.live.listener import Listener
from hub.live.words import DeskWord
from hub.ports import Caller, People, Trail, actor
from hub.scope import scope_in

MAX_STREAMS = 5_000
_START: Message = {
    "type": "http.response.start",
    "status": 200,
    "headers": [
        (b"content-type", b"text/event-stream"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
    ],
}


class LiveStream:
    """Answers `GET /sync/live?workspace=`."""

    def __init__(
        self, fanout: Fanout, people: People, trail: Trail, most: int = MAX_STREAMS
    ) -> None:
        self._fanout = fanout
        self._people = people
        self._trail = trail
        self._most = most

    async def __call__(self, scope: AsgiScope, receive: Receive, send: Send) -> None:
        """Stream until either side has enough.

        Raises:
            Refused: 404 when the workspace does not exist for the caller, 503 when the hub is full.
        """
        request = Request(scope)
        caller = await self._people.caller(request)
        workspace = request.query_params.get("workspace", "")
        sight = scope_in(workspace, caller.rights)
        if sight is None:
            raise not_found()
        if self._fanout.connected >= self._most:
            raise busy(10)
        listener = self._fanout.join(caller, sight, _desk(caller, workspace))
        self._trail.note(actor(caller), "stream.opened", workspace)
        listener.task = asyncio.current_task()
        watch = asyncio.create_task(_until_gone(receive, listener))
        try:
            await _stream(listener, send)
        except asyncio.CancelledError:
            if not listener.closed:
                raise
        finally:
            watch.cancel()
            self._fanout.leave(listener)


def _desk(caller: Caller, workspace: str) -> DeskWord:
    presence = wire.Presence(account=caller.account, person=caller.display, station=caller.station)
    return DeskWord(workspace=workspace, presence=presence)


async def _stream(listener: Listener, send: Send) -> None:
    await send({**_START, "headers": list(_START["headers"])})
    while piece := await listener.take():
        listener.blocked = True
        await send({"type": "http.response.body", "body": piece, "more_body": True})
        listener.blocked = False
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _until_gone(receive: Receive, listener: Listener) -> None:
    """A stream that only sends would never notice that its reader is gone."""
    with contextlib.suppress(asyncio.CancelledError):
        while (await receive())["type"] != "http.disconnect":
            pass
        listener.drop(b"")
