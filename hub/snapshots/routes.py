"""The address of snapshots: a whole store at once, resumable, for a desktop that joins."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from typing import IO, Protocol

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from hub.http.openapi import described, query
from hub.http.trouble import busy, not_found
from hub.ports import Ledger, People, Trail, actor
from hub.snapshots.shelf import Shelf, Snapshot
from hub.sync.rights import scope_for

PIECE = 1_000_000
MAKING_S = 5.0
_FROM = re.compile(r"bytes=(\d{1,15})-")


class SnapshotParts(Protocol):
    """The parts of the hub that snapshots need."""

    @property
    def people(self) -> People:
        """Who asks."""
        ...

    @property
    def ledger(self) -> Ledger:
        """What there is."""
        ...

    @property
    def trail(self) -> Trail:
        """Where it is written down."""
        ...

    @property
    def shelf(self) -> Shelf:
        """The snapshots at hand."""
        ...


class Snapshots:
    """Answers `GET /sync/snapshot?workspace=`."""

    def __init__(self, hub: SnapshotParts) -> None:
        self._hub = hub

    async def answer(self, request: Request) -> Response:
        """All that the caller sees of a workspace, as a file that `Beffroi-Key` opens.

        Raises:
            Refused: 404 when the workspace does not exist for the caller or nothing is there,
                503 while the file is being made.
        """
        caller = await self._hub.people.caller(request)
        workspace = request.query_params.get("workspace", "")
        scope = scope_for(caller, workspace)
        existing = await self._hub.ledger.buckets(workspace)
        buckets = tuple(sorted(bucket for bucket in existing if scope.sees(bucket)))
        if not buckets:
            raise not_found()
        snapshot = await self._hub.shelf.take(buckets)
        if snapshot is None:
            raise busy(MAKING_S)
        start = _start(request, snapshot)
        file = await asyncio.to_thread(snapshot.path.open, "rb")
        await self._hub.trail.record(actor(caller), "snapshot.sent", workspace, at=snapshot.at)
        return _sent(file, snapshot, start)


def _tag(snapshot: Snapshot) -> str:
    return f'"{snapshot.path.parent.name}"'


def _start(request: Request, snapshot: Snapshot) -> int:
    """Where to go on: only in the same file that was begun."""
    asked = _FROM.fullmatch(request.headers.get("range", ""))
    if asked is None or request.headers.get("if-range") != _tag(snapshot):
        return 0
    return min(int(asked[1]), snapshot.size)


def _sent(file: IO[bytes], snapshot: Snapshot, start: int) -> Response:
    headers = {
        "content-length": str(snapshot.size - start),
        "etag": _tag(snapshot),
        "beffroi-key": snapshot.key,
        "beffroi-at": str(snapshot.at),
        "beffroi-buckets": json.dumps(snapshot.buckets),
    }
    if start:
        headers["content-range"] = f"bytes {start}-{snapshot.size - 1}/{snapshot.size}"
    return StreamingResponse(
        _pieces(file, start), 206 if start else 200, headers, media_type="application/octet-stream"
    )


async def _pieces(file: IO[bytes], start: int) -> AsyncIterator[bytes]:
    with file:
        file.seek(start)
        while piece := await asyncio.to_thread(file.read, PIECE):
            yield piece


def router(hub: SnapshotParts) -> APIRouter:
    """`/sync/snapshot`."""
    routes = APIRouter()
    routes.add_api_route(
        "/sync/snapshot",
        Snapshots(hub).answer,
        methods=["GET"],
        **described(
            media="application/octet-stream",
            parameters=(query("workspace", "Which workspace", type="string", maxLength=64),),
        ),
    )
    return routes
