"""Fetches once, for whoever looks at an address before it is a source."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import aclosing

from beffroi.plugin import Call, Door, Fetched, Unreachable
from beffroi.plugin.allowed import Allowed
from beffroi.sources.gathering import gathered, opened
from beffroi.sources.intake import together
from beffroi.sources.transports import Transport, transport_of
from beffroi.text import _

PATIENCE_S = 15.0
STREAM_S = 5.0
"""How long a stream is listened to for a first look, once it speaks."""


def fetch_now(
    address: str,
    transport: str = "http",
    options: Mapping[str, str | int | float | bool] | None = None,
    *,
    secret: str = "",
    allow: Sequence[str] = (),
    files: bool = True,
    proxy: str = "",
    within_s: float = PATIENCE_S,
) -> Fetched:
    """What is at an address now; of a stream, the messages of its first seconds.

    It waits for at most `within_s`: call it on a thread of its own.  `allow` is the administrator's
    list of machines, `proxy` their way out (`beffroi.sources.settings`).

    Raises:
        BeffroiError: nothing could be had; one sentence with its remedy.
    """
    way = transport_of(transport)
    call = Call(
        address=address, door=Door(Allowed(allow), files=files, proxy=proxy), options=dict(options or {}),
        secret=secret, limit_s=within_s,
    )  # fmt: skip
    return asyncio.run(_fetched(way, call))


async def _fetched(way: Transport, call: Call) -> Fetched:
    try:
        async with asyncio.timeout(call.limit_s), opened(way, call) as deliveries:
            if way.STREAM:
                async with aclosing(gathered(deliveries, STREAM_S)) as batches:
                    async for batch in batches:
                        return together(batch) or batch[-1]
            async for fetched in deliveries:
                return fetched
    except TimeoutError as error:
        raise Unreachable(
            _(
                "Rien n’est arrivé en {n}\u00a0s\u00a0: vérifiez l’adresse, ou réessayez plus tard."
            ).format(n=round(call.limit_s))
        ) from error
    raise Unreachable(_("Il n’y a rien à cette adresse pour l’instant\u00a0: réessayez plus tard."))
