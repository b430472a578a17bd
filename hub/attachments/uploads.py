"""Takes attachments in: any cut keeps what came, and the next try goes on from there."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import obstore.exceptions
from starlette.requests import ClientDisconnect, Request

from beffroi.attachments.attachments import MAX_BYTES
from beffroi.clock import Clock
from beffroi.text import _
from hub.attachments.blobs import Blobs
from hub.attachments.register import Register
from hub.attachments.sealing import Damaged
from hub.db import Full, Unavailable
from hub.http.trouble import Refused, malformed, too_big
from hub.ports import Caller

PIECE = 4 * 1024 * 1024
"""Bytes that are kept together: a cut loses less than that."""
FINISHING = 3
T = TypeVar("T")


class Misplaced(Exception):
    """Bytes that do not begin where the hub stands; `offset` is where that is."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an attachment has come: `offset` of `length` bytes (0 when not said yet)."""

    offset: int
    length: int

    @property
    def whole(self) -> bool:
        """Whether nothing is missing."""
        return 0 < self.length <= self.offset


class Uploads:
    """Uploads into the blobs."""

    def __init__(self, blobs: Blobs, register: Register, clock: Clock) -> None:
        self._blobs = blobs
        self._register = register
        self._clock = clock
        self._finishing = asyncio.Semaphore(FINISHING)

    async def progress(self, caller: Caller, digest: str) -> Progress:
        """How far `digest` has come, as far as `caller` may know."""
        size = await threaded(self._blobs.size, digest)
        exists = await self._register.exists_for(caller, digest)
        if size is not None and exists:
            return Progress(size, size)
        parts = await threaded(self._blobs.parts, _name(caller, digest))
        return Progress(sum(part.size for part in parts), 0)

    async def take(
        self, caller: Caller, digest: str, offset: int, length: int, request: Request
    ) -> Progress:
        """Keep the body of `request`, which begins at `offset` of `length` bytes.

        Raises:
            Misplaced: the upload stands elsewhere.
            Refused: too big, or whole and not what its SHA-256 says.
        """
        if not 0 < length <= MAX_BYTES:
            raise too_big()
        known = await self.progress(caller, digest)
        if known.whole:
            return known
        if known.offset != offset:
            raise Misplaced(known.offset)
        reached = await self._receive(_name(caller, digest), offset, length, request)
        if reached == length:
            await self._finish(caller, digest, length)
        return Progress(reached, length)

    async def _receive(self, upload: str, offset: int, length: int, request: Request) -> int:
        """Keep what comes by pieces; how far it came, even when it was cut."""
        waiting = bytearray()
        try:
            async for piece in request.stream():
                waiting += piece
                if offset + len(waiting) > length:
                    raise malformed()
                if len(waiting) >= PIECE:
                    offset = await self._keep(upload, offset, waiting)
        except ClientDisconnect:
            return await self._keep(upload, offset, waiting)
        return await self._keep(upload, offset, waiting)

    async def _keep(self, upload: str, offset: int, waiting: bytearray) -> int:
        if not waiting:
            return offset
        await threaded(self._blobs.put_part, upload, offset, bytes(waiting))
        reached = offset + len(waiting)
        waiting.clear()
        return reached

    async def _finish(self, caller: Caller, digest: str, length: int) -> None:
        async with self._finishing:
            good = await threaded(self._blobs.finish, _name(caller, digest), digest)
        if not good:
            raise Refused(
                422,
                "damaged",
                _("La pièce jointe est arrivée abîmée\u00a0: l’envoi reprend depuis le début."),
            )
        await self._register.sent(caller, digest, length, self._clock.now())


async def threaded(work: Callable[..., T], *told: object) -> T:
    """`work` in a thread; trouble of the place where attachments are kept in the hub's words."""
    try:
        return await asyncio.to_thread(work, *told)
    except FileNotFoundError:
        raise
    except Damaged as error:
        raise Refused(
            500,
            "damaged",
            _(
                "Cette pièce jointe est abîmée sur le hub\u00a0: faites-la restaurer d’une sauvegarde."
            ),
        ) from error
    except (OSError, obstore.exceptions.BaseError) as error:
        if "No space left" in str(error) or "Disk quota" in str(error):
            raise Full.now() from error
        raise Unavailable.now() from error


def _name(caller: Caller, digest: str) -> str:
    """Uploads of the same content by several people do not meet before they are whole."""
    return f"{caller.account}:{digest}"
