"""A TCP proxy between a desktop and its hub that does what bad networks do, on command.

TLS goes through untouched, so what is cut is cut anywhere: in a request, in an answer, in between.
Delays are drawn per connection and per block: requests on different connections overtake each
other, which is the only reordering that TCP lets an application see.
"""

import asyncio
import random
import threading
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Any, Self

BLOCK = 16_384


@dataclass(frozen=True, slots=True, kw_only=True)
class Weather:
    """What the network does now.

    `cut_after` closes a connection once that many bytes have gone through it, both ways counted;
    `dark` swallows bytes without closing anything, as a dead router does.
    """

    up: bool = True
    dark: bool = False
    delay_s: tuple[float, float] = (0.0, 0.0)
    cut_after: tuple[int, int] | None = None
    bytes_per_s: int = 0


@dataclass(slots=True, eq=False)
class _Line:
    budget: int | None
    writers: list[asyncio.StreamWriter] = field(default_factory=list)


class Proxy:
    """Listens on `port`, forwards to `target`; every command takes effect at once."""

    def __init__(self, target: tuple[str, int], *, port: int = 0, seed: int = 0) -> None:
        self.target = target
        self.port = port
        self.weather = Weather()
        self.cuts = 0
        self.connections = 0
        self._chance = random.Random(seed)
        self._lines: set[_Line] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: asyncio.Server | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        self._do(self._listen())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._do(self._leave())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    # Commands

    def cut(self) -> None:
        """The cable is out: what is open breaks, what comes is refused."""
        self.weather = replace(self.weather, up=False)
        self._do(self._break_all())

    def mend(self) -> None:
        """Good weather again."""
        self.weather = Weather()
        self._do(self._break_all())  # bytes that were swallowed never come back

    def set(self, **changes: Any) -> None:
        """Change some of the weather."""
        self.weather = replace(self.weather, **changes)

    def break_connections(self) -> None:
        """Break what is open; new connections go through."""
        self._do(self._break_all())

    # Inside

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port or 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _leave(self) -> None:
        if self._server is not None:
            self._server.close()
        await self._break_all()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0.01)  # let the transports that were aborted close

    async def _break_all(self) -> None:
        for line in list(self._lines):
            self._break(line)

    def _break(self, line: _Line) -> None:
        for writer in line.writers:
            writer.transport.abort()
        if line in self._lines:
            self._lines.discard(line)
            self.cuts += 1

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        if not self.weather.up:
            writer.transport.abort()
            return
        limits = self.weather.cut_after
        line = _Line(self._chance.randint(*limits) if limits else None, [writer])
        self._lines.add(line)
        try:
            there, back = await asyncio.open_connection(*self.target)
        except OSError:
            self._break(line)
            return
        line.writers.append(back)
        await asyncio.gather(
            self._pump(line, reader, back), self._pump(line, there, writer), return_exceptions=True
        )
        self._lines.discard(line)
        for end in line.writers:
            end.close()

    async def _pump(
        self, line: _Line, source: asyncio.StreamReader, sink: asyncio.StreamWriter
    ) -> None:
        try:
            while block := await source.read(BLOCK):
                await self._travel(line, block, sink)
            if sink.can_write_eof():
                sink.write_eof()
            else:
                sink.close()
        except (OSError, RuntimeError):
            self._break(line)

    async def _travel(self, line: _Line, block: bytes, sink: asyncio.StreamWriter) -> None:
        weather = self.weather
        if weather.delay_s != (0.0, 0.0):
            await asyncio.sleep(self._chance.uniform(*weather.delay_s))
        if weather.bytes_per_s:
            await asyncio.sleep(len(block) / weather.bytes_per_s)
        if self.weather.dark:
            return
        if line.budget is not None:
            line.budget -= len(block)
            if line.budget < 0:
                sink.write(block[: line.budget])
                await sink.drain()
                self._break(line)
                return
        sink.write(block)
        await sink.drain()
