"""A WebSocket: each message is a delivery, for as long as the other side speaks."""

from collections.abc import AsyncIterator
from urllib.parse import SplitResult

from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus, WebSocketException

from beffroi.plugin import Call, Fetched, Unreachable
from beffroi.plugin.address import taken_apart
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
    parts, port = _checked(call.address)
    host = str(parts.hostname)
    address = (await call.door.addresses(host, port))[0]
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
        raise _refused(host, code) from error
    except (WebSocketException, OSError, TimeoutError) as error:
        raise unreached(host, error.__cause__ or error) from error
    except ValueError as error:
        # Where it leads was not checked: the library refuses to go, and so do we.
        raise Gone(
            _("{host} renvoie ailleurs\u00a0: indiquez l’adresse à laquelle il renvoie.").format(
                host=host
            )
        ) from error
    raise Unreachable(_("{host} a raccroché\u00a0: la liaison est reprise.").format(host=host))


def _checked(address: str) -> tuple[SplitResult, int]:
    """The address and its port.

    Raises:
        Unreachable: it is none of a WebSocket.
    """
    parts, port = taken_apart(address)
    if parts.scheme not in ("ws", "wss") or not parts.hostname:
        raise Unreachable(
            _("Ce n’est pas l’adresse d’un flux WebSocket\u00a0: écrivez-la avec wss:// devant.")
        )
    return parts, port or (443 if parts.scheme == "wss" else 80)


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
