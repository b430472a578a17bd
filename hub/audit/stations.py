"""How a station hands in its own trail, and asks how far the hub has it."""

import re

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from beffroi.sync.wire import TrailLine
from hub.http.bodies import parsed, reply
from hub.http.trouble import malformed
from hub.ports import People, actor
from hub.trail.stations import acceptable, is_hash, known_until, merge
from hub.trail.trail import Trail

MAX_BYTES = 4_000_000
_WORKSPACE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """The last line of this profile's trail that the hub has: the next to send follows it."""

    after: int


class Uploading:
    """Answers `GET` and `POST /sync/trail?workspace=`: the trail of the caller's own station."""

    def __init__(self, people: People, trail: Trail) -> None:
        self._people = people
        self._trail = trail

    async def known(self, request: Request) -> Response:
        """How far the hub has it."""
        caller = await self._people.caller(request)
        async with self._trail.database.read() as session:
            after = await known_until(session, caller.device, _workspace(request), _first(request))
        return reply(Merged(after=after))

    async def merge(self, request: Request) -> Response:
        """Keep what the hub does not have yet."""
        caller = await self._people.caller(request)
        workspace, first = _workspace(request), _first(request)
        lines = await parsed(request, list[TrailLine], MAX_BYTES)
        if not acceptable(lines):
            raise malformed()
        return reply(Merged(after=await merge(self._trail, actor(caller), workspace, lines, first)))


def _workspace(request: Request) -> str:
    said = request.query_params.get("workspace", "")
    if not _WORKSPACE.fullmatch(said):
        raise malformed()
    return said


def _first(request: Request) -> str:
    """The hash of the first line of the caller's chain, when it says so."""
    said = request.query_params.get("first", "")
    if said and not is_hash(said):
        raise malformed()
    return said
