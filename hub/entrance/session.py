"""The routes of sessions: log in, prolong, leave, see and end those of others, sign with a key."""

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from beffroi.sync import wire
from beffroi.text import _
from hub.entrance.door import Door, address
from hub.entrance.login import described, enter
from hub.http.bodies import parsed, reply
from hub.http.openapi import described as documented
from hub.http.peer import PEER
from hub.http.trouble import Refused, not_found
from hub.people import Caller
from hub.people.attempts import station
from hub.people.sessions import Opened
from hub.ports import actor


class SessionInfo(msgspec.Struct, frozen=True, kw_only=True):
    """A session as lists show it.  Times are UTC ms; `here` is the one that asks."""

    id: str
    account: str
    station: str
    address: str
    version: str
    how: str
    made_at: int
    expires: int
    here: bool


class SecretChange(msgspec.Struct, frozen=True, kw_only=True):
    """A person takes another secret."""

    old: str
    new: str


def router(door: Door) -> APIRouter:
    """The routes."""
    routes = Sessions(door)
    made = APIRouter()
    for path, method, work, body, answer, status in (
        ("/session", "POST", routes.open, wire.Login, wire.SessionReply, 201),
        ("/session", "GET", routes.prolong, None, wire.SessionReply, 200),
        ("/session", "DELETE", routes.leave, None, None, 204),
        ("/session/secret", "POST", routes.change_secret, SecretChange, None, 204),
        ("/sessions", "GET", routes.listed, None, list[SessionInfo], 200),
        ("/sessions/{session_id}", "DELETE", routes.end, None, None, 204),
        ("/workspaces/{workspace}/keys", "POST", routes.add_key, wire.SigningKey, None, 204),
    ):
        made.add_api_route(
            path,
            work,
            methods=[method],
            **documented(body=body, reply=answer, status=status, tags=("session",)),
        )
    return made


class Sessions:
    """What the routes do."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def open(self, request: Request) -> Response:
        """Log in at an enrolled station."""
        login = await parsed(request, wire.Login)
        return reply(await enter(self._door, request, login), 201)

    async def prolong(self, request: Request) -> Response:
        """The session as it is now, prolonged for a shift."""
        people = self._door.people
        caller = await people.caller(request)
        opened = await people.sessions.get(caller.session)
        device = await people.station(str(request.scope.get(PEER, "")))
        if opened is None:
            raise not_found()
        expires = await people.sessions.prolong(opened)
        await people.devices.seen(device.id)
        account = await people.accounts.get(caller.account)
        token = request.headers["authorization"].partition(" ")[2]
        now = msgspec.structs.replace(
            await described(self._door, account, device, opened, token), expires=expires
        )
        return reply(now)

    async def leave(self, request: Request) -> Response:
        """Log out."""
        caller = await self._door.people.caller(request)
        await self._door.people.sessions.end(caller.session, "left")
        await self._door.trail.record(actor(caller), "session.closed", caller.session)
        await self._door.people.hear()
        return Response(status_code=204)

    async def change_secret(self, request: Request) -> Response:
        """Take another secret: every session of the account ends, this one too."""
        people = self._door.people
        caller = await people.caller(request)
        change = await parsed(request, SecretChange)
        async with people.attempts.turn(station(caller.device)):
            await self._prove(caller, change.old)
        await people.accounts.change_secret(caller.account, change.new)
        await self._door.trail.record(actor(caller), "secret.changed", caller.account)
        await people.hear()
        return Response(status_code=204)

    async def _prove(self, caller: Caller, secret: str) -> None:
        """Let pass whoever knows the account's secret: a session left open is not enough.

        Raises:
            Refused: 403 `secret`, 429 `blocked` after too many tries.
        """
        people, now, place = self._door.people, self._door.clock.now(), station(caller.device)
        if wait := await people.attempts.wait_s(caller.account, place, now):
            raise Refused(
                429, "blocked", _("Trop d’essais\u00a0: patientez, puis recommencez."), wait
            )
        found = await people.accounts.secret_of(caller.account)
        if found is None or not await people.accounts.matches(secret, found[1]):
            await people.attempts.failed(caller.account, place, now)
            await self._door.trail.record(actor(caller), "secret.refused", caller.account)
            raise Refused(
                403, "secret", _("L’ancien mot de passe n’est pas le bon\u00a0: vérifiez-le.")
            )

    async def listed(self, request: Request) -> Response:
        """One's own sessions; all of them for who keeps the house."""
        people = self._door.people
        caller = await people.caller(request)
        every = caller.may("read", "session")
        opened = await people.sessions.living("" if every else caller.account)
        stations = {device.id: device.station for device in await people.devices.all()}
        if every:
            self._door.trail.note(actor(caller), "session.list")
        return reply([_info(each, stations, caller.session) for each in opened])

    async def end(self, request: Request, session_id: str) -> Response:
        """End a session: one's own, or any for who keeps the house."""
        people = self._door.people
        caller = await people.caller(request)
        opened = await people.sessions.get(session_id)
        mine = opened is not None and opened.account == caller.account
        if opened is None or not (mine or caller.may("revoke", "session")):
            raise not_found()
        await people.sessions.end(session_id, "ended")
        await self._door.trail.record(
            actor(caller), "session.ended", session_id, account=opened.account
        )
        await people.hear()
        return Response(status_code=204)

    async def add_key(self, request: Request, workspace: str) -> Response:
        """Know the key with which this station signs in a workspace."""
        people = self._door.people
        caller = await people.caller(request)
        key = await parsed(request, wire.SigningKey)
        if key.workspace != workspace or all(r.workspace != workspace for r in caller.rights):
            raise not_found()
        await people.devices.add_signing_key(caller.device, workspace, key.public)
        await self._door.trail.record(
            actor(caller), "key.added", workspace, address=address(request)
        )
        return Response(status_code=204)


def _info(opened: Opened, stations: dict[str, str], here: str) -> SessionInfo:
    return SessionInfo(
        id=opened.id,
        account=opened.account,
        station=stations.get(opened.device, ""),
        address=opened.address,
        version=opened.version,
        how=opened.how,
        made_at=opened.made_at,
        expires=opened.expires,
        here=opened.id == here,
    )
