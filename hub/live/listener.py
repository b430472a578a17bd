"""One connected desktop: what waits to be sent to it, bounded, and how it is let go."""

import asyncio
from collections import deque

from hub.ports import Caller
from hub.scope import Scope

MAX_FRAMES = 256
MAX_BYTES = 2_000_000


class Listener:
    """Frames for one desktop, in order.

    A desktop that does not keep up is given `last` (a call to pull) and let go: nothing is lost,
    since everything is in the ledger.
    """

    __slots__ = (
        "_closed",
        "_frames",
        "_size",
        "_waiter",
        "blocked",
        "caller",
        "scope",
        "since",
        "task",
    )

    def __init__(self, caller: Caller, scope: Scope, now: int) -> None:
        self.caller = caller
        self.scope = scope
        self.since = now
        self.task: asyncio.Task[object] | None = None
        self.blocked = False
        self._frames: deque[bytes] = deque()
        self._size = 0
        self._waiter: asyncio.Future[None] | None = None
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether nothing more will come."""
        return self._closed

    def offer(self, frame: bytes) -> bool:
        """Let `frame` wait to be sent; false when there is no room for it."""
        if self._closed:
            return True
        if len(self._frames) >= MAX_FRAMES or self._size + len(frame) > MAX_BYTES:
            return False
        self._frames.append(frame)
        self._size += len(frame)
        self._wake()
        return True

    def end(self, last: bytes = b"") -> None:
        """Send what waits, then `last`, then no more."""
        if self._closed:
            return
        if last:
            self._frames.append(last)
        self._closed = True
        self._wake()

    def drop(self, last: bytes) -> None:
        """Forget what waits, say `last`; one that does not even take that is cut."""
        self._frames.clear()
        self.end(last)
        if self.blocked and self.task is not None:
            self.task.cancel()

    async def take(self) -> bytes:
        """All that waits, in one piece; empty at the end."""
        if not self._frames and not self._closed:
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        if len(self._frames) == 1:
            taken = self._frames.popleft()
        else:
            taken = b"".join(self._frames)
            self._frames.clear()
        self._size = 0
        return taken

    def _wake(self) -> None:
        if self._waiter is not None:
            if not self._waiter.done():
                self._waiter.set_result(None)
            self._waiter = None
