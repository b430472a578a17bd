"""A desk at work in tests: its profile, its sync engine on a thread of its own, what it was told."""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from beffroi.journal import Identity
from beffroi.logbook.content import Content
from beffroi.logbook.entry import Entry
from beffroi.node import Node
from beffroi.sync.announcing import announce
from beffroi.sync.cache import Cache
from beffroi.sync.engine import Engine
from beffroi.sync.lane import Lane
from beffroi.sync.opening import Opened, open_joined
from beffroi.sync.reporting import Reporter
from beffroi.sync.routes import Hub
from beffroi.sync.skew import Skew
from beffroi.sync.status import Asked, Changed, Link, LinkStatus, Told
from beffroi.sync.upstream import station_of

T = TypeVar("T")
T2 = TypeVar("T2", bound=Told)


class Desk:
    """An open joined profile, and its engine when it runs."""

    def __init__(self, folder: Path, account: str, secret: str, url: str = "") -> None:
        self.folder = folder
        self.account = account
        self.url = url
        self.opened: Opened = open_joined(folder, account, secret)
        self.told: list[Told] = []
        self.failure: BaseException | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._engine: Engine | None = None

    @property
    def node(self) -> Node:
        return self.opened.node

    @property
    def who(self) -> Identity:
        return self.node.who

    def publish(self, description: str, **more: object) -> Entry:
        entry = self.node.logbook.publish(content(description, **more), self.who)
        self.poke()
        return entry

    # The engine

    def _made(self, lane: Lane, cache: Cache) -> Engine:
        station = station_of(self.folder)
        skew = Skew(cache.clock.source)
        hub = Hub(self.url or station.url, station.context(), skew)
        return Engine(cache, lane, Reporter(self._hear, skew), hub, self.opened.start())

    def _hear(self, message: Told) -> None:
        self.told.append(message)
        if isinstance(message, Changed):
            announce(message, self.node)

    def once(self) -> None:
        """Exchange everything once."""

        async def work(lane: Lane, cache: Cache) -> None:
            await self._made(lane, cache).once()

        self._with_cache(work)

    def _with_cache(self, work: Callable[[Lane, Cache], object]) -> None:
        lane = Lane()
        cache = Cache(self.folder, self.opened.key)
        try:
            asyncio.run(work(lane, cache))  # type: ignore[arg-type]
        finally:
            lane.close()
            cache.close()

    @contextlib.contextmanager
    def running(self) -> Iterator["Desk"]:
        """The engine runs beside."""
        self.failure = None
        self.told.clear()
        ready = threading.Event()
        task: list[asyncio.Task[None]] = []

        async def work(lane: Lane, cache: Cache) -> None:
            self._loop = asyncio.get_running_loop()
            self._engine = self._made(lane, cache)
            task.append(asyncio.create_task(self._engine.run()))
            ready.set()
            try:
                await task[0]
            except asyncio.CancelledError:
                pass
            except BaseException as error:  # noqa: BLE001
                self.failure = error

        thread = threading.Thread(target=self._with_cache, args=(work,))
        thread.start()
        assert ready.wait(10)
        try:
            yield self
        finally:
            if self._loop is not None and not self._loop.is_closed():
                with contextlib.suppress(RuntimeError):
                    self._loop.call_soon_threadsafe(task[0].cancel)
            thread.join(10)
            assert not thread.is_alive(), "the engine does not stop"
            self._loop = self._engine = None

    def ask(self, ask: Asked) -> None:
        assert self._loop is not None
        assert self._engine is not None
        self._loop.call_soon_threadsafe(self._engine.ask, ask)

    def poke(self) -> None:
        from beffroi.sync.status import Poke

        if self._loop is not None:
            self.ask(Poke())

    # What one sees

    @property
    def status(self) -> LinkStatus:
        links = [m for m in self.told if isinstance(m, Link)]
        return links[-1].status if links else LinkStatus()

    def heard(self, kind: type[T2]) -> list[T2]:
        return [m for m in self.told if isinstance(m, kind)]

    def texts(self) -> list[str]:
        """The descriptions of all entries here, in the order of their numbers."""
        with self.node.store.read() as connection:
            rids = [
                r[0] for r in connection.execute("SELECT rid FROM entry ORDER BY journal, number")
            ]
        return [entry.content.text for entry in self.node.logbook.entries(rids)]

    def tables(self) -> dict[str, list[tuple[object, ...]]]:
        """What every node must agree on."""
        with self.node.store.read() as connection:
            return {
                name: sorted(connection.execute(sql).fetchall())
                for name, sql in {
                    "entries": "SELECT uid, journal, number, version, lifecycle, content FROM entry",
                    "links": "SELECT source, kind, target FROM entry_link",
                }.items()
            }

    def close(self) -> None:
        self.node.close()


def content(description: str, **more: object) -> Content:
    return Content(text=description, **more)  # type: ignore[arg-type]
