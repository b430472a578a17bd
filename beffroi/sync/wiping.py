"""Wipes out of the file what a right that ended took away: deleting alone leaves words in it.

Never in the way of the others: it waits until no more is taken away, works on a thread of its own, and
what could not be wiped (no room, a busy file, a process killed) is wiped later; the profile remembers.
"""

import asyncio

from beffroi.logbook.wiping import wipe
from beffroi.store import Settings, Store, StoreError

QUIET_S = 2.0
"""Several buckets often leave at once: they are wiped together."""
EVERY_S = 600.0
"""Writing a big file anew takes seconds: once in that time is enough for what moves one by one."""
LOOK_S = 5.0
TRY_AGAIN_S = 60.0
_MARK = "sync/to_wipe"


def mark(settings: Settings) -> None:
    """Something is being deleted that must not stay in the file."""
    settings.put(_MARK, _marked(settings) + 1)


def wipe_if_marked(store: Store) -> bool:
    """Wipe what was marked, if anything was; whether there was.

    Raises:
        StoreError: no room, or another process holds the file: it stays marked.
    """
    settings = Settings(store)
    begun = _marked(settings)
    if not begun:
        return False
    wipe(store)
    with store.write():
        if _marked(settings) == begun:
            settings.put(_MARK, None)
    return True


def _marked(settings: Settings) -> int:
    return int(settings.get(_MARK, 0) or 0)


class Wiper:
    """Wipes a profile's store when something was taken from it, as long as it runs."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def run(self) -> None:
        """Look now and then, for ever."""
        while True:
            wait_s = await self._looked()
            await asyncio.sleep(wait_s)

    async def _looked(self) -> float:
        """Wipe what is to be wiped; how long to wait before the next look."""
        if not await asyncio.to_thread(_marked, Settings(self._store)):
            return LOOK_S
        await self._until_quiet()
        try:
            await asyncio.to_thread(wipe_if_marked, self._store)
        except StoreError:
            return TRY_AGAIN_S
        return EVERY_S

    async def _until_quiet(self) -> None:
        seen = -1
        while (now := await asyncio.to_thread(_marked, Settings(self._store))) != seen:
            seen = now
            await asyncio.sleep(QUIET_S)
