"""The trail over HTTP, for the security officer alone; stations send theirs to be merged.

For anybody else it does not exist (404), and that they tried is itself traced.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Protocol

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from beffroi.access.cef import JSON_TAIL, cef_document, json_head, json_lines
from beffroi.access.trace import TracePage, Verdict
from beffroi.access.trail_search import TrailFilter
from beffroi.sync.wire import TrailLine
from hub.audit.stations import Merged, Uploading
from hub.http.bodies import reply
from hub.http.openapi import described, query
from hub.http.trouble import busy, malformed, not_found
from hub.people import Caller
from hub.ports import actor
from hub.trail import Trail
from hub.trail.asked import AFTER, PARAMETERS, obj, place, wanted
from hub.trail.proof import Chained, verify
from hub.trail.reading import PAGE, TrailReader

FORMATS = {"cef": "text/plain; charset=utf-8", "json": "application/json"}
HOST = "hub"
Answer = Callable[[Request], Awaitable[Response]]


class People(Protocol):
    """Knows who asks."""

    async def caller(self, request: Request) -> Caller:
        """Whoever asks.

        Raises:
            Refused: nobody the hub knows.
        """
        ...


class Parts(Protocol):
    """The parts of the hub that this needs."""

    @property
    def people(self) -> People:
        """Who asks."""
        ...

    @property
    def trail(self) -> Trail:
        """What is read, and where the reading is traced."""
        ...

    @property
    def ledger(self) -> Chained:
        """The other chain to verify."""
        ...


class Auditing:
    """Answers the security officer."""

    def __init__(self, hub: Parts) -> None:
        self._hub = hub
        self._reader = TrailReader(hub.trail.database)
        self._verifying = asyncio.Lock()

    async def page(self, request: Request) -> Response:
        """The newest traces that answer, or those after another."""
        caller = await self._officer(request, "read")
        given = request.query_params
        filtered, after = wanted(given), place(given)
        if after is None:
            await self._hub.trail.record(actor(caller), "audit.read", asked=_told(given))
        return reply(await self._reader.page(filtered, obj=obj(given), after=after, limit=PAGE))

    async def verify(self, request: Request) -> Response:
        """A verdict on each chain; one verification at a time."""
        caller = await self._officer(request, "verify")
        if self._verifying.locked():
            raise busy()
        async with self._verifying:
            await self._hub.trail.flush()
            found = await verify(self._hub.trail.database, self._hub.trail.key, self._hub.ledger)
        broken = [verdict.chain for verdict in found if not verdict.whole]
        await self._hub.trail.record(
            actor(caller), "audit.verified", whole=not broken, broken=broken
        )
        return reply(found)

    async def export(self, request: Request) -> Response:
        """All traces that answer, oldest first, as CEF or JSON; the export is traced first."""
        caller = await self._officer(request, "export")
        given = request.query_params
        form = given.get("format", "")
        if form not in FORMATS:
            raise malformed()
        filtered = wanted(given)
        await self._hub.trail.flush()
        await self._hub.trail.record(actor(caller), "audit.export", form, asked=_told(given))
        return StreamingResponse(
            self._pieces(form, filtered, obj(given), caller.account),
            media_type=FORMATS[form],
            headers={"content-disposition": f'attachment; filename="traces.{form}"'},
        )

    async def _pieces(
        self, form: str, filtered: TrailFilter, about: str, account: str
    ) -> AsyncIterator[bytes]:
        pages = self._reader.all(filtered, obj=about)
        if form == "cef":
            async for traces in pages:
                yield b"".join(cef_document(traces, HOST))
            return
        yield json_head(HOST, self._hub.trail.clock.now(), account)
        first = True
        async for traces in pages:
            yield b"".join(json_lines(traces, first=first))
            first = False
        yield JSON_TAIL

    async def _officer(self, request: Request, action: str) -> Caller:
        """Whoever asks, when the trail exists for them."""
        caller = await self._hub.people.caller(request)
        if not caller.may(action, "audit"):
            await self._hub.trail.record(actor(caller), "audit.refused", asked=action)
            raise not_found()
        return caller


def _told(given: Mapping[str, str]) -> dict[str, str]:
    """What was asked, for the trail."""
    return {key: value for key, value in given.items() if value and key != "after"}


def router(hub: Parts) -> APIRouter:
    """`/audit` for the security officer, `/sync/trail` for stations."""
    routes = APIRouter()
    audit, upload = Auditing(hub), Uploading(hub.people, hub.trail)
    workspace = query("workspace", "Whose trail: one profile of the station", maxLength=64)
    chain = (
        workspace,
        query("first", "The hash of its first line", required=False, type="string",
              pattern="^[0-9a-f]{64}$"),
    )  # fmt: skip
    tags = ("audit",)
    described_routes: tuple[tuple[str, str, Answer, dict[str, object]], ...] = (
        ("GET", "/audit", audit.page,
         described(reply=TracePage, parameters=(*PARAMETERS, AFTER), tags=tags)),
        ("POST", "/audit/verify", audit.verify, described(reply=list[Verdict], tags=tags)),
        ("GET", "/audit/export", audit.export,
         described(media="text/plain", tags=tags, parameters=(
             query("format", "Which form", type="string", enum=list(FORMATS)), *PARAMETERS))),
        ("GET", "/sync/trail", upload.known, described(reply=Merged, parameters=chain)),
        ("POST", "/sync/trail", upload.merge,
         described(body=list[TrailLine], reply=Merged, parameters=chain)),
    )  # fmt: skip
    for method, path, work, words in described_routes:
        routes.add_api_route(path, work, methods=[method], **words)  # type: ignore[arg-type]
    return routes
