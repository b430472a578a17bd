"""Many desktops that only listen, in one process: raw sockets, nothing but the stream is read.

python -m benchmarks.hub_crowd FOLDER COUNT [SPREAD-S]     against a hub_world
python -m benchmarks.hub_crowd echo PORT COUNT             against hub_echo

Prints `{"live": …}` once all listen, then, when its standard input ends, what they heard:
`deliveries`, `latency_ms` p50/p99/max (from the `t0` that each message carries), `cut`.
"""

import asyncio
import contextlib
import json
import re
import resource
import sys
import time
from pathlib import Path

from benchmarks import hub_world

T0 = re.compile(rb"t0=(\d+)")


class Ear(asyncio.Protocol):
    """One listening desktop."""

    def __init__(self, crowd: "Crowd", request: bytes) -> None:
        self._crowd = crowd
        self._request = request
        self._begun = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        now = time.monotonic_ns()
        if not self._begun:
            self._begun = True
            status = data[9:12]
            self._crowd.began(ok=status == b"200")
        for moment in T0.findall(data):
            self._crowd.latencies.append(now - int(moment))
        self._crowd.bytes += len(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self._crowd.cut += 1


class Crowd:
    """All of them, and what they heard."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.latencies: list[int] = []
        self.live = self.refused = self.cut = self.bytes = 0
        self.all_live = asyncio.Event()

    def began(self, *, ok: bool) -> None:
        """One more got an answer."""
        self.live += ok
        self.refused += not ok
        if self.live + self.refused == self.count:
            self.all_live.set()

    async def come(self, host: str, port: int, requests: list[bytes], spread: float) -> float:
        """Connect all within `spread` seconds; seconds until the last is live."""
        loop = asyncio.get_running_loop()
        start = time.monotonic()

        async def one(n: int, request: bytes) -> None:
            await asyncio.sleep(n * spread / self.count)
            await loop.create_connection(lambda: Ear(self, request), host, port)

        async with asyncio.TaskGroup() as group:
            for n, request in enumerate(requests):
                group.create_task(one(n, request))
        async with asyncio.timeout(120):
            await self.all_live.wait()
        return time.monotonic() - start

    def told(self) -> dict[str, object]:
        """What was heard."""
        kept = sorted(self.latencies)
        at = [
            kept[min(len(kept) - 1, int(len(kept) * q))] / 1e6 if kept else 0
            for q in (0.5, 0.99, 1)
        ]
        return {
            "deliveries": len(kept),
            "latency_ms": dict(
                zip(("p50", "p99", "max"), (round(ms, 1) for ms in at), strict=True)
            ),
            "cut": self.cut,
            "megabytes": round(self.bytes / 1e6, 1),
        }


def asked(path: str, headers: dict[str, str]) -> bytes:
    """An HTTP request as bytes."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"GET {path} HTTP/1.1\r\nhost: hub\r\n{lines}\r\n".encode()


async def main(arguments: list[str]) -> None:
    """Listen until standard input ends."""
    if arguments[0] == "echo":
        port, count, spread = int(arguments[1]), int(arguments[2]), 3.0
        requests = [asked("/live", {})] * count
    else:
        world = hub_world.read(Path(arguments[0]))
        count = int(arguments[1])
        spread = float(arguments[2]) if len(arguments) > 2 else 3.0
        port = int(world.url.split(":")[2].split("/")[0])
        path = f"/api/v1/sync/live?workspace={world.workspace}"
        requests = [asked(path, world.headers(desk)) for desk in world.desks[:count]]
    crowd = Crowd(count)
    seconds = await crowd.come("127.0.0.1", port, requests, spread)
    told = {"live": crowd.live, "refused": crowd.refused, "seconds": round(seconds, 2)}
    print(json.dumps(told), flush=True)
    with contextlib.suppress(EOFError):
        await asyncio.to_thread(sys.stdin.read)
    print(json.dumps(crowd.told()), flush=True)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (16_384, 16_384))
    asyncio.run(main(sys.argv[1:]))
