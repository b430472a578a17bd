"""The one way into the ledger: all that is pushed now goes in together, in one transaction.

Two lanes work at once: one checks signatures in threads while the other appends what was checked.
"""

import asyncio
import contextlib
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.sync.wire import Op, Outcome
from hub.db import Full, Unavailable
from hub.http.trouble import Refused, busy
from hub.ledger import Ledger, Refusal, Stale
from hub.ledger.checking import Checking, Pushed
from hub.ledger.entering import Entering, Item
from hub.ledger.shape import Read
from hub.ledger.vouching import People, Vouching
from hub.ports import Caller

_log = logging.getLogger(__name__)
MOST_OPS, MOST_BYTES = 1_000, 8_000_000
MOST_WAITING = 20_000
PATIENCE_S, PAUSE_S = 10.0, 0.25
FULL_RETRY_S = 30
T = TypeVar("T")


@dataclass(slots=True)
class _Request:
    """Operations of one caller, and where their outcomes go."""

    pushed: list[Pushed]
    done: "asyncio.Future[list[Outcome]]"
    items: list[Item] = field(default_factory=list)


class Committer:
    """Made once per replica.  `kept` and `refused` count operations since the start."""

    def __init__(self, ledger: Ledger, people: People, clock: Clock) -> None:
        vouching = Vouching(people)
        self._checking = Checking(vouching)
        self._entering = Entering(ledger, vouching, clock)
        self._pending: deque[_Request] = deque()
        self._some = asyncio.Event()
        self._checked: asyncio.Queue[list[_Request]] = asyncio.Queue(1)
        self._lanes: list[asyncio.Task[None]] = []
        self.waiting = self.kept = self.refused = 0

    def start(self) -> None:
        """Begin to take operations in."""
        self._lanes = [
            asyncio.create_task(self._check_lane(), name="hub-check"),
            asyncio.create_task(self._append_lane(), name="hub-append"),
        ]

    async def stop(self) -> None:
        """Take nothing more in; what was not acknowledged will be sent again."""
        for lane in self._lanes:
            lane.cancel()
        for lane in self._lanes:
            with contextlib.suppress(asyncio.CancelledError):
                await lane
        self._lanes = []
        _fail(self._pending, busy())
        self._pending.clear()
        await self._checking.stop()

    async def push(self, caller: Caller, ops: Sequence[Op]) -> list[Outcome]:
        """Keep `ops` durably, in order; one outcome each.  Sending them again is harmless.

        Raises:
            Refused: 503 when too many are waiting or the database is away, 507 when its disk is
                full; nothing is lost, the same push is right later.
        """
        if not ops:
            return []
        if self.waiting + len(ops) > MOST_WAITING:
            raise busy()
        pushed = [Pushed(op, caller.device, caller.account) for op in ops]
        request = _Request(pushed, asyncio.get_running_loop().create_future())
        self.waiting += len(ops)
        self._pending.append(request)
        self._some.set()
        try:
            return await request.done
        finally:
            self.waiting -= len(ops)

    async def _check_lane(self) -> None:
        while True:
            await self._some.wait()
            requests = self._take()
            try:
                await self._check(requests)
            except asyncio.CancelledError:
                _fail(requests, busy())
                raise
            except Exception as error:  # noqa: BLE001 - told to those who wait
                _fail(requests, _told(error))
            else:
                await self._checked.put(requests)

    def _take(self) -> list[_Request]:
        """All that waits, up to what one transaction should hold; at least one request."""
        taken: list[_Request] = []
        ops = size = 0
        while self._pending and ops < MOST_OPS and size < MOST_BYTES:
            request = self._pending.popleft()
            taken.append(request)
            ops += len(request.pushed)
            size += sum(len(one.op.payload) for one in request.pushed)
        if not self._pending:
            self._some.clear()
        return taken

    async def _check(self, requests: Sequence[_Request]) -> None:
        pushed = [one for request in requests for one in request.pushed]
        found = iter(await self._found(pushed))
        for request in requests:
            request.items = [Item(one, next(found)) for one in request.pushed]

    async def _found(self, pushed: Sequence[Pushed]) -> list[Read | Refusal]:
        """Check all at once; should one of them break the whole, each by itself."""
        try:
            return await _patiently(lambda: self._checking.all(pushed))
        except (BeffroiError, Refused):
            raise
        except Exception:  # noqa: BLE001 - one bad operation must not stop the others
            if len(pushed) == 1:
                _log.exception("operation %r broke the check", pushed[0].op.op_id[:64])
                return [Refusal("payload")]
        return [found for one in pushed for found in await self._found([one])]

    async def _append_lane(self) -> None:
        while True:
            requests = await self._checked.get()
            items = [item for request in requests for item in request.items]
            try:
                await self._enter(items)
            except asyncio.CancelledError:
                _fail(requests, busy())
                raise
            except Exception as error:  # noqa: BLE001 - told to those who wait
                _fail(requests, _told(error))
            else:
                self._answer(requests)

    async def _enter(self, items: Sequence[Item]) -> None:
        """Take `items` in together; should one of them break the whole, each by itself."""
        try:
            await _patiently(partial(self._entering.take, items))
        except (BeffroiError, Stale, Refused):
            raise
        except Exception:  # noqa: BLE001 - one bad operation must not stop the others
            _log.exception("a batch broke: its operations enter one by one")
            for item in items:
                await self._alone(item)

    async def _alone(self, item: Item) -> None:
        try:
            await _patiently(partial(self._entering.take, [item]))
        except (BeffroiError, Stale, Refused):
            raise
        except Exception:  # noqa: BLE001 - whatever it holds, it stops nobody
            _log.exception("operation %s broke the ledger's door", item.pushed.op.op_id[:64])
            item.found = Refusal("payload")
            await _patiently(partial(self._entering.take, [item]))

    def _answer(self, requests: Sequence[_Request]) -> None:
        for request in requests:
            outcomes = [item.outcome for item in request.items if item.outcome is not None]
            refused = sum(outcome.status == "refused" for outcome in outcomes)
            self.refused += refused
            self.kept += len(outcomes) - refused
            if not request.done.done():
                request.done.set_result(outcomes)


async def _patiently(work: Callable[[], Awaitable[T]]) -> T:
    """What `work` gives, tried again while the database is away: pushing twice is harmless."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return await work()
        except Unavailable:
            if time.monotonic() > until:
                raise
            await asyncio.sleep(PAUSE_S)


def _told(error: Exception) -> Refused:
    """What a caller hears of a failure; one that is our own fault is logged, and tried again."""
    match error:
        case Refused():
            return error
        case Full():
            return Refused(507, "full", str(error), FULL_RETRY_S)
        case Unavailable() | Stale():
            return busy()
        case BeffroiError():
            return Refused(503, "busy", str(error), FULL_RETRY_S)
        case _:
            _log.error("a batch was not taken in", exc_info=error)
            return busy()


def _fail(requests: Iterable[_Request], error: Exception) -> None:
    for request in requests:
        if not request.done.done():
            request.done.set_exception(error)
