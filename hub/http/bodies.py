"""Reads what clients send and writes what they get: bounded, typed, in JSON.

Nothing is parsed before its size is known to be acceptable, and nothing that parses badly reaches
the hub: hostile nesting, wrong types and broken UTF-8 all end as the same `malformed`.
"""

from typing import TypeVar

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from beffroi.sync import wire
from hub.http.trouble import malformed, too_big

T = TypeVar("T")
SMALL = 64_000
"""Bytes allowed to an ordinary message."""


async def read_body(request: Request, limit: int = SMALL) -> bytes:
    """The body, of at most `limit` bytes.

    Raises:
        Refused: it is bigger, or it was cut.
    """
    declared = request.headers.get("content-length", "0")
    if not declared.isdecimal():
        raise malformed()
    if int(declared[:20]) > limit:
        raise too_big()
    pieces: list[bytes] = []
    size = 0
    try:
        async for piece in request.stream():
            size += len(piece)
            if size > limit:
                raise too_big()
            pieces.append(piece)
    except ClientDisconnect as error:
        raise malformed() from error
    return b"".join(pieces)


def parse(body: bytes, kind: type[T]) -> T:
    """`body` as a message of type `kind`.

    Raises:
        Refused: it is not one.
    """
    try:
        message: T = wire.decoder(kind).decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise malformed() from error
    return message


async def parsed(request: Request, kind: type[T], limit: int = SMALL) -> T:
    """The body of `request` as a message of type `kind`, of at most `limit` bytes."""
    return parse(await read_body(request, limit), kind)


def reply(value: object, status: int = 200) -> Response:
    """`value` as JSON."""
    return Response(wire.encode(value), status, media_type="application/json")
