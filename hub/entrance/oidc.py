"""Logging in through an identity provider: the station waits while the browser goes there and back.

Before a session opens, the person confirms in the browser which station it is for: nobody can be
lured into opening a session on somebody else's.
"""

import html
import secrets
from base64 import b64encode
from hashlib import sha256
from urllib.parse import parse_qsl

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from beffroi.errors import BeffroiError
from beffroi.logbook.content import clean
from beffroi.sync import wire
from beffroi.text import _
from hub.db import Database
from hub.entrance.door import Door, address
from hub.entrance.login import MAX_VERSION, Entrance, open_session
from hub.entrance.provider import Provider
from hub.http.bodies import SMALL, parsed, read_body, reply
from hub.http.openapi import described, query
from hub.http.peer import PEER
from hub.http.trouble import Refused, not_found
from hub.people.secrets import digest, new_token
from hub.trail import Actor
from hub.trail.line import storable

LASTS_MS = 300_000
WAITING, ASKED, CONFIRMED, REFUSED = "", "asked", "confirmed", "refused"
STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem}"
    "button{font:inherit;padding:.5rem 1.5rem}"
)
_CSP = (
    "default-src 'none'; frame-ancestors 'none'; form-action 'self'; "
    f"style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
)


class Started(msgspec.Struct, frozen=True, kw_only=True):
    """Open `url` in a browser; ask with `poll` every two seconds."""

    url: str
    poll: str


class Poll(msgspec.Struct, frozen=True, kw_only=True):
    """Has the person come back?"""

    poll: str
    version: str = ""


def router(door: Door, database: Database) -> APIRouter:
    """The routes; none without an identity provider."""
    made = APIRouter()
    if door.settings.oidc is None:
        return made
    routes = SignIn(door, database, Provider(door.settings.oidc, door.clock))
    tags = ("session",)
    made.add_api_route("/session/oidc/start", routes.start, methods=["POST"],
                       **described(reply=Started, tags=tags))  # fmt: skip
    made.add_api_route("/session/oidc/poll", routes.poll, methods=["POST"],
                       **described(body=Poll, reply=wire.SessionReply, tags=tags))  # fmt: skip
    made.add_api_route("/session/oidc/callback", routes.callback, methods=["GET"],
                       **described(media="text/html", tags=tags, parameters=(
                           query("state", "Which sign-in", required=False),
                           query("code", "What the provider gave", required=False))))  # fmt: skip
    made.add_api_route("/session/oidc/confirm", routes.confirm, methods=["POST"],
                       **described(media="text/html", tags=tags))  # fmt: skip
    return made


