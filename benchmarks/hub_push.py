"""How many operations a second the hub keeps for good, against a plain server that does less.

python -m benchmarks.hub_push [--database postgresql://…] [--seconds N]     prints one JSON document.

Hub and desks are two processes on this machine; operations are signed, checked, placed, numbered,
chained and on the disk (fsync on) before they are answered.  `plain` is the same push before a bare
server with one transaction per request: no signature, no rights, no number, no chain.  Without
`--database` only the embedded engine is measured.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from beffroi.sync import wire
from benchmarks import hub_world
from benchmarks.hub_fanout import Pen, cpu_s, process

PORT, PLAIN_PORT = 18_853, 18_854
WORK = Path(__file__).parent.parent / "var"
"""On a disk: a file system in memory would keep nothing for good."""
SHAPES = (("batches_of_20", 20, 32), ("single", 1, 64))
"""Name, operations a request, connections."""


class Wrong(Exception):
    """The server did not keep what it was sent."""


class Line:
    """A connection that sends pushes one after the other."""

    def __init__(self, port: int, path: str, headers: dict[str, str]) -> None:
        self._port = port
        told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self._head = f"POST {path} HTTP/1.1\r\nhost: banc\r\n{told}content-length: "
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def push(self, body: bytes) -> bytes:
        """The reply to one push."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        writer.write(f"{self._head}{len(body)}\r\n\r\n".encode() + body)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        reply = await reader.readexactly(length)
        if b" 200 " not in head.split(b"\r\n")[0]:
            raise Wrong(reply[:300])
        return reply

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()


def bodies(pen: Pen, size: int, count: int) -> Iterator[bytes]:
    """`count` pushes of `size` signed operations."""
    encode = msgspec.json.Encoder().encode
    return (encode(wire.Push(ops=[pen.op() for _n in range(size)])) for _m in range(count))


async def measured(
    lines: list[Line], pushes: list[bytes], size: int, seconds: float
) -> dict[str, Any]:
    """Push from all lines at once until the time is over or nothing is left."""
    left = iter(pushes)
    times: list[float] = []
    until = time.perf_counter() + seconds

    async def desk(line: Line) -> None:
        for body in left:
            begun = time.perf_counter()
            reply = await line.push(body)
            times.append(time.perf_counter() - begun)
            if reply.count(b'"kept"') != size:
                raise Wrong(reply[:300])
            if time.perf_counter() > until:
                return

    begun = time.perf_counter()
    await asyncio.gather(*(desk(line) for line in lines))
    took = time.perf_counter() - begun
    for line in lines:
        line.close()
    times.sort()
    return {
        "requests_per_s": round(len(times) / took, 1),
        "operations_per_s": round(len(times) * size / took, 1),
        "p50_ms": round(times[len(times) // 2] * 1000, 1),
        "p99_ms": round(times[int(len(times) * 0.99)] * 1000, 1),
        "operations": len(times) * size,
    }


def shapes(server: Any, port: int, world: hub_world.World, seconds: float) -> dict[str, Any]:
    """Both shapes before one server."""
    found: dict[str, Any] = {}
    pen = Pen(world)
    for shape, size, connections in SHAPES:
        pushes = list(bodies(pen, size, int(seconds * (800 if size > 1 else 6000))))
        headers = world.headers(world.desks[0])
        lines = [Line(port, f"{wire.API}/sync/push", headers) for _n in range(connections)]
        before = cpu_s(server)
        told = asyncio.run(measured(lines, pushes, size, seconds))
        cpu = cpu_s(server) - before
        told["server_cpu_ms_per_operation"] = round(cpu * 1000 / told["operations"], 4)
        found[shape] = told
        print(port, shape, told, file=sys.stderr)
    return found


def engine(database: str, seconds: float) -> dict[str, Any]:
    """The hub and the plain server on one engine, in turn."""
    WORK.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=WORK) as folder:
        more = [database] if database else []
        with process("benchmarks.hub_world", folder, str(PORT), "2", *more, port=PORT) as server:
            world = hub_world.read(Path(folder))
            hub = shapes(server, PORT, world, seconds)
        where = database or str(Path(folder) / "plain.db")
        with process("benchmarks.hub_plain", str(PLAIN_PORT), where, port=PLAIN_PORT) as server:
            plain = shapes(server, PLAIN_PORT, world, seconds)
    ratios = {
        shape: round(hub[shape]["operations_per_s"] / plain[shape]["operations_per_s"], 2)
        for shape, _size, _connections in SHAPES
    }
    return {"hub": hub, "plain": plain, "hub_over_plain": ratios}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", default="", help="an empty PostgreSQL database with PostGIS")
    parser.add_argument("--seconds", type=float, default=10.0)
    asked = parser.parse_args()
    found = {"embedded": engine("", asked.seconds)}
    if asked.database:
        found["postgis"] = engine(asked.database, asked.seconds)
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
