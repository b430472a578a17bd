"""A WebSocket: each message is a delivery, for as long as the other side speaks."""

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus, WebSocketException

from beffroi.plugin import Call, Fetched, Unreachable
from beffroi.plugin.door import CONNECT_S, unreached
from beffroi.plugin.later import Gone
from beffroi.plugin.words import _

STREAM = True
MAX_MESSAGE = 4 * 1024 * 1024
PING_S = 20.0


async def deliveries(call: Call) -> AsyncIterator[Fetched]:
    """The messages that come; a peer that no longer answers pings is gone.

    Options: `say` is sent first (a subscription).  The secret goes as a bearer token.

    Raises:
        Unreachable: nobody there, refused, or it hung up.
    """
    parts = urlsplit(call.address.strip())
    if parts.scheme not in ("ws", "wss") or not parts.hostname:
        raise Unreachable(_("Ce n’est pas l’adresse d’un flux\u00a0: elle commence par wss://."))
    port = parts.port or (443 if parts.scheme == "wss" else 80)
    address = (await call.door.addresses(parts.hostname, port))[0]
    headers = {"Authorization": f"Bearer {call.secret}"} if call.secret else {}
    try:
        async with connect(
            call.address.strip(), host=address, port=port, max_size=MAX_MESSAGE, max_queue=64,
            ssl=call.door.tls if parts.scheme == "wss" else None, additional_headers=headers,
            open_timeout=CONNECT_S, ping_interval=PING_S, ping_timeout=PING_S, proxy=None,
            process_exception=lambda error: error, user_agent_header="Beffroi",
        ) as link:  # fmt: skip
            if say := str(call.options.get("say", "")):
                await link.send(say)
            async for message in link:
                data = message.encode() if isinstance(message, str) else message
                yield Fetched(data=data, name="message")
    except InvalidStatus as error:
        code = error.response.status_code
        raise _refused(parts.hostname, code) from error
    except (WebSocketException, OSError, TimeoutError) as error:
        raise unreached(parts.hostname, error.__cause__ or error) from error
    raise Unreachable(
        _("{host} a raccroché\u00a0: la liaison est reprise.").format(host=parts.hostname)
    )


def _refused(host: str, code: int) -> Unreachable:
    if code in (401, 403):
        return Gone(
            _(
                "{host} refuse l’accès ({code})\u00a0: vérifiez la clé ou le mot de passe de la source."
            ).format(host=host, code=code)
        )
    return Unreachable(
        _("{host} n’ouvre pas de flux à cette adresse ({code})\u00a0: vérifiez-la.").format(
            host=host, code=code
        )
    )