class SignIn:
    """What the routes do."""

    def __init__(self, door: Door, database: Database, provider: Provider) -> None:
        self._door = door
        self._database = database
        self._provider = provider
        self._redirect = f"{door.settings.public_url()}{wire.API}/session/oidc/callback"

    async def start(self, request: Request) -> Response:
        """Begin at an enrolled station: where its browser must go."""
        device = await self._door.people.station(str(request.scope.get(PEER, "")))
        state, nonce, verifier, poll = (new_token() for _n in range(4))
        url = await self._provider.address(self._redirect, state, nonce, verifier)
        now = self._door.clock.now()
        async with self._database.write() as session:
            await session.run("DELETE FROM sign_in WHERE expires < ? OR device = ?", now, device.id)
            await session.run(
                "INSERT INTO sign_in (state, poll, device, nonce, verifier, expires) "
                "VALUES (?,?,?,?,?,?)",
                digest(state), digest(poll), device.id, nonce, verifier, now + LASTS_MS,
            )  # fmt: skip
        return reply(Started(url=url, poll=poll))

    async def callback(self, request: Request) -> Response:
        """The browser comes back: ask the person whether that station is theirs."""
        state = digest(request.query_params.get("state", "")[:200])
        code = request.query_params.get("code", "")[:2000]
        async with self._database.write() as session:
            row = await session.row(
                "UPDATE sign_in SET outcome = ? WHERE state = ? AND outcome = ? AND expires > ? "
                "RETURNING device, nonce, verifier",
                REFUSED, state, WAITING, self._door.clock.now(),
            )  # fmt: skip
        if row is None:
            return _page(
                _("Cette connexion n’est plus attendue\u00a0: recommencez depuis le poste."), 410
            )
        device, nonce, verifier = (str(part) for part in row)
        try:
            subject = await self._provider.subject(self._redirect, code, nonce, verifier)
        except BeffroiError as error:
            await self._note("?", device, "session.refused", why="provider")
            return _page(str(error), 403)
        account = await self._door.people.accounts.of_subject(storable(subject))
        if account is None:
            await self._note("?", device, "session.refused", why="subject")
            return _page(
                _(
                    "Aucun compte de ce hub ne répond à votre identité\u00a0: demandez-le à l’administrateur."
                ),
                403,
            )
        return await self._ask(state, device, account.name, account.display)

    async def _ask(self, state: str, device: str, account: str, display: str) -> Response:
        proof = secrets.token_urlsafe(32)
        async with self._database.write() as session:
            await session.run(
                "UPDATE sign_in SET outcome = ?, account = ?, verifier = ?, nonce = '' "
                "WHERE state = ?",
                ASKED, account, digest(proof), state,
            )  # fmt: skip
        question = _(
            "{person}, ouvrez-vous une session sur le poste «\u202f{station}\u202f»\u202f?"
        ).format(person=display, station=await self._station(device))
        return _page(question, 200, proof)

    async def confirm(self, request: Request) -> Response:
        """The person says that the station is theirs."""
        body = (await read_body(request, SMALL)).decode("latin-1")
        proof = next((value for name, value in parse_qsl(body) if name == "proof"), "")
        async with self._database.write() as session:
            row = await session.row(
                "UPDATE sign_in SET outcome = ?, verifier = '' "
                "WHERE verifier = ? AND outcome = ? AND expires > ? RETURNING device",
                CONFIRMED, digest(proof), ASKED, self._door.clock.now(),
            )  # fmt: skip
        if row is None:
            return _page(
                _("Cette connexion n’est plus attendue\u00a0: recommencez depuis le poste."), 410
            )
        return _page(
            _(
                "La session s’ouvre sur le poste «\u202f{station}\u202f»\u00a0: vous pouvez fermer cette page."
            ).format(station=await self._station(str(row[0])))
        )

    async def poll(self, request: Request) -> Response:
        """The station asks: 202 while the person is away, then their session."""
        told = await parsed(request, Poll)
        people = self._door.people
        device = await people.station(str(request.scope.get(PEER, "")))
        async with self._database.write() as session:
            row = await session.row(
                "SELECT outcome, account FROM sign_in WHERE poll = ? AND device = ? AND expires > ?",
                digest(told.poll), device.id, self._door.clock.now(),
            )  # fmt: skip
            if row is None:
                raise not_found()
            outcome, name = str(row[0]), str(row[1])
            if outcome in (WAITING, ASKED):
                return Response(status_code=202)
            await session.run("DELETE FROM sign_in WHERE poll = ?", digest(told.poll))
        if outcome != CONFIRMED:
            raise Refused(
                403, "secret",
                _("Le fournisseur d’identité ne vous a pas reconnu\u00a0: recommencez."),
            )  # fmt: skip
        account = await people.accounts.get(name)
        entrance = Entrance(
            account=name,
            device=device,
            address=address(request),
            version=clean(told.version)[:MAX_VERSION],
        )
        return reply(await open_session(self._door, entrance, account, "oidc"), 201)

    async def _station(self, device: str) -> str:
        found = [
            each.station for each in await self._door.people.devices.all() if each.id == device
        ]
        return found[0] if found else "?"

    async def _note(self, account: str, device: str, action: str, **detail: str) -> None:
        who = Actor(account=account, station=await self._station(device), device=device)
        await self._door.trail.record(who, action, "", **detail)


def _page(sentence: str, status: int = 200, proof: str = "") -> Response:
    """A page with one sentence, and a button when there is something to confirm."""
    yes = html.escape(_("Oui, ouvrir la session"))
    button = (
        f'<form method="post" action="confirm"><input type="hidden" name="proof" value="{proof}">'
        f"<button>{yes}</button></form>"
        if proof
        else ""
    )
    body = (
        f'<!doctype html><html lang="fr"><meta charset="utf-8"><title>Beffroi</title>'
        f"<style>{STYLE}</style><p>{html.escape(sentence)}</p>{button}</html>"
    )
    return HTMLResponse(body, status, headers={"content-security-policy": _CSP})
