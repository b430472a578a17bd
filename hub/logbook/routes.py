"""The addresses of the read API.

What a caller may not see does not exist: the same 404, found by the same query.
"""

from typing import Protocol

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from beffroi.clock import Clock
from beffroi.sync.wire import Seen
from hub.db import Database
from hub.http.bodies import reply
from hub.http.openapi import described, query
from hub.http.trouble import malformed, not_found
from hub.logbook import asked
from hub.logbook.reading import EntryReader
from hub.logbook.shown import Counts, EntryPage, EntryShown
from hub.logbook.sight import Sights
from hub.ports import Caller, People, actor
from hub.scope import Scope
from hub.sync.rights import scope_for
from hub.trail import Trail

_UID_CHARS = 64


class Parts(Protocol):
    """The parts of the hub that this needs."""

    @property
    def people(self) -> People:
        """Who asks."""
        ...

    @property
    def database(self) -> Database:
        """Where entries lie."""
        ...

    @property
    def trail(self) -> Trail:
        """Where each reading is written down."""
        ...

    @property
    def clock(self) -> Clock:
        """The hub's clock."""
        ...


class Reading:
    """Answers programs that read the main courante."""

    def __init__(self, hub: Parts) -> None:
        self._hub = hub
        self._reader = EntryReader(hub.database, Sights(hub.clock))

    async def entries(self, request: Request) -> Response:
        """A page of entries."""
        caller, scope = await self._scope(request)
        given = request.query_params
        page = await self._reader.page(
            scope, asked.asked(given), asked.after(given), asked.limit(given)
        )
        self._note(caller, request, "entries.read")
        return reply(page)

    async def counts(self, request: Request) -> Response:
        """How many answer."""
        caller, scope = await self._scope(request)
        counts = await self._reader.counts(scope, asked.asked(request.query_params))
        self._note(caller, request, "entries.read")
        return reply(counts)

    async def one(self, request: Request) -> Response:
        """One entry."""
        caller, scope = await self._scope(request)
        uid = _uid(request)
        found = await self._reader.one(scope, uid)
        if found is None:
            raise not_found()
        self._hub.trail.note(actor(caller), "entry.read", uid)
        return reply(found)

    async def seen(self, request: Request) -> Response:
        """Who has read it."""
        _caller, scope = await self._scope(request)
        found = await self._reader.seen(scope, _uid(request))
        if found is None:
            raise not_found()
        return reply(found)

    async def _scope(self, request: Request) -> tuple[Caller, Scope]:
        caller = await self._hub.people.caller(request)
        workspace = request.query_params.get("workspace", "")
        if not workspace or len(workspace) > 64 or "\x00" in workspace:
            raise malformed()
        return caller, scope_for(caller, workspace)

    def _note(self, caller: Caller, request: Request, action: str) -> None:
        given = request.query_params
        told = {name: value for name, value in given.items() if name not in ("workspace", "after")}
        self._hub.trail.note(actor(caller), action, given["workspace"], asked=told)


def _uid(request: Request) -> str:
    uid = str(request.path_params["uid"])
    if len(uid) > _UID_CHARS or not uid.isprintable():
        raise not_found()
    return uid


def router(hub: Parts) -> APIRouter:
    """`/logbook/entries`, `/logbook/counts`, one entry, who has read it."""
    routes = APIRouter(prefix="/logbook")
    reading = Reading(hub)
    uid = {**query("uid", "Which entry", type="string", maxLength=_UID_CHARS), "in": "path"}
    tags = ("logbook",)
    for path, work, words in (
        ("/entries", reading.entries,
         described(reply=EntryPage, parameters=(*asked.FILTERS, *asked.PAGING), tags=tags)),
        ("/counts", reading.counts,
         described(reply=Counts, parameters=asked.FILTERS, tags=tags)),
        ("/entries/{uid}", reading.one,
         described(reply=EntryShown, parameters=(asked.WORKSPACE, uid), tags=tags)),
        ("/entries/{uid}/seen", reading.seen,
         described(reply=list[Seen], parameters=(asked.WORKSPACE, uid), tags=tags)),
    ):  # fmt: skip
        routes.add_api_route(path, work, methods=["GET"], **words)
    return routes
