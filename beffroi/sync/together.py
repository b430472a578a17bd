"""Runs things side by side that begin and end together, and says why they ended in one word."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from beffroi.sync.trouble import HubRefused, HubUnreachable, Revoked, SessionOver, WrongLogin

_FIRST = (Revoked, SessionOver, WrongLogin, HubRefused, HubUnreachable)


async def together(*works: Coroutine[Any, Any, None]) -> None:
    """Run all of `works`; the first that fails ends the others.

    (Not a TaskGroup: until Python 3.12 it leaves its caller marked as cancelled, and the next
    timeout of the caller then ends it.)

    Raises:
        BeffroiError: why, the gravest reason when there are several.
        Exception: a bug, as it is.
    """
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    finally:
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    failed = [e for e in ended if isinstance(e, BaseException) and not _is_cancelled(e)]
    if failed:
        raise _gravest(failed)


def _is_cancelled(error: BaseException) -> bool:
    return isinstance(error, asyncio.CancelledError)


def _gravest(errors: list[BaseException]) -> BaseException:
    """A bug before everything: it must be seen."""
    bug = next((e for e in errors if not isinstance(e, HubRefused | HubUnreachable)), None)
    if bug is not None:
        return bug
    return next(e for kind in _FIRST for e in errors if isinstance(e, kind))


async def set_within(event: asyncio.Event, seconds: float) -> bool:
    """Wait for `event`, at most so long; whether it came."""
    waiting = asyncio.ensure_future(event.wait())
    try:
        done, _rest = await asyncio.wait({waiting}, timeout=seconds)
    finally:
        waiting.cancel()
    return bool(done)
