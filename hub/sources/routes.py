"""The address by which desktops fetch what the hub's sources told."""

from typing import Protocol

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from beffroi.sync.observed import MOST_ROWS, MOST_SOURCES, ObservedPull, ObservedReply
from hub.http.admission import Admission
from hub.http.bodies import parsed, reply
from hub.http.openapi import described
from hub.http.trouble import malformed
from hub.ports import People
from hub.sources.shelf import Shelf
from hub.sync.rights import scope_for

MAX_MESSAGE = 256_000


class Observing:
    """Answers `POST /sources/pull`."""

    def __init__(self, people: People, admission: Admission, shelf: Shelf) -> None:
        self._people = people
        self._admission = admission
        self._shelf = shelf

    async def answer(self, request: Request) -> Response:
        """What came since, of the sources that lie where the caller may see.

        Raises:
            Refused: 404 when the workspace does not exist for the caller.
        """
        caller = await self._people.caller(request)
        asked = await parsed(request, ObservedPull, MAX_MESSAGE)
        if len(asked.cursors) > MOST_SOURCES:
            raise malformed()
        scope = scope_for(caller, asked.workspace)
        known = await self._shelf.known(asked.workspace)
        seen = {uid: told for uid, told in known.items() if scope.sees(told[0])}
        left = min(max(1, asked.limit), MOST_ROWS)
        pages = []
        for uid, (_bucket, seq, forgotten, _state) in sorted(seen.items()):
            after = max(0, asked.cursors.get(uid, 0))
            again = after < forgotten or after == 0 or after > seq
            if left <= 0 or seq == 0 or (after == seq and not again):
                continue
            async with self._admission.turn():
                page = await self._shelf.page(uid, 0 if again else after, left, again=again)
            if not page.more:
                page = msgspec.structs.replace(page, cursor=max(page.cursor, seq))
            left -= len(page.rows) + len(page.gone)
            pages.append(page)
        states = {uid: told[3] for uid, told in seen.items() if told[3] is not None}
        return reply(ObservedReply(pages=pages, states=states, followed=sorted(seen)))


class SourceParts(Protocol):
    """The parts of the hub that this room needs."""

    @property
    def people(self) -> People:
        """Who asks."""
        ...

    @property
    def admission(self) -> Admission:
        """The queue before heavy work."""
        ...


def router(hub: SourceParts, shelf: Shelf) -> APIRouter:
    """What desktops ask of the sources of all."""
    routes = APIRouter(prefix="/sources")
    observing = Observing(hub.people, hub.admission, shelf)
    routes.add_api_route(
        "/pull", observing.answer, methods=["POST"],
        **described(body=ObservedPull, reply=ObservedReply),
    )  # fmt: skip
    return routes
