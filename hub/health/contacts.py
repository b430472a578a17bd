"""What a replica sees of its visitors: how long answers take, which stations are there, their clocks."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from beffroi.clock import Clock
from beffroi.sync.wire import API, TIME_HEADER
from hub.http.peer import PEER

MAX_KNOWN = 20_000
HEARD = 5
"""A slow way here makes a clock seem late: of so many requests, the fastest is believed."""
_LIVE = f"{API}/sync/live"
_TIME = TIME_HEADER.lower().encode()
_MOST_DIGITS = 16
Observe = Callable[[str, str, int, float], None]
"""Told of each answer: method, route, status, seconds until its first byte."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A station as this replica saw it last.

    `at` is UTC ms, `live` its open streams; `heard` holds by how much (ms) its clock was ahead of
    the hub's in its last requests, the way here included.
    """

    at: int
    live: int = 0
    heard: tuple[int, ...] = ()

    @property
    def skew_ms(self) -> int | None:
        """Its clock less the hub's; None when it did not say.  The fastest way here tells it best."""
        return max(self.heard) if self.heard else None


class Contacts:
    """Stations by the SHA-256 of their certificate, since this replica started."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[str, Contact] = {}

    def of(self, peer: str) -> Contact | None:
        """The station with this certificate, if it was here."""
        return self._known.get(peer)

    def skews(self) -> dict[str, int]:
        """By how much (ms) the clock of each station is ahead of the hub's, where it said so."""
        told = ((peer, contact.skew_ms) for peer, contact in self._known.items())
        return {peer: skew for peer, skew in told if skew is not None}

    def came(self, peer: str, said: int | None) -> None:
        """A station asks something; `said` is what its clock shows (UTC ms)."""
        now = self._clock.now()
        known = self._known.get(peer) or Contact(at=now)
        heard = known.heard if said is None else (*known.heard, said - now)[-HEARD:]
        if peer not in self._known and len(self._known) >= MAX_KNOWN:
            return
        self._known[peer] = replace(known, at=now, heard=heard)

    def stream(self, peer: str, change: int) -> None:
        """A station opens (+1) or leaves (-1) a live stream."""
        if (known := self._known.get(peer)) is not None:
            self._known[peer] = replace(known, at=self._clock.now(), live=known.live + change)


class Watched:
    """Pure ASGI around the application; streams pass through it unchanged."""

    def __init__(self, app: ASGIApp, contacts: Contacts, observe: Observe) -> None:
        self._app = app
        self._contacts = contacts
        self._observe = observe

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        peer = str(scope.get(PEER, ""))
        live = scope["path"] == _LIVE
        if peer:
            self._contacts.came(peer, _said_time(scope))
        if peer and live:
            self._contacts.stream(peer, 1)
        try:
            await self._app(scope, receive, self._timed(scope, send))
        finally:
            if peer and live:
                self._contacts.stream(peer, -1)

    def _timed(self, scope: Scope, send: Send) -> Send:
        begun = time.perf_counter()

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                spent = time.perf_counter() - begun
                self._observe(scope["method"], route_of(scope), int(message["status"]), spent)
            await send(message)

        return sent


def route_of(scope: Scope) -> str:
    """The route that answers (`/entries/{uid}`), never the address with its ids."""
    return str(getattr(scope.get("route"), "path", "")) or "other"


def _said_time(scope: Scope) -> int | None:
    """What the station's clock shows, when it says so."""
    for name, value in scope["headers"]:
        if name == _TIME and value.isdigit() and len(value) <= _MOST_DIGITS:
            return int(value)
    return None
