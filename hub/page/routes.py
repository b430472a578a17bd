"""The addresses of the page: `/`, its form, its way out, its style sheet."""

from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from beffroi.clock import Clock
from beffroi.text import _
from hub.entrance.door import Door
from hub.health.contacts import Contact, Contacts
from hub.health.facts import BucketSize, Facts
from hub.http.bodies import read_body
from hub.page import views
from hub.page.entrance import Entrance, Refusal, forget, is_from_here, keep
from hub.people import Device

MAX_FORM = 8_000
BUCKETS_MS = 60_000
"""How long the sizes of buckets are believed: counting them reads the whole ledger."""
_STYLE = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
_POLICY = (
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


class Committer(Protocol):
    """What enters."""

    waiting: int


class Live(Protocol):
    """What goes out."""

    @property
    def connected(self) -> int:
        """Open live streams."""
        ...


class Page:
    """Answers browsers."""

    def __init__(
        self, door: Door, facts: Facts, contacts: Contacts, committer: Committer, live: Live
    ) -> None:
        self._entrance = Entrance(door)
        self._trail = door.trail
        self._clock: Clock = door.clock
        self._facts = facts
        self._contacts = contacts
        self._committer = committer
        self._live = live
        self._buckets: tuple[int, list[BucketSize]] = (0, [])

    async def show(self, request: Request) -> Response:
        """How the hub is, or the form."""
        visitor = await self._entrance.visitor(request)
        if visitor is None:
            return _html(views.login())
        self._trail.note(visitor.actor, "page.read")
        return _html(views.whole(await self._seen(), visitor.display))

    async def enter(self, request: Request) -> Response:
        """Somebody fills the form in."""
        if not is_from_here(request):
            return _html(
                views.login(_("Ce formulaire vient d’ailleurs\u00a0: recommencez ici.")), 403
            )
        given = await _form(request)
        try:
            token = await self._entrance.enter(
                request, given.get("account", ""), given.get("secret", "")
            )
        except Refusal as refusal:
            return _html(views.login(str(refusal)), 403)
        inside = RedirectResponse("/", 303)
        keep(inside, token)
        return inside

    async def leave(self, request: Request) -> Response:
        """Somebody leaves."""
        outside = RedirectResponse("/", 303)
        if is_from_here(request) and (visitor := await self._entrance.visitor(request)):
            await self._entrance.leave(visitor)
            forget(outside)
        return outside

    async def style(self, _request: Request) -> Response:
        """The style sheet."""
        return Response(_STYLE, media_type="text/css", headers={"cache-control": "max-age=3600"})

    async def _seen(self) -> views.Seen:
        stations = sorted(await self._facts.stations(), key=lambda one: one.number)
        return views.Seen(
            vitals=await self._facts.vitals(),
            stations=stations,
            contacts=self._contacts_of(stations),
            quarantine=await self._facts.quarantine(),
            sessions=await self._facts.sessions(),
            buckets=await self._sizes(),
            sources=await self._facts.sources(),
            streams=self._live.connected,
            waiting=self._committer.waiting,
        )

    def _contacts_of(self, stations: list[Device]) -> dict[str, Contact]:
        found = ((one.id, self._contacts.of(one.fingerprint)) for one in stations)
        return {name: contact for name, contact in found if contact is not None}

    async def _sizes(self) -> list[BucketSize]:
        now = self._clock.now()
        at, sizes = self._buckets
        if not 0 <= now - at < BUCKETS_MS or not sizes:
            sizes = await self._facts.buckets()
            self._buckets = (now, sizes)
        return sizes


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form; one that is no form has none."""
    body = await read_body(request, MAX_FORM)
    try:
        told = parse_qs(body.decode("ascii"), strict_parsing=True, max_num_fields=10)
    except ValueError:
        return {}
    return {name: values[0] for name, values in told.items()}


def _html(content: str, status: int = 200) -> Response:
    return HTMLResponse(content, status, headers={"content-security-policy": _POLICY})


def router(
    door: Door, facts: Facts, contacts: Contacts, committer: Committer, live: Live
) -> APIRouter:
    """The page, at the root, outside the API."""
    answers = Page(door, facts, contacts, committer, live)
    routes = APIRouter(include_in_schema=False)
    for method, path, work in (
        ("GET", "/", answers.show),
        ("POST", "/connexion", answers.enter),
        ("POST", "/deconnexion", answers.leave),
        ("GET", "/page.css", answers.style),
    ):
        routes.add_api_route(path, work, methods=[method], response_model=None)
    return routes
