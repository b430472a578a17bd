"""Follows one source: asks it at its pace, or listens to it, whatever happens to the others."""

import asyncio
import hashlib
import logging
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass

import msgspec

from beffroi.errors import BeffroiError
from beffroi.observations import SourceState
from beffroi.plugin import Call, Fetched
from beffroi.plugin.later import Gone, Later
from beffroi.sources import health
from beffroi.sources.definition import KEPT, Source
from beffroi.sources.gathering import gathered, opened
from beffroi.sources.health import Failure, Success
from beffroi.sources.intake import Taken, together
from beffroi.sources.means import Means
from beffroi.sources.transports import Transport, transport_of
from beffroi.text import _

_log = logging.getLogger(__name__)
LIMIT_S = 30.0
"""How long a turn may take to fetch; a source asked more often has its period."""
LEAST_LIMIT_S = 10.0
STEADY_S = 60.0
"""A stream that stood for so long did not fail when it ends."""
_FAR_S = 86_400.0
"""No turn is put off for longer, save that of a source asked less often."""


@dataclass(slots=True)
class _Sum:
    """What the deliveries of one turn brought together."""

    changed: int | None = None
    count: int = 0
    bytes: int = 0
    newest: int | None = None
    problem: str = ""

    def add(self, taken: Taken) -> None:
        self.bytes += taken.bytes
        if taken.put is None:
            return
        self.changed = (self.changed or 0) + taken.put.new + taken.put.changed + taken.put.gone
        self.count += taken.count
        self.problem = self.problem or taken.problem
        self.newest = max((t for t in (self.newest, taken.newest) if t is not None), default=None)


