"""A thousand desktops come back within a second to a hub that was killed and starts again.

python -m benchmarks.hub_reconnect [DESKS] [--database URL]      prints one JSON document.

Each asks for its session, pulls what it missed and listens again, as the desktop does; a 503 is
obeyed (`Retry-After`) and counted.  Anything else that is not what it should be is an error.
"""

import argparse
import asyncio
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import msgspec
import psutil
import zstandard

from beffroi.sync import wire
from benchmarks import hub_world
from benchmarks.hub_fanout import Pen, free_port

KEPT, MISSED = 4_000, 400
SPREAD_S = 1.0
GIVE_UP_S = 120.0


class Stand(msgspec.Struct):
    """What a desktop reads of a page before it applies it."""

    cursors: dict[str, int]
    more: bool


_stand = msgspec.json.Decoder(Stand)
_unpack = zstandard.ZstdDecompressor()


@dataclass
class Storm:
    """What happened to those who came back."""

    world: hub_world.World
    cursor: int
    live_after: list[float] = field(default_factory=list)
    pulled: int = 0
    told_to_wait: int = 0
    errors: Counter[str] = field(default_factory=Counter)

    async def one(self, number: int, start: float) -> None:
        """One desktop comes back."""
        await asyncio.sleep(number * SPREAD_S / len(self.world.desks))
        port = self.world.url.split(":")[2].split("/")[0]
        headers = {**self.world.headers(self.world.desks[number]), "port": port}
        try:
            link = await Link.to(headers)
            await self._ask(link, "GET", "/session", b"")
            await self._catch_up(link)
            link.close()
            stream = await self._listen(headers)
        except (OSError, AssertionError, asyncio.IncompleteReadError) as error:
            self.errors[f"{type(error).__name__}: {error}"[:80]] += 1
            return
        self.live_after.append(time.monotonic() - start)
        await stream.until_cut()

    async def _catch_up(self, link: "Link") -> None:
        cursors, more = {f"{self.world.workspace}/DR": self.cursor}, True
        while more:
            asked = wire.Pull(workspace=self.world.workspace, cursors=cursors)
            body = await self._ask(link, "POST", "/sync/pull", wire.encode(asked))
            page = _stand.decode(body)
            cursors, more = page.cursors, page.more
            self.pulled += len(body)

    async def _listen(self, headers: dict[str, str]) -> "Link":
        while True:
            stream = await Link.to(headers)
            path = f"/sync/live?workspace={self.world.workspace}"
            status, told = await stream.begin("GET", path, b"")
            if status == 200:
                return stream
            stream.close()
            await self._wait(status, told)

    async def _ask(self, link: "Link", method: str, path: str, body: bytes) -> bytes:
        while True:
            status, told = await link.begin(method, path, body)
            content = await link.rest(told)
            if status == 200:
                return content
            await self._wait(status, told)

    async def _wait(self, status: int, told: dict[str, str]) -> None:
        assert status in (429, 503), f"status {status}"
        self.told_to_wait += 1
        await asyncio.sleep(float(told["retry-after"]))


@dataclass
class Link:
    """A connection that asks one thing after the other."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    headers: dict[str, str]

    @classmethod
    async def to(cls, headers: dict[str, str]) -> "Link":
        """A new connection to the hub."""
        return cls(*await asyncio.open_connection("127.0.0.1", headers["port"]), headers)

    async def begin(self, method: str, path: str, body: bytes) -> tuple[int, dict[str, str]]:
        """Ask, and read the head of the answer."""
        lines = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
        head = f"{method} /api/v1{path} HTTP/1.1\r\nhost: hub\r\naccept-encoding: zstd\r\n{lines}content-length: {len(body)}\r\n\r\n"
        self.writer.write(head.encode() + body)
        answer = (await self.reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        told = dict(line.lower().split(": ", 1) for line in answer[1:] if line)
        return int(answer[0].split()[1]), told

    async def rest(self, told: dict[str, str]) -> bytes:
        """The body of an answer whose head was read."""
        body = await self.reader.readexactly(int(told.get("content-length", "0")))
        return _unpack.decompress(body) if "content-encoding" in told else body

    async def until_cut(self) -> None:
        """Keep listening."""
        while await self.reader.read(65_536):
            pass
        self.close()

    def close(self) -> None:
        """Hang up."""
        self.writer.close()


def hub(folder: str, port: int, count: int, database: str) -> subprocess.Popen[bytes]:
    """A hub that answers."""
    arguments = [folder, str(port), str(count), *([database] if database else [])]
    running = subprocess.Popen([sys.executable, "-m", "benchmarks.hub_world", *arguments])
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert running.poll() is None, "it did not start"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return running
    raise TimeoutError


def fill(world: hub_world.World, count: int) -> None:
    """Let the first desk write."""
    pen = Pen(world)
    with httpx.Client(base_url=world.url, headers=world.headers(pen.desk), timeout=60) as http:
        for _batch in range(count // 200):
            ops = [pen.op() for _n in range(200)]
            http.post("/sync/push", content=wire.encode(wire.Push(ops=ops))).raise_for_status()


async def storm(world: hub_world.World, cursor: int, server: int) -> dict[str, Any]:
    """Let all come back; what it took."""
    told, watched, peak = Storm(world, cursor), psutil.Process(server), 0
    cpu = sum(watched.cpu_times()[:2])
    start = time.monotonic()
    tasks = [asyncio.create_task(told.one(n, start)) for n in range(len(world.desks))]
    while len(told.live_after) + told.errors.total() < len(tasks):
        assert time.monotonic() - start < GIVE_UP_S
        peak = max(peak, watched.memory_info().rss)
        await asyncio.sleep(0.05)
    spent = sum(watched.cpu_times()[:2]) - cpu
    for _second in range(20):
        await asyncio.sleep(0.1)
        peak = max(peak, watched.memory_info().rss)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    times = sorted(told.live_after)
    return {
        "desks": len(tasks),
        "live_again": len(times),
        "errors": dict(told.errors),
        "told_to_wait": told.told_to_wait,
        "pulled_mb": round(told.pulled / 1e6),
        "missed_each": MISSED,
        "live_s": {"p50": round(times[len(times) // 2], 2), "last": round(times[-1], 2)},
        "hub_cpu_s": round(spent, 2),
        "hub_rss_peak_mb": round(peak / 1e6),
    }


def main() -> None:
    """Kill a hub, start it again, let all come back, print JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("desks", nargs="?", type=int, default=1000)
    parser.add_argument("--database", default="")
    told = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (16_384, 16_384))
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        first = hub(folder, port, told.desks, told.database)
        world = hub_world.read(Path(folder))
        fill(world, KEPT)
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        second = hub(folder, port, told.desks, told.database)
        try:
            calm = psutil.Process(second.pid).memory_info().rss
            found = asyncio.run(storm(world, KEPT - MISSED, second.pid))
        finally:
            second.terminate()
            second.wait(20)
    print(json.dumps({**found, "hub_rss_calm_mb": round(calm / 1e6)}, indent=1))


if __name__ == "__main__":
    main()
