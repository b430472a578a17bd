"""Stands before every route: who comes through the proxy, how often, how slowly, under which headers."""

import asyncio
import hashlib
import hmac
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from beffroi.text import _
from hub.db.restored import HEADER as RESTORED
from hub.http.bodies import reply
from hub.http.peer import PEER
from hub.http.rates import Rates, neighbourhood
from hub.http.trouble import Refused, not_found
from hub.settings import Settings

BODY_WITHIN_S = 60.0
STRANGERS = (20, 200)
"""Requests a second, and at once, from an address that shows no certificate."""
PROXY_SECRET, PROXY_PEER = b"beffroi-proxy", b"beffroi-peer"
PROBES = ("/healthz", "/readyz")
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "strict-transport-security": "max-age=31536000",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
}
"""Unless a route says otherwise of its own reply."""
_PRINT = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class _Source:
    """Whom a request counts for."""

    name: str
    known: bool


class Guard:
    """Pure ASGI: live streams pass through it unchanged after their first word."""

    def __init__(self, app: ASGIApp, settings: Settings, restored: str = "") -> None:
        self._app = app
        self._headers = {**HEADERS, RESTORED: restored} if restored else HEADERS
        self._secret = settings.proxy_secret.encode()
        self._stations = Rates(settings.rate, 10 * settings.rate) if settings.rate else None
        self._strangers = Rates(*STRANGERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            _refuse_nul(scope)
            self._introduce(scope)
            self._slow_down(_source(scope))
        except Refused as refused:
            await self._refuse(refused, scope, receive, send)
            return
        await self._app(scope, _impatient(receive), _covered(send, self._headers))

    async def _refuse(self, refused: Refused, scope: Scope, receive: Receive, send: Send) -> None:
        answer = reply(refused.trouble, refused.status)
        if refused.trouble.retry_after:
            answer.headers["retry-after"] = str(refused.trouble.retry_after)
        await answer(scope, receive, _covered(send, self._headers))

    def _introduce(self, scope: Scope) -> None:
        """Who comes, when a proxy ends TLS before us.

        Raises:
            Refused: it is not our proxy.
        """
        if not self._secret:
            return
        headers = dict(scope["headers"])
        # A proxy that adds its word beside the client's own has been told two things.
        twice = [name for name, _value in scope["headers"] if name in (PROXY_SECRET, PROXY_PEER)]
        proved = hmac.compare_digest(headers.get(PROXY_SECRET, b""), self._secret)
        if not proved or len(twice) != len(set(twice)):
            scope[PEER] = ""
            if scope["path"] in PROBES:
                return
            raise Refused(
                403,
                "proxy",
                _("Ce hub ne répond qu’à travers son mandataire\u00a0: passez par lui."),
            )
        scope[PEER] = peer_said(headers.get(PROXY_PEER, b"").decode("latin-1"))
        came_from = headers.get(b"x-forwarded-for", b"").decode("latin-1").rpartition(",")[2]
        if came_from.strip():
            scope["client"] = (came_from.strip()[:60], 0)

    def _slow_down(self, source: _Source) -> None:
        rates = self._stations if source.known else self._strangers
        wait = rates.wait_s(source.name) if rates is not None else 0
        if wait:
            raise Refused(
                429,
                "busy",
                _("Trop de demandes à la fois\u00a0: patientez un instant, puis recommencez."),
                max(1, round(wait)),
            )


def peer_said(header: str) -> str:
    """The SHA-256 of the certificate that a proxy tells of: the print itself, or the PEM (escaped)."""
    text = unquote(header).strip()
    bare = text.replace(":", "").lower()
    if _PRINT.fullmatch(bare):
        return bare
    try:
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(text)).hexdigest()
    except ValueError:
        return ""


def _refuse_nul(scope: Scope) -> None:
    """No address of ours holds a NUL, and PostgreSQL keeps none: whoever sends one only probes.

    Raises:
        Refused: it holds one.
    """
    if b"%00" in scope.get("raw_path", b"") or b"%00" in scope.get("query_string", b""):
        raise not_found()


def _source(scope: Scope) -> _Source:
    peer = str(scope.get(PEER, ""))
    if peer:
        return _Source(peer, known=True)
    client = scope.get("client")
    return _Source(neighbourhood(client[0]) if client else "", known=False)


def _impatient(receive: Receive) -> Receive:
    """`receive` for a body that must keep coming; afterwards it waits as long as needed."""
    whole = False

    async def received() -> Message:
        nonlocal whole
        if whole:
            return await receive()
        try:
            async with asyncio.timeout(BODY_WITHIN_S):
                message = await receive()
        except TimeoutError:
            return {"type": "http.disconnect"}
        whole = not message.get("more_body", False)
        return message

    return received


def _covered(send: Send, more: Mapping[str, str]) -> Send:
    begun = False

    async def sent(message: Message) -> None:
        nonlocal begun
        if not begun and message["type"] == "http.response.start":
            begun = True
            headers = MutableHeaders(scope=message)
            for name, value in more.items():
                headers.setdefault(name, value)
        await send(message)

    return sent


def guard(app: ASGIApp, settings: Settings, restored: str = "") -> ASGIApp:
    """`app` with the guard before it; every reply says that the hub was `restored`, if it was."""
    return Guard(app, settings, restored)
