"""Asks the hub one thing and waits for the answer: for what is not the sync process."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from beffroi.sync.routes import Hub
from beffroi.sync.skew import Skew
from beffroi.sync.station import Station
from beffroi.sync.trouble import unreachable

PATIENCE_S = 30.0
T = TypeVar("T")


def ask(
    station: Station,
    question: Callable[[Hub], Awaitable[T]],
    *,
    token: str = "",
    within_s: float = PATIENCE_S,
    skew: Skew | None = None,
) -> T:
    """What `question` gets from the station's hub; call it on a thread that may wait.

    Raises:
        HubUnreachable: no answer within `within_s` seconds.
        HubRefused: the hub says no.
    """

    async def asked() -> T:
        async with Hub(station.url, station.context(), skew, token=token) as hub:
            try:
                async with asyncio.timeout(within_s):
                    return await question(hub)
            except TimeoutError as error:
                raise unreachable(error) from error

    return asyncio.run(asked())
