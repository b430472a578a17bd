"""The addresses of attachments: ask how far one has come, send more of it, read it."""

import re
from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Protocol

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from beffroi.clock import Clock
from beffroi.text import _
from hub.attachments.blobs import Blobs
from hub.attachments.register import Register
from hub.attachments.uploads import Misplaced, Uploads, threaded
from hub.http.bodies import reply
from hub.http.openapi import described, header
from hub.http.trouble import Refused, forbidden, malformed, not_found
from hub.ports import People, Trail, actor

SENDING = "create:attachment"
_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")
Digest = Annotated[str, Path(pattern="^[0-9a-f]{64}$", description="SHA-256 of the content, hex")]


class AttachmentParts(Protocol):
    """The parts of the hub that attachments need."""

    @property
    def clock(self) -> Clock:
        """The hub's clock."""
        ...

    @property
    def people(self) -> People:
        """Who asks."""
        ...

    @property
    def trail(self) -> Trail:
        """Where it is written down."""
        ...

    @property
    def blobs(self) -> Blobs:
        """Where contents are."""
        ...

    @property
    def register(self) -> Register:
        """For whom they exist."""
        ...


class Attachments:
    """What the routes do."""

    def __init__(self, hub: AttachmentParts) -> None:
        self._hub = hub
        self._uploads = Uploads(hub.blobs, hub.register, hub.clock)

    async def head(self, digest: Digest, request: Request) -> Response:
        """How far the attachment has come.

        Raises:
            Refused: 404, it does not exist for the caller and they sent nothing of it.
        """
        caller = await self._hub.people.caller(request)
        progress = await self._uploads.progress(caller, digest)
        if not progress.offset:
            raise not_found()
        headers = {"upload-offset": str(progress.offset)}
        if progress.length:
            headers["upload-length"] = str(progress.length)
        return Response(status_code=200, headers=headers)

    async def patch(self, digest: Digest, request: Request) -> Response:
        """Send bytes from `Upload-Offset` on; 409 says where to go on when it is elsewhere."""
        caller = await self._hub.people.caller(request)
        if not any(SENDING in right.actions for right in caller.rights):
            raise forbidden()
        offset = _number(request, "upload-offset")
        length = _number(request, "upload-length")
        try:
            progress = await self._uploads.take(caller, digest, offset, length, request)
        except Misplaced as misplaced:
            return _elsewhere(misplaced.offset)
        if progress.whole:
            await self._hub.trail.record(
                actor(caller), "attachment.sent", digest, size=progress.length
            )
        return Response(status_code=204, headers={"upload-offset": str(progress.offset)})

    async def get(self, digest: Digest, request: Request) -> Response:
        """The content, or the part of it that `Range` asks for.

        Raises:
            Refused: 404, it does not exist for the caller, or has not come yet.
        """
        caller = await self._hub.people.caller(request)
        size = await threaded(self._hub.blobs.size, digest)
        exists = await self._hub.register.exists_for(caller, digest)
        if size is None or not exists:
            raise not_found()
        start, end = _asked(request.headers.get("range", ""), size)
        pieces = self._hub.blobs.read(digest, start, end)
        first = await threaded(next, pieces, b"")
        self._hub.trail.note(actor(caller), "attachment.read", digest)
        return _sent(first, pieces, (start, end, size), digest)


def _number(request: Request, name: str) -> int:
    text = request.headers.get(name, "")
    if not text.isdecimal() or len(text) > 15:
        raise malformed()
    return int(text)


def _elsewhere(offset: int) -> Response:
    refused = Refused(409, "offset", _("L’envoi reprend là où le hub en est."))
    answer = reply(refused.trouble, refused.status)
    answer.headers["upload-offset"] = str(offset)
    return answer


def _asked(text: str, size: int) -> tuple[int, int]:
    """The bytes that a `Range` header asks for: one from-to range, anything else is the whole."""
    match = _RANGE.fullmatch(text)
    if match is None:
        return 0, size
    start = int(match[1])
    end = min(int(match[2]) + 1, size) if match[2] else size
    if start >= end:
        raise Refused(
            416, "range", _("Cette pièce jointe est plus courte\u00a0: reprenez au début.")
        )
    return start, end


def _sent(
    first: bytes, others: Iterator[bytes], extent: tuple[int, int, int], digest: str
) -> Response:
    start, end, size = extent
    headers = {
        "content-length": str(end - start),
        "accept-ranges": "bytes",
        "etag": f'"{digest}"',
        "content-disposition": "attachment",
    }
    whole = (start, end) == (0, size)
    if not whole:
        headers["content-range"] = f"bytes {start}-{end - 1}/{size}"
    return StreamingResponse(
        _pieces(first, others),
        200 if whole else 206,
        headers,
        media_type="application/octet-stream",
    )


async def _pieces(first: bytes, others: Iterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    while (piece := await threaded(next, others, None)) is not None:
        yield piece


def router(hub: AttachmentParts) -> APIRouter:
    """`/attachments/{digest}`."""
    routes = APIRouter()
    work = Attachments(hub)
    where, tags = "/attachments/{digest}", ("attachments",)
    routes.add_api_route(where, work.head, methods=["HEAD"], **described(tags=tags))
    routes.add_api_route(
        where,
        work.patch,
        methods=["PATCH"],
        **described(
            status=204,
            tags=tags,
            parameters=(
                header("Upload-Offset", "Where the body begins", type="integer", minimum=0),
                header("Upload-Length", "Bytes of the whole", type="integer", minimum=1),
            ),
        ),
    )
    routes.add_api_route(
        where,
        work.get,
        methods=["GET"],
        **described(media="application/octet-stream", tags=tags),
    )
    return routes
