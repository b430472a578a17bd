"""Carries attachments up and down, in pieces, taken up again where a cut left them.

What comes down stays in memory until it is whole and its SHA-256 is right: no piece of a document
ever lies on the disk in clear.
"""

import asyncio
import logging
from hashlib import sha256

import httpx

from beffroi.attachments.attachments import MAX_BYTES
from beffroi.errors import BeffroiError
from beffroi.sync import attached
from beffroi.sync.cache import Cache
from beffroi.sync.lane import Lane
from beffroi.sync.reporting import Reporter
from beffroi.sync.routes import Hub
from beffroi.sync.status import Fetched
from beffroi.sync.together import set_within
from beffroi.sync.trouble import HubRefused, HubUnreachable, garbled
from beffroi.text import _

_log = logging.getLogger(__name__)
PIECE = 1 << 20
EVERY_S = 20.0
_TRIES = 5


class Carrier:
    """The attachments of one profile, in a queue of their own behind nobody."""

    def __init__(self, hub: Hub, cache: Cache, lane: Lane, report: Reporter) -> None:
        self._hub = hub
        self._cache = cache
        self._lane = lane
        self._report = report
        self._first: dict[str, None] = {}
        self._not_there: set[str] = set()
        self._partial: dict[str, bytearray] = {}
        self._work = asyncio.Event()

    def fetch_first(self, sha: str) -> None:
        """The person waits for this one."""
        self._first[sha] = None
        self._not_there.discard(sha)
        self._work.set()

    def wake(self) -> None:
        """Entries came or went: there may be something to carry."""
        self._work.set()

    async def run(self) -> None:
        """Carry whatever there is to carry, for ever."""
        while True:
            self._work.clear()
            await self.all()
            await set_within(self._work, EVERY_S)

    async def all(self) -> None:
        """Everything that can be carried now."""
        await self._wanted()
        for sha in await self._lane.run(attached.to_send, self._cache.store):
            await self._send(sha)
            await self._wanted()
        for sha in await self._lane.run(attached.to_fetch, self._cache.store):
            if sha not in self._not_there:
                await self._fetch(sha)
            await self._wanted()

    async def _wanted(self) -> None:
        while self._first:
            sha = next(iter(self._first))
            del self._first[sha]
            await self._fetch(sha)

    async def _send(self, sha: str) -> None:
        try:
            data = await self._lane.run(self._cache.attachments.open_bytes, sha)
            await self._put(sha, data)
        except HubRefused as no:
            if no.status in (401, 403):
                raise
            _log.warning("attachment %s: refused by the hub (%s)", sha[:12], no.code)
            return
        except HubUnreachable:
            raise
        except BeffroiError as error:
            _log.warning("attachment %s cannot be sent: %s", sha[:12], error)
            return
        await self._lane.run(self._cache.remember_sent, sha)

    async def _put(self, sha: str, data: bytes) -> None:
        place = await self._there(sha)
        for _try in range(len(data) // PIECE + _TRIES):
            if place >= len(data):
                return
            place = await self._piece(sha, data, place)
        raise garbled()

    async def _there(self, sha: str) -> int:
        """How many bytes the hub has."""
        try:
            async with self._hub.opened("HEAD", f"/attachments/{sha}") as response:
                return _offset(response)
        except HubRefused as no:
            if no.status == httpx.codes.NOT_FOUND:
                return 0
            raise

    async def _piece(self, sha: str, data: bytes, place: int) -> int:
        headers = {
            "Content-Type": "application/offset+octet-stream",
            "Upload-Offset": str(place),
            "Upload-Length": str(len(data)),
        }
        try:
            async with self._hub.opened(
                "PATCH", f"/attachments/{sha}", content=data[place : place + PIECE], headers=headers
            ) as response:
                return _offset(response)
        except HubRefused as no:
            if no.status == httpx.codes.CONFLICT:
                return await self._there(sha)
            raise

    async def _fetch(self, sha: str) -> None:
        if await self._lane.run(self._cache.attachments.holds, sha):
            self._report.tell(Fetched(sha256=sha))
            return
        try:
            data = await self._get(sha)
            await self._lane.run(self._cache.take_in, sha, data)
        except HubRefused as no:
            if no.status in (401, 403):
                raise
            self._gave_up(
                sha, _("Le hub n’a pas cette pièce jointe\u00a0: demandez-la à son auteur.")
            )
        except HubUnreachable:
            raise
        except BeffroiError as error:
            self._gave_up(sha, str(error))
        else:
            self._report.tell(Fetched(sha256=sha))

    def _gave_up(self, sha: str, sentence: str) -> None:
        self._not_there.add(sha)
        self._report.tell(Fetched(sha256=sha, sentence=sentence))

    async def _get(self, sha: str) -> bytes:
        """All of it; what came before a cut is kept for the next time."""
        got = self._partial.setdefault(sha, bytearray())
        headers = {"Accept-Encoding": "identity"}
        if got:
            headers["Range"] = f"bytes={len(got)}-"
        async with self._hub.opened("GET", f"/attachments/{sha}", headers=headers) as response:
            if response.status_code != httpx.codes.PARTIAL_CONTENT:
                got.clear()
            async for chunk in response.aiter_raw():
                got += chunk
                if len(got) > MAX_BYTES:
                    break
        del self._partial[sha]
        if len(got) > MAX_BYTES or sha256(got).hexdigest() != sha:
            raise BeffroiError(
                _("Cette pièce jointe est arrivée abîmée\u00a0: demandez-la à nouveau.")
            )
        return bytes(got)


def _offset(response: httpx.Response) -> int:
    said = response.headers.get("Upload-Offset", "")
    if not (said.isascii() and said.isdigit() and len(said) < len(str(MAX_BYTES)) + 1):
        raise garbled()
    return int(said)
