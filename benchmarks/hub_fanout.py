"""What one operation costs the hub when 1,500 desktops are connected, and how soon they have it.

python -m benchmarks.hub_fanout [DESKS] [--database URL]      prints one JSON document.

Hub, desktops and the one who writes are three processes on this machine; operations are signed and
pushed over HTTP as any station does.  `echo` is the same crowd before a bare SSE server that sends
on what it gets.  CPU is that of the server's process, everything it does included.
"""

import argparse
import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import msgspec
import psutil

from beffroi.ids import uuid7
from beffroi.journal.operation import encode
from beffroi.journal.signing import Signer, signed_text
from beffroi.logbook import operations as kinds
from beffroi.logbook.entry import Content
from beffroi.sync import wire
from benchmarks import hub_world

PHASES = (("steady", 5, 15), ("busy", 40, 10))
"""Name, operations a second, seconds."""
TEXT = "Rupture de barrière porte 12, public dense, renfort demandé au point de filtrage. "


class Pen:
    """Writes signed entries at the first desk of a world."""

    def __init__(self, world: hub_world.World) -> None:
        self.world = world
        self.desk = world.desks[0]
        self._signer = Signer(self.desk.device, bytes.fromhex(self.desk.seed))
        self._last = 0

    def op(self, note: str = "") -> wire.Op:
        """A publication whose text ends with `note`."""
        now = max(self._last + 1, time.time_ns() // 1_000_000)
        self._last = now
        content = Content(text=f"{TEXT}{note}", tags=("SEC.OP",), gravity=2, lon=2.36, lat=48.92)
        payload = kinds.Publish(journal="BANC~S1", number=1, content=content)
        op = wire.Op(
            op_id=uuid7(now), kind=kinds.PUBLISH, entity=uuid7(now), workspace=self.world.workspace,
            hlc=now << 16, made_at=now, author=self.desk.account, post="Chef de salle",
            station="Poste 0", marking="DR", device=self.desk.device,
            payload=msgspec.Raw(encode(payload)),
        )  # fmt: skip
        signature = self._signer.sign(signed_text(op, "real"))
        return msgspec.structs.replace(op, signature=signature)


@contextmanager
def process(*arguments: str, port: int = 0) -> Iterator[subprocess.Popen[str]]:
    """A module of ours in a process of its own, once it answers at `port`."""
    running = subprocess.Popen(
        [sys.executable, "-m", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        if port:
            _wait(port, running)
        yield running
    finally:
        running.terminate()
        running.wait(timeout=20)


def free_port() -> int:
    """A port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as tried:
        port: int = tried.getsockname()[1]
    return port


def _wait(port: int, running: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert running.poll() is None, "it did not start"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError


def cpu_s(running: subprocess.Popen[str]) -> float:
    """CPU seconds of a process so far."""
    times = psutil.Process(running.pid).cpu_times()
    return float(times.user + times.system)


def phase(
    server: subprocess.Popen[str],
    push: Callable[[str], None],
    crowd: list[str],
    rate: int,
    secs: int,
) -> dict[str, Any]:
    """Write at a rate before a crowd; what it cost and how soon it was heard."""
    with process("benchmarks.hub_crowd", *crowd) as ears:
        assert ears.stdout is not None
        assert ears.stdin is not None
        came = json.loads(ears.stdout.readline())
        time.sleep(2.5)
        before, start = cpu_s(server), time.monotonic()
        for n in range(rate * secs):
            time.sleep(max(0.0, start + n / rate - time.monotonic()))
            push(f"t0={time.monotonic_ns()}")
        time.sleep(2.5)
        spent = cpu_s(server) - before
        ears.stdin.close()
        heard = json.loads(ears.stdout.readline())
    expected = came["live"] * rate * secs
    return {
        "operations": rate * secs,
        "connected": came["live"],
        "connected_in_s": came["seconds"],
        "refused": came["refused"],
        "expected": expected,
        "dropped": expected - heard["deliveries"],
        "cpu_ms_per_delivery": round(spent * 1000 / max(1, heard["deliveries"]), 4),
        "rss_mb": round(psutil.Process(server.pid).memory_info().rss / 1e6),
        **heard,
    }


def of_hub(desks: int, database: str) -> dict[str, Any]:
    """The hub before the crowd."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        arguments = [folder, str(port), str(desks + 1), *([database] if database else [])]
        with process("benchmarks.hub_world", *arguments, port=port) as server:
            world = hub_world.read(Path(folder))
            pen = Pen(world)
            with httpx.Client(base_url=world.url, headers=world.headers(pen.desk)) as http:

                def push(note: str) -> None:
                    body = wire.encode(wire.Push(ops=[pen.op(note)]))
                    outcome = http.post("/sync/push", content=body).json()["outcomes"][0]
                    assert outcome["status"] == "kept", outcome

                crowd = [folder, str(desks)]
                return {name: phase(server, push, crowd, rate, secs) for name, rate, secs in PHASES}


def of_echo(desks: int) -> dict[str, Any]:
    """The bare server before the same crowd, with messages of the same size."""
    port, frame = free_port(), "data: " + "x" * 900
    with (
        process("benchmarks.hub_echo", str(port), port=port) as server,
        httpx.Client(base_url=f"http://127.0.0.1:{port}") as http,
    ):

        def push(note: str) -> None:
            http.post("/push", content=f"{frame}{note}\n\n".encode()).raise_for_status()

        crowd = ["echo", str(port), str(desks)]
        return {name: phase(server, push, crowd, rate, secs) for name, rate, secs in PHASES}


def main() -> None:
    """Measure both, print JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("desks", nargs="?", type=int, default=1500)
    parser.add_argument("--database", default="")
    told = parser.parse_args()
    hub, echo = of_hub(told.desks, told.database), of_echo(told.desks)
    ratio = {
        name: round(hub[name]["cpu_ms_per_delivery"] / echo[name]["cpu_ms_per_delivery"], 2)
        for name, _rate, _secs in PHASES
    }
    print(json.dumps({"hub": hub, "echo": echo, "hub_to_echo": ratio}, indent=1))


if __name__ == "__main__":
    main()
