"""The fan-out: what the ledger takes in reaches every connected desktop that may see it.

One task follows the ledger, one listens to the other replicas, one shows who is where.  Several
operations within a moment are one message, encoded once for each rights group.
"""

import asyncio
import contextlib
import logging
import uuid
from collections.abc import Callable, Coroutine, Iterable, Sequence

from beffroi.clock import Clock
from beffroi.sync import wire
from hub.live.desks import Desks
from hub.live.frames import HEARTBEAT, encoded, frame
from hub.live.listener import Listener
from hub.live.topic import Topic
from hub.live.words import DeskWord, SeenWord, Word, hear, parts, say
from hub.ports import Announcer, Caller, Ledger
from hub.scope import Scope

_log = logging.getLogger(__name__)
COALESCE_S = 0.06
TICK_S = 1.0
HEARTBEAT_S = 15.0
RETRY_S = 1.0
TAIL = 2_000


class Fanout:
    """Every live stream of this replica."""

    def __init__(self, ledger: Ledger, announcer: Announcer, clock: Clock) -> None:
        self._ledger = ledger
        self._announcer = announcer
        self._clock = clock
        self._replica = uuid.uuid4().hex
        self._topics: dict[Scope, Topic] = {}
        self._desks = Desks()
        self._seen: list[SeenWord] = []
        self._observed: set[str] = set()
        self._to_poke: set[str] = set()
        self._to_say: list[DeskWord | SeenWord] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._poked = asyncio.Event()
        self._ended = False
        self.head = 0
        self.delivered = 0
        self.dropped = 0

    async def start(self) -> None:
        """Follow the ledger from where it stands now, until `stop`."""
        self.head, self._ended = await self._ledger.head(), False
        self._tasks = [
            asyncio.create_task(_lasting(work), name=f"fanout {work.__name__}")
            for work in (self._watch, self._follow, self._hear, self._show, self._beat)
        ]

    async def stop(self) -> None:
        """End every stream; desktops come back to another replica or later."""
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self._tasks = []
        self.end_all()

    def end_all(self) -> None:
        """Let every desktop go, once it was sent what waits."""
        self._ended = True
        for listener in self._listeners():
            listener.end()

    @property
    def connected(self) -> int:
        """How many desktops listen here."""
        return sum(len(topic.listeners) for topic in self._topics.values())

    def join(self, caller: Caller, scope: Scope, desk: DeskWord) -> Listener:
        """A desktop listens from now on."""
        now = self._clock.now()
        topic = self._topics.get(scope)
        if topic is None:
            topic = self._topics[scope] = Topic(scope, self.head)
        listener = Listener(caller, scope, now)
        topic.greet(listener, now)
        if (word := self._desks.arrive(desk, now)) is not None:
            self._to_say.append(word)
        if self._ended:
            listener.end()
        return listener

    def leave(self, listener: Listener) -> None:
        """A desktop listens no more."""
        listener.end()
        scope, caller = listener.scope, listener.caller
        self._desks.leave(scope.workspace, (caller.account, caller.station), self._clock.now())
        topic = self._topics[scope]
        topic.leave(listener)
        if not topic.listeners:
            del self._topics[scope]

    def move(self, word: DeskWord) -> None:
        """Someone looks at something else."""
        if self._desks.hear(word, self._clock.now()):
            self._to_say.append(word)

    def read(self, words: Sequence[SeenWord]) -> None:
        """Someone has read entries."""
        self._seen.extend(words)
        self._to_say.extend(words)

    def observed(self, buckets: Iterable[str]) -> None:
        """Sources that lie in `buckets` told something new."""
        self._observed.update(buckets)
        self._to_poke.update(buckets)

    def rights_changed(self, account: str = "") -> None:
        """Let the desktops of `account` (all when empty) ask anew what they may see.

        Nothing is sent to them until they did.
        """
        for listener in self._listeners():
            if account in ("", listener.caller.account):
                listener.drop(frame(wire.Event(rights=True)))

    def end_session(self, session: str) -> None:
        """Close the streams of a session."""
        for listener in self._listeners():
            if listener.caller.session == session:
                listener.drop(b"")

    def revoke_device(self, device: str) -> None:
        """Tell the desktops of a device that it is out, and close."""
        for listener in self._listeners():
            if listener.caller.device == device:
                listener.drop(frame(wire.Event(revoked=True)))

    def _listeners(self) -> list[Listener]:
        return [one for topic in self._topics.values() for one in topic.listeners]

    async def _say(self, word: Word) -> None:
        with contextlib.suppress(Exception):
            await self._announcer.announce(say(word))

    async def _watch(self) -> None:
        async for _position in self._ledger.listen():
            self._poked.set()

    async def _follow(self) -> None:
        self._poked.set()  # after a failure, what was being sent is not forgotten
        while True:
            await self._poked.wait()
            await asyncio.sleep(COALESCE_S)
            self._poked.clear()
            while await self._advance():
                pass

    async def _advance(self) -> bool:
        """Send what the ledger has beyond what was sent; whether there may be more."""
        page = await self._ledger.tail(self.head, TAIL)
        if page.reached <= self.head:
            return False
        self._desks.hide(record.remove for record in page.records if record.remove)
        ready = encoded(page.records)
        self.head, now = page.reached, self._clock.now()
        for topic in list(self._topics.values()):
            self.delivered += topic.grow(ready, self.head, now)
        return page.more

    async def _hear(self) -> None:
        async for text in self._announcer.announcements():
            word = hear(text)
            if word is None or word.origin == self._replica:
                continue
            self._seen.extend(word.seen)
            self._observed.update(word.observed)
            for desk in word.desks:
                self._desks.hear(desk, self._clock.now())

    async def _show(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            now = self._clock.now()
            self._to_say += [*self._desks.gone(now), *self._desks.renewals(now)]
            seen, self._seen = self._seen, []
            observed, self._observed = self._observed, set()
            moved = self._desks.moved()
            for topic in list(self._topics.values()):
                where = topic.scope.workspace
                read = [word for word in seen if word.workspace == where]
                present = self._desks.present(where) if topic.has_newcomers else ()
                topic.show(present, moved.get(where, ()), read, now)
                topic.poke(observed)
            await self._spread()

    async def _spread(self) -> None:
        words, self._to_say = self._to_say, []
        for desks in parts(word for word in words if isinstance(word, DeskWord)):
            await self._say(Word(origin=self._replica, desks=desks))
        for seen in parts(word for word in words if isinstance(word, SeenWord)):
            await self._say(Word(origin=self._replica, seen=seen))
        buckets, self._to_poke = self._to_poke, set()
        for observed in parts(sorted(buckets)):
            await self._say(Word(origin=self._replica, observed=observed))

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_S)
            self.beat()

    def beat(self) -> None:
        """Show every desktop that its stream lives."""
        for topic in list(self._topics.values()):
            topic.send(HEARTBEAT)


async def _lasting(work: Callable[[], Coroutine[None, None, None]]) -> None:
    """Run `work` for ever: a database that is away for a moment does not end the fan-out."""
    while True:
        try:
            await work()
        except Exception as error:  # noqa: BLE001  whatever it was, the streams go on
            _log.warning("the fan-out begins again: %s", type(error).__name__, exc_info=True)
            await asyncio.sleep(RETRY_S)