class Following:
    """One source and its state.  `run` until it is cancelled."""

    def __init__(self, source: Source, state: SourceState, means: Means) -> None:
        self.source = source
        self.state = _as_configured(source, state, means.clock.now())
        self._means = means
        self._poke = asyncio.Event()

    def now(self) -> int:
        """The present moment, UTC ms."""
        return self._means.clock.now()

    def poke(self) -> None:
        """Ask now, without waiting."""
        self._poke.set()

    async def run(self) -> None:
        """Turn after turn; what goes wrong in one is told, and the next one comes."""
        if not self.source.enabled or self._is_suspended():
            self._tell(health.suspended(self.source, self.state, self.now()))
            return
        transport = None if self.source.transport in KEPT else transport_of(self.source.transport)
        await self._sleep_until_due()
        while True:
            await self._turn(transport)
            if self._is_suspended():
                return
            await self._rest(stream=bool(transport and transport.STREAM))

    def _is_suspended(self) -> bool:
        return self.state.health == "suspended"

    # One turn ------------------------------------------------------------------------------------

    async def _turn(self, transport: Transport | None) -> None:
        await self._tried(transport)
        try:
            await self._means.retain(self.source)
        except BeffroiError as error:
            _log.warning("retention waits: %s", error)

    async def _tried(self, transport: Transport | None) -> None:
        began = self._means.clock.now()
        try:
            if transport is None:
                await self._took_kept(began)
            elif transport.STREAM:
                await self._listen(transport)
            else:
                await self._fetch(transport, began)
        except BeffroiError as error:
            self._failed(error, began)
        except (OSError, TimeoutError) as error:
            _log.warning("a source ended on %r", error)
            self._failed(
                BeffroiError(_("La liaison s’est interrompue\u00a0: elle est reprise.")), began
            )
        except Exception:  # noqa: BLE001 - a plugin's bug: logged, told, and the next turn comes
            _log.exception("the transport %s failed", self.source.transport)
            self._failed(
                BeffroiError(
                    _("Cette source n’a pas pu être lue\u00a0: prévenez qui maintient Beffroi.")
                ),
                began,
            )

    async def _fetch(self, transport: Transport, began: int) -> None:
        """One turn of a transport with an end.

        Of several separate deliveries (letters, files), one that cannot be read is passed over.
        """
        sum_, refused, read = _Sum(), None, 0
        limit_s = max(LEAST_LIMIT_S, min(LIMIT_S, float(self.source.refresh_s or LIMIT_S)))
        async with opened(transport, self._call(self.state.memory, limit_s)) as deliveries:
            async for fetched in deliveries:
                try:
                    sum_.add(await self._take(fetched))
                    read += 1
                except BeffroiError as error:
                    if not getattr(transport, "MANY", False):
                        raise
                    refused = refused or error
                    self.state = msgspec.structs.replace(self.state, memory=fetched.memory)
        if refused and not read:
            raise refused
        if not read:
            await self._means.confirm(self.source)
        sum_.problem = str(refused) if refused else sum_.problem
        self._succeeded(sum_, began)

    async def _took_kept(self, began: int) -> None:
        data = await self._means.kept(self.source.attachment)
        sum_ = _Sum()
        sum_.add(
            await self._take(Fetched(data=data, name=str(self.source.options.get("name", ""))))
        )
        self._succeeded(sum_, began)

    async def _listen(self, transport: Transport) -> None:
        """Messages gathered over a moment, for as long as they come."""
        began = asyncio.get_running_loop().time()
        try:
            async with (
                opened(transport, self._call({}, 0.0)) as deliveries,
                aclosing(gathered(deliveries)) as batches,
            ):
                async for batch in batches:
                    await self._take_batch(batch)
                    self.state = msgspec.structs.replace(self.state, digest="")
        finally:
            if asyncio.get_running_loop().time() - began >= STEADY_S:
                self.state = msgspec.structs.replace(self.state, failures=0)

    async def _take_batch(self, batch: Sequence[Fetched]) -> None:
        began, sum_ = self._means.clock.now(), _Sum()
        joined = together(batch)
        try:
            if joined is None:
                raise BeffroiError
            sum_.add(await self._take(joined))
        except BeffroiError:
            if len(batch) == 1:
                raise
            for one in batch:
                sum_.add(await self._take(one))
        self._succeeded(sum_, began)
        await self._means.retain(self.source)

    async def _take(self, fetched: Fetched) -> Taken:
        taken = await self._means.take(self.source, self.state, fetched)
        self.state = msgspec.structs.replace(
            self.state,
            memory=fetched.memory or self.state.memory,
            digest=taken.digest,
            format=taken.plugin or self.state.format,
            schema=list(taken.shape) or self.state.schema,
            snapshot=taken.snapshot if taken.put is not None else self.state.snapshot,
        )
        if taken.put is not None and taken.put.moved:
            self._means.moved(self.source.uid, taken.put.seq)
        return taken

    def _call(self, memory: dict[str, str], limit_s: float) -> Call:
        return Call(
            address=self.source.address, door=self._means.door, options=self.source.options,
            memory=memory, secret=self._means.secret(self.source), limit_s=limit_s,
        )  # fmt: skip

    # What it makes of the state ------------------------------------------------------------------

    def _succeeded(self, sum_: _Sum, began: int) -> None:
        now = self._means.clock.now()
        told = Success(
            at=now, took_ms=now - began, changed=sum_.changed, count=sum_.count, bytes=sum_.bytes,
            newest=sum_.newest, problem=sum_.problem if sum_.changed is not None else self.state.problem,
        )  # fmt: skip
        self._step(health.succeeded(self.source, self.state, told))

    def _failed(self, error: BeffroiError, began: int) -> None:
        now = self._means.clock.now()
        told = Failure(
            at=now, took_ms=now - began, sentence=str(error), for_good=isinstance(error, Gone),
            last=self._is_asked_by_hand(),
        )  # fmt: skip
        wait = error.wait_s if isinstance(error, Later) else 0.0
        pause = self._means.pace.retry_s(self.source.refresh_s, self.state.failures + 1, wait)
        self.state = msgspec.structs.replace(
            self.state, next_at=0 if told.last else now + round(pause * 1000)
        )
        self._step(health.failed(self.source, self.state, told))

    def look(self) -> None:
        """Whether it has been silent for too long, between two turns or while one listens."""
        state, notice = health.looked_at(self.source, self.state, self._means.clock.now())
        if state != self.state:
            self.state = state
            self._means.tell_state(self.source.uid, state, notice)

    def _step(self, step: health.Step) -> None:
        self.state, notice = step
        if not self.state.failures:
            pause = self._means.pace.next_s(self.source.refresh_s)
            due = self.state.last_try + round(pause * 1000) if self.source.refresh_s else 0
            self.state = msgspec.structs.replace(self.state, next_at=due)
        self._tell(self.state, notice)

    def _tell(self, state: SourceState, notice: str = "") -> None:
        self._means.tell_state(self.source.uid, state, notice)

    # Waiting -------------------------------------------------------------------------------------

    def _is_asked_by_hand(self) -> bool:
        """Whether no next turn comes by itself."""
        if self.source.transport in KEPT:
            return True
        return not self.source.refresh_s and not transport_of(self.source.transport).STREAM

    async def _sleep_until_due(self) -> None:
        """Before the first turn: when it was due, or soon; by hand only if never tried.

        What is due in a very long time was written before the clock was set back: it is due now.
        """
        if self._is_asked_by_hand() and self.state.last_try:
            await self._poked()
            return
        left_s = (self.state.next_at - self._means.clock.now()) / 1000
        believed = 0 < left_s <= max(_FAR_S, 2 * self.source.refresh_s)
        await self._poked(left_s if believed else self._means.pace.first_s(self.source.refresh_s))

    async def _rest(self, *, stream: bool) -> None:
        if not self.state.next_at:
            await self._poked(self._means.pace.retry_s(0, 1) if stream else None)
            return
        await self._poked(max(0.0, (self.state.next_at - self._means.clock.now()) / 1000))

    async def _poked(self, within_s: float | None = None) -> None:
        try:
            async with asyncio.timeout(within_s):
                await self._poke.wait()
        except TimeoutError:
            return
        finally:
            self._poke.clear()


def _as_configured(source: Source, state: SourceState, now: int) -> SourceState:
    """The state, without what it remembers of another address or another way of reading."""
    told = (source.transport, source.address, source.format, source.options, source.mapping,
            source.attachment)  # fmt: skip
    config = hashlib.sha256(msgspec.msgpack.encode(told)).hexdigest()[:16]
    if state.config == config:
        return state
    fresh = msgspec.structs.replace(
        state, config=config, memory={}, digest="", format="", schema=[], problem="", since=now
    )
    return fresh if state.by_hand else health.resumed(fresh, now)
