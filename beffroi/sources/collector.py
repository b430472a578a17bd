"""Follows all sources side by side: each in a task of its own, none can hold up another."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import msgspec

from beffroi.errors import BeffroiError
from beffroi.observations import Observations, SourceState, Try
from beffroi.sources import health
from beffroi.sources.definition import Source
from beffroi.sources.following import Following
from beffroi.sources.means import Means
from beffroi.sources.orders import HealthChanged, Moved, Notice, Told
from beffroi.text import _

_log = logging.getLogger(__name__)
LOOK_S = 2.0
"""How often silences are looked for."""
TELL_S = 0.5
"""How often what happened is written down and told, all of it at once."""
RETAIN_S = 600.0
MAX_SOURCES = 1_000
Tell = Callable[[Told], None]
R = TypeVar("R")


class Collector:
    """Runs the sources that `sources` lists; what happens is given to `tell`, once each."""

    def __init__(
        self,
        observations: Observations,
        tell: Tell,
        sources: Callable[[], Iterable[Source]],
        elsewhere: Callable[[], set[str]] = set,
    ) -> None:
        """`elsewhere` lists uids that somebody else (a hub) follows for us: they are left alone."""
        self._observations = observations
        self._tell = tell
        self._sources = sources
        self._elsewhere = elsewhere
        self._left_alone: set[str] = set()
        self._listed: dict[str, Source] = {}
        self._turn = asyncio.Lock()
        self._retain_at = 0.0
        self._followed: dict[str, tuple[Following, asyncio.Task[None]]] = {}
        self._states: dict[str, SourceState] = {}
        self._unsaved: set[str] = set()
        self._tried: dict[str, Try] = {}
        self._moved: dict[str, int] = {}
        self._lane = ThreadPoolExecutor(1, "states")
        self._means: Means | None = None

    # What sources tell (Listener) ----------------------------------------------------------------

    def state(self, source: str, state: SourceState, notice: str) -> None:
        """Kept, then told, with others; a notice is told at once."""
        before = self._states.get(source)
        if before is None or state.last_try != before.last_try:
            self._tried[source] = _try_of(state)
        self._states[source] = state
        self._unsaved.add(source)
        if notice:
            self._tell(Notice(source=source, sentence=notice, good=state.health == "ok"))

    def moved(self, source: str, seq: int) -> None:
        """Told with others, twice a second at most."""
        self._moved[source] = seq

    # Running -------------------------------------------------------------------------------------

    async def run(self, means: Means) -> None:
        """Follow until cancelled."""
        self._means = means
        self._states = await self._on_lane(self._observations.states)
        await self.reload()
        try:
            await asyncio.gather(self._watch(), self._relay())
        finally:
            for _following, task in self._followed.values():
                task.cancel()
            tasks = [task for _following, task in self._followed.values()]
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._on_lane(self._save)
            self._lane.shutdown()

    async def reload(self, uids: Iterable[str] = ()) -> None:
        """Take up what was made or changed, leave what was removed; all when none is named."""
        async with self._turn:
            await self._reload(uids)

    async def _reload(self, uids: Iterable[str]) -> None:
        found = {source.uid: source for source in await self._on_lane(_listed, self._sources)}
        self._left_alone = await self._on_lane(self._elsewhere)
        self._listed = found
        named = set(uids)
        for uid in named or {*self._followed, *found}:
            source = found.get(uid)
            if source is None:
                await self._leave(uid, forget=True)
            elif uid in self._left_alone:
                await self._leave(uid)
            elif uid not in self._followed or self._followed[uid][0].source != source:
                await self._leave(uid)
                self._follow(source)

    async def retry(self, uid: str) -> None:
        """Ask a source now; one that was suspended is taken up again."""
        if uid in self._followed and self._states.get(uid, SourceState()).health == "suspended":
            await self.resume(uid)
        if uid in self._followed:
            self._followed[uid][0].poke()

    async def suspend(self, uid: str) -> None:
        """Ask a source no more."""
        async with self._turn:
            await self._suspend(uid)

    async def _suspend(self, uid: str) -> None:
        if uid not in self._followed or self._means is None:
            return
        following = self._followed[uid][0]
        await self._leave(uid)
        state = health.suspended(following.source, following.state, self._means.clock.now())
        self.state(uid, state, "")
        self._follow(following.source)

    async def resume(self, uid: str) -> None:
        """Ask a source again."""
        async with self._turn:
            await self._resume(uid)

    async def _resume(self, uid: str) -> None:
        if uid not in self._followed or self._means is None:
            return
        following = self._followed[uid][0]
        await self._leave(uid)
        self.state(uid, health.resumed(following.state, self._means.clock.now()), "")
        self._follow(following.source)

    def _follow(self, source: Source) -> None:
        if self._means is None or len(self._followed) >= MAX_SOURCES:
            return
        following = Following(source, self._states.get(source.uid, SourceState()), self._means)
        task = asyncio.create_task(self._followed_to_the_end(following), name=source.uid)
        self._followed[source.uid] = (following, task)

    async def _followed_to_the_end(self, following: Following) -> None:
        """A source that cannot even be begun is told, and harms no other."""
        try:
            await following.run()
        except BeffroiError as error:
            sentence = str(error)
        except Exception:  # noqa: BLE001 - one source must not end the others; it is logged
            _log.exception("a source ended on a bug")
            sentence = _("Cette source n’a pas pu être lue\u00a0: prévenez qui maintient Beffroi.")
        else:
            return
        state = health.stopped(following.state, sentence, following.now())
        self.state(following.source.uid, state, "")

    async def _leave(self, uid: str, *, forget: bool = False) -> None:
        known = self._followed.pop(uid, None)
        if known is not None:
            known[1].cancel()
            await asyncio.gather(known[1], return_exceptions=True)
        if forget:
            self._unsaved.discard(uid)
            self._tried.pop(uid, None)
            self._states.pop(uid, None)
            if await self._on_lane(self._observations.drop, uid):
                self.moved(uid, 0)

    # Beside them ---------------------------------------------------------------------------------

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(LOOK_S)
            if await self._on_lane(self._elsewhere) != self._left_alone:
                await self.reload()
            for following, _task in self._followed.values():
                following.look()
            await self._look_elsewhere()
            await self._retain()

    async def _look_elsewhere(self) -> None:
        """What the hub follows for us, and says nothing of any more, is late."""
        if self._means is None or not self._left_alone:
            return
        known, now = await self._on_lane(self._observations.states), self._means.clock.now()
        for uid in self._left_alone & known.keys() & self._listed.keys():
            state = health.unheard(self._listed[uid], known[uid], now)
            if state != known[uid]:
                self._states[uid] = state
                self._unsaved.add(uid)

    async def _retain(self) -> None:
        """What is too old goes even if its source is never asked again."""
        now = asyncio.get_running_loop().time()
        if self._means is None or now < self._retain_at:
            return
        self._retain_at = now + RETAIN_S
        for following, _task in list(self._followed.values()):
            with contextlib.suppress(BeffroiError):
                await self._means.retain(following.source)

    async def _relay(self) -> None:
        while True:
            await asyncio.sleep(TELL_S)
            for uid, state in (await self._on_lane(self._save)).items():
                shown = msgspec.structs.replace(state, memory={}, schema=[])
                self._tell(HealthChanged(source=uid, state=shown))
            moved, self._moved = self._moved, {}
            for uid, seq in moved.items():
                self._tell(Moved(source=uid, seq=seq))

    def _save(self) -> dict[str, SourceState]:
        """Write down what is not yet; a full disk is for later, and no reason to stop."""
        unsaved, self._unsaved = self._unsaved, set()
        tried, self._tried = self._tried, {}
        states = {uid: self._states[uid] for uid in unsaved if uid in self._states}
        if states:
            try:
                self._observations.put_states(states, tried)
            except BeffroiError as error:
                _log.warning("states of sources are not written: %s", error)
        return states

    async def _on_lane(self, work: Callable[..., R], *given: object) -> R:
        return await asyncio.get_running_loop().run_in_executor(self._lane, work, *given)


def _try_of(state: SourceState) -> Try:
    return Try(
        at=state.last_try, ok=not state.failures, took_ms=state.took_ms, bytes=state.bytes,
        count=state.history[-1] if state.history and not state.failures else 0,
        sentence=state.sentence if state.failures else "",
    )  # fmt: skip


def _listed(sources: Callable[[], Iterable[Source]]) -> list[Source]:
    return list(sources())
