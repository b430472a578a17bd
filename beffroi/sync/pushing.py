"""Sends what was written here, oldest first: nothing is lost, and nothing blocks what is behind it.

An operation leaves the outbox only in the transaction that writes the hub's answer down.  Sending
one again is harmless: the hub knows it by its id.
"""

import asyncio
import logging
from collections.abc import Sequence

import httpx

from beffroi.sync import wire
from beffroi.sync.cache import Cache
from beffroi.sync.lane import Lane
from beffroi.sync.reporting import Reporter
from beffroi.sync.routes import Hub
from beffroi.sync.status import Delivered, Notice
from beffroi.sync.together import set_within
from beffroi.sync.trouble import HubRefused, garbled
from beffroi.text import _

_log = logging.getLogger(__name__)
LOOK_AGAIN_S = 5.0
_ABOUT_CONTENT = (
    httpx.codes.BAD_REQUEST,
    httpx.codes.REQUEST_ENTITY_TOO_LARGE,
    httpx.codes.UNPROCESSABLE_ENTITY,
)
_FRAME_BYTES = 1000


class Pusher:
    """Empties the outbox of one profile.  `wake` says that something was written."""

    def __init__(self, hub: Hub, cache: Cache, lane: Lane, report: Reporter) -> None:
        self._hub = hub
        self._cache = cache
        self._lane = lane
        self._report = report
        self.wake = asyncio.Event()
        self.idle = asyncio.Event()
        self.sent = 0

    async def run(self) -> None:
        """Send whatever is written, at once, for ever."""
        while True:
            self.wake.clear()
            await self.empty()
            self.idle.set()
            await set_within(self.wake, LOOK_AGAIN_S)

    async def empty(self) -> None:
        """Send until nothing waits.

        Raises:
            HubUnreachable: the link broke; what was not answered will be sent again.
            HubRefused: the hub does not let us send.
        """
        while ops := await self._lane.run(self._cache.outbox):
            await self._keep(ops, await self._answered(ops))

    async def _answered(self, ops: Sequence[wire.Op]) -> list[wire.Outcome]:
        """What became of `ops`; a batch that the hub cannot read is halved until one is left."""
        if len(ops) == 1 and _size(ops[0]) > wire.MAX_OP_BYTES:
            return [_refused(ops[0], "too_big")]
        try:
            return await self._hub.push(list(ops))
        except HubRefused as no:
            if no.status not in _ABOUT_CONTENT:
                raise
            if len(ops) == 1:
                _log.warning("operation %s: the hub cannot read it (%s)", ops[0].op_id, no.code)
                big = no.status == httpx.codes.REQUEST_ENTITY_TOO_LARGE
                return [_refused(ops[0], "too_big" if big else "payload")]
        half = len(ops) // 2
        return [*await self._answered(ops[:half]), *await self._answered(ops[half:])]

    async def _keep(self, ops: Sequence[wire.Op], outcomes: list[wire.Outcome]) -> None:
        known = {op.op_id: op.entity for op in ops}
        sound = [o for o in outcomes if o.op_id in known and (o.status == "refused" or o.seq > 0)]
        if not sound:
            raise garbled()
        changed = await self._lane.run(self._cache.acknowledge, sound)
        self.sent += len(sound)
        waiting, quarantined = await self._lane.run(self._cache.counts)
        self._report.counts(waiting, quarantined)
        if changed is not None:
            self._report.tell(changed)
        entities = sorted({known[outcome.op_id] for outcome in sound})
        self._report.tell(
            Delivered(deliveries=await self._lane.run(self._cache.deliveries, entities))
        )
        self._tell_refusals(sum(outcome.status == "refused" for outcome in sound))

    def _tell_refusals(self, count: int) -> None:
        if count:
            self._report.tell(
                Notice(
                    code="quarantine",
                    sentence=_(
                        "Le hub a mis de côté ce qu’il ne peut pas accepter\u00a0: "
                        "voyez «\u202fÀ départager\u202f», rien n’est perdu."
                    ),
                )
            )


def _size(op: wire.Op) -> int:
    return len(op.payload) + _FRAME_BYTES


def _refused(op: wire.Op, why: str) -> wire.Outcome:
    return wire.Outcome(op_id=op.op_id, status="refused", why=why)
