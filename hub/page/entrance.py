"""Lets a technical administrator into the page: their account, their secret, a session in a cookie.

A session of the page opens nothing else: it belongs to no station, and the API asks for one.
"""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from beffroi.access import rights
from beffroi.text import _, ngettext
from hub.entrance.door import Door, address
from hub.people.attempts import FREE_TRIES, Place, browser
from hub.people.sessions import Opened
from hub.trail import Actor
from hub.trail.line import storable

COOKIE = "__Host-beffroi"
HOW = "page"
NEEDED = ("read", "health")
MAX_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """An administrator with a session of the page."""

    account: str
    display: str
    session: Opened

    @property
    def actor(self) -> Actor:
        """As the trail names them."""
        return Actor(account=self.account, station=self.session.address)


class Refusal(Exception):
    """A sentence for whoever may not come in."""


class Entrance:
    """Opens, recognises and ends sessions of the page."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def visitor(self, request: Request) -> Visitor | None:
        """Who asks; None without a living session of somebody who may see the page now."""
        token = request.cookies.get(COOKIE, "")
        if not token or len(token) > MAX_NAME:
            return None
        people = self._door.people
        opened = await people.sessions.of_token(token)
        if opened is None or opened.how != HOW or opened.device:
            return None
        if not opened.lives(self._door.clock.now()):
            return None
        found = await people.accounts.secret_of(opened.account)
        if found is None or found[0].locked_at or not await self._may(opened.account):
            return None
        return Visitor(account=found[0].name, display=found[0].display, session=opened)

    async def enter(self, request: Request, account: str, secret: str) -> str:
        """The token of a new session.

        Raises:
            Refusal: wrong account or secret, not an administrator, too many tries.
        """
        people, where = self._door.people, address(request)
        name, place = storable(account.strip())[:MAX_NAME], browser(where)
        async with people.attempts.turn(place):
            await self._refuse_if_blocked(name, where, place)
            if not await self._proved(name, secret):
                raise await self._failed(name, where, place)
            await people.attempts.succeeded(name, place)
        token, opened = await people.sessions.open(name, "", address=where, how=HOW)
        await self._door.trail.record(
            Actor(account=name, station=where), "session.opened", opened.id, how=HOW
        )
        return token

    async def leave(self, visitor: Visitor) -> None:
        """End the session."""
        await self._door.people.sessions.end(visitor.session.id, "left")
        await self._door.trail.record(visitor.actor, "session.closed", visitor.session.id, how=HOW)

    async def _proved(self, name: str, secret: str) -> bool:
        """Whether it is somebody who may see the page; an unknown account takes as long."""
        accounts = self._door.people.accounts
        found = await accounts.secret_of(name)
        matches = await accounts.matches(secret, found[1] if found else "")
        return matches and found is not None and not found[0].locked_at and await self._may(name)

    async def _may(self, account: str) -> bool:
        return rights.may(await self._door.people.rights_of(account), *NEEDED)

    async def _refuse_if_blocked(self, name: str, where: str, place: Place) -> None:
        wait = await self._door.people.attempts.wait_s(name, place, self._door.clock.now())
        if wait:
            # Counted within the minute: whoever goes on trying must not fill the trail.
            self._door.trail.note(await self._who(name, where), "page.refused", "", why="blocked")
            raise _blocked(wait)

    async def _failed(self, name: str, where: str, place: Place) -> Refusal:
        """A right secret without the right role counts too: it must not show that it is right."""
        attempts, now = self._door.people.attempts, self._door.clock.now()
        failures = await attempts.failed(name, place, now)
        who = await self._who(name, where)
        await self._door.trail.record(who, "page.refused", "", failures=failures)
        if failures >= FREE_TRIES:
            return _blocked(max(1, await attempts.wait_s(name, place, now)))
        return Refusal(
            _(
                "Compte ou mot de passe inconnu, ou rôle sans accès à cette page\u00a0: "
                "elle est réservée aux administrateurs techniques."
            )
        )

    async def _who(self, name: str, where: str) -> Actor:
        """Who tried: a name that is no account may be a secret typed in the wrong place."""
        known = await self._door.people.accounts.secret_of(name)
        return Actor(account=name if known else "?", station=where)


def keep(response: Response, token: str) -> None:
    """Put the session into the browser, for this host alone, out of reach of any script."""
    response.set_cookie(COOKIE, token, path="/", secure=True, httponly=True, samesite="strict")


def forget(response: Response) -> None:
    """Take the session out of the browser."""
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="strict")


def is_from_here(request: Request) -> bool:
    """Whether a form was sent from our own page: a browser says where it comes from."""
    site = request.headers.get("sec-fetch-site", "")
    origin = request.headers.get("origin", "")
    if site:
        return site == "same-origin"
    return origin.partition("://")[2] == request.headers.get("host", "")


def _blocked(wait: int) -> Refusal:
    said = ngettext(
        "Trop d’essais\u00a0: recommencez dans {n} seconde.",
        "Trop d’essais\u00a0: recommencez dans {n} secondes.",
        wait,
    )
    return Refusal(said.format(n=wait))
