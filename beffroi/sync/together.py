"""Runs things side by side that begin and end together, and says why they ended in one word."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from beffroi.sync.trouble import HubRefused, HubUnreachable, Revoked, SessionOver, WrongLogin

_FIRST = (Revoked, SessionOver, WrongLogin, HubRefused, HubUnreachable)


async def together(*works: Coroutine[Any, Any, None]) -> None:
    """Run all of `works`; the first that fails ends the others.

    Raises:
        BeffroiError: why, the gravest reason when there are several.
        Exception: a bug, as it is.
    """
    try:
        async with asyncio.TaskGroup() as tasks:
            for work in works:
                tasks.create_task(work)
    except BaseExceptionGroup as group:
        raise _gravest(list(_each(group))) from group


def _each(group: BaseExceptionGroup[BaseException]) -> list[BaseException]:
    found: list[BaseException] = []
    for error in group.exceptions:
        found += _each(error) if isinstance(error, BaseExceptionGroup) else [error]
    return found


def _gravest(errors: list[BaseException]) -> BaseException:
    """A bug before everything: it must be seen."""
    bug = next((e for e in errors if not isinstance(e, HubRefused | HubUnreachable)), None)
    if bug is not None:
        return bug
    return next(e for kind in _FIRST for e in errors if isinstance(e, kind))


async def set_within(event: asyncio.Event, seconds: float) -> bool:
    """Wait for `event`, at most so long; whether it came."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    return True
