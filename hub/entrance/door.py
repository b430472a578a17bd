"""What the routes by which people come in need."""

from dataclasses import dataclass

from starlette.requests import Request

from beffroi.clock import Clock
from hub.http.trouble import forbidden
from hub.keys import Keys
from hub.people import Caller, People
from hub.ports import actor
from hub.settings import Settings
from hub.trail import Trail


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """People, keys and the trail, as one thing to pass on."""

    people: People
    keys: Keys
    trail: Trail
    clock: Clock
    settings: Settings

    async def allowed(self, request: Request, action: str, what: str) -> Caller:
        """Whoever asks, if they may do that about the house; a refusal is written down.

        Raises:
            Refused: nobody known, or their role does not allow it.
        """
        caller = await self.people.caller(request)
        if not caller.may(action, what):
            await self.trail.record(actor(caller), "access.refused", f"{action}:{what}")
            raise forbidden()
        return caller


def address(request: Request) -> str:
    """Where a request comes from (as the proxy says, when a known one stands before the hub)."""
    return request.client.host if request.client else ""
