"""How the hub answers when something is wrong, and what every answer carries.

Whatever happens, the outside gets `wire.Trouble` in JSON: no traceback, no name of a table, no
path.  Every reply says the hub's time, by which desktops correct their clocks.
"""

import logging

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.sync import wire
from beffroi.text import _
from hub.db import Full, Unavailable
from hub.http.bodies import reply
from hub.http.trouble import Refused, malformed, not_found

_log = logging.getLogger(__name__)
UNAVAILABLE_S = 3
_STAMP = wire.TIME_HEADER.lower().encode()


class Stamped:
    """Writes the hub's time (UTC ms) into every reply."""

    def __init__(self, app: ASGIApp, clock: Clock) -> None:
        self._app = app
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        begun = False

        async def stamped(message: Message) -> None:
            nonlocal begun
            if not begun:
                begun = True
                now = str(self._clock.now()).encode()
                message["headers"] = [*message.get("headers", ()), (_STAMP, now)]
            await send(message)

        await self._app(scope, receive, stamped)


def _troubled(refused: Refused) -> Response:
    answer = reply(refused.trouble, refused.status)
    if refused.trouble.retry_after:
        answer.headers["retry-after"] = str(refused.trouble.retry_after)
    if refused.status == 401:
        answer.headers["www-authenticate"] = "Bearer"
    return answer


def _refusal(error: Exception) -> Refused:
    """What to tell the outside of `error`."""
    match error:
        case Refused():
            return error
        case Unavailable():
            return Refused(503, "unavailable", str(error), UNAVAILABLE_S)
        case Full():
            return Refused(507, "full", str(error), UNAVAILABLE_S)
        case BeffroiError():
            return Refused(422, "refused", str(error))
        case HTTPException(status_code=404):
            return not_found()
        case HTTPException(status_code=405):
            return Refused(405, "method", _("Cette adresse n’admet pas cette demande."))
        case HTTPException(status_code=status) if status < 500:
            return Refused(status, "malformed", malformed().trouble.sentence)
        case _:
            return malformed()


async def _answer(_request: Request, error: Exception) -> Response:
    refused = _refusal(error)
    answer = _troubled(refused)
    if isinstance(error, HTTPException) and error.headers:
        answer.headers.update(error.headers)
    return answer


async def _bug(request: Request, error: Exception) -> Response:
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return _troubled(
        Refused(500, "bug", _("Le hub a échoué\u00a0: réessayez, et prévenez l’administrateur."), 5)
    )


def install(app: FastAPI) -> None:
    """Let `app` answer its troubles in our way."""
    for kind in (Refused, BeffroiError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, _answer)
    app.add_exception_handler(Exception, _bug)
