"""The two routes that need no session: who this hub is, and a station's first step in."""

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from beffroi.errors import BeffroiError
from beffroi.sync import wire
from beffroi.text import _
from hub.entrance.door import Door, address
from hub.http.bodies import parsed, reply
from hub.http.openapi import described as documented
from hub.http.trouble import Refused
from hub.people.attempts import newcomer
from hub.trail import Actor

TRIES_OF = "@enrol"


class Hello(msgspec.Struct, frozen=True, kw_only=True):
    """Who this hub is: the certificate of its authority (PEM) and how people may log in."""

    authority: str
    version: str
    oidc: bool = False


def router(door: Door, version: str) -> APIRouter:
    """The routes."""
    routes = Entry(door, version)
    made = APIRouter()
    made.add_api_route(
        "/hello", routes.hello, methods=["GET"], **documented(reply=Hello, tags=("enrolment",))
    )
    made.add_api_route(
        "/enrol", routes.enrol, methods=["POST"],
        **documented(body=wire.Enrol, reply=wire.Enrolled, status=201, tags=("enrolment",)),
    )  # fmt: skip
    return made


class Entry:
    """What the routes do."""

    def __init__(self, door: Door, version: str) -> None:
        self._door = door
        self._version = version

    async def hello(self) -> Response:
        """Who this hub is."""
        return reply(
            Hello(
                authority=self._door.keys.authority_pem,
                version=self._version,
                oidc=self._door.settings.oidc is not None,
            )
        )

    async def enrol(self, request: Request) -> Response:
        """Make a station known, with the one-time code that an administrator gave."""
        told = await parsed(request, wire.Enrol)
        door, came_from = self._door, address(request)
        attempts, now = door.people.attempts, door.clock.now()
        # Codes have 99 random bits: only the address waits, nobody can block enrolment for all.
        place = newcomer(came_from)
        if wait := await attempts.wait_s(TRIES_OF, place, now):
            raise Refused(
                429, "blocked", _("Trop d’essais\u00a0: patientez, puis recommencez."), wait
            )
        try:
            device, certificate = await door.people.devices.enrol(
                told.code, told.station, told.request, door.keys.authority, told.version
            )
        except BeffroiError as error:
            await attempts.failed(TRIES_OF, place, now)
            await door.trail.record(
                Actor(account="?"), "device.refused", told.station[:100], address=came_from
            )
            raise Refused(403, "code", str(error)) from error
        await door.trail.record(
            Actor(account=device.enrolled_by, station=device.station, device=device.id),
            "device.enrolled",
            device.code,
            address=came_from,
        )
        enrolled = wire.Enrolled(
            device=device.id,
            station_code=device.code,
            certificate=certificate,
            authority=door.keys.authority_pem,
        )
        return reply(enrolled, 201)
