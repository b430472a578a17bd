"""A hundred sources of mixed kinds, a third of them at fault, followed by the real collecting process.

python -m benchmarks.hundred_sources [--seconds 600] [--json FILE]

Measured: whether each source is in its right state in the end, how late the honest ones were asked
(from when they were due), what the process and its readers cost (CPU of one core), and whether
memory grows.  The servers run in a process of their own and are not counted.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import psutil

from beffroi.access import Account
from beffroi.access.keyring import Cost
from beffroi.clock import Clock
from beffroi.node import Node, open_node
from beffroi.node.collecting import collecting
from beffroi.observations import Observations, SourceState
from beffroi.profile import ProfileInfo, create_profile
from beffroi.sources.definition import Source, fields_of
from beffroi.sources.orders import (
    HealthChanged,
    Moved,
    Notice,
    Start,
    Stop,
    Telling,
    line,
    told_decoder,
)
from beffroi.sources.process import command
from beffroi.sources.settings import put_allow_list
from benchmarks.sources_world import Ports, World, datagrams, drop

ACCOUNT, SECRET = "a.essai", "mot-de-passe-de-test"
REFRESH_S = 10
SHORT_S = 400
UDP_PORTS = (42_801, 42_802)
CPU_TARGET, LATE_TARGET_MS, GROWTH_TARGET = 0.25, 1_000, 1.10


@dataclass(frozen=True)
class Wanted:
    """A kind of source: how many, and the states in which they must end."""

    way: str
    count: int
    states: tuple[str, ...]
    notices: int
    transport: str = "http"
    expect_s: int = 0


FAULT = ("down", "suspended")
WORLD = (
    Wanted("geojson", 36, ("ok",), 0), Wanted("csv", 8, ("ok",), 0), Wanted("cap", 8, ("ok",), 0),
    Wanted("etag", 8, ("ok",), 0), Wanted("silent", 3, ("late",), 1, expect_s=20),
    Wanted("back", 3, ("ok",), 2), Wanted("folder", 3, ("ok",), 0, "folder"),
    Wanted("tcp", 3, ("ok",), 0, "tcp"), Wanted("udp", 2, ("ok",), 0, "udp"),
    Wanted("websocket", 3, ("ok",), 0, "websocket"),
    Wanted("error", 3, FAULT, 1), Wanted("truncated", 3, FAULT, 1), Wanted("loop", 2, FAULT, 1),
    Wanted("drip", 3, FAULT, 1), Wanted("stuck", 3, FAULT, 1), Wanted("schema", 3, FAULT, 1),
    Wanted("page", 1, FAULT, 1), Wanted("bomb", 1, FAULT, 1), Wanted("inside", 2, FAULT, 1),
    Wanted("tls", 2, FAULT, 1),
)  # fmt: skip


def fair(want: Wanted, seconds: float) -> Wanted:
    """What may be wanted of a shorter run: nothing is said to be down before a minute of trouble."""
    if seconds < SHORT_S and want.way == "schema":
        return replace(want, states=("ok", *FAULT), notices=-1)
    return replace(want, notices=-1) if seconds < SHORT_S and want.way == "back" else want


def sources(ports: Ports, folders: Path) -> Iterator[tuple[Wanted, Source]]:
    """All hundred, each with what is wanted of it."""
    for wanted in WORLD:
        for number in range(wanted.count):
            yield wanted, Source(
                title=f"{wanted.way} {number}", transport=wanted.transport,
                address=_address(wanted, number, ports, folders),
                refresh_s=REFRESH_S if wanted.transport in ("http", "folder") else 0,
                expect_s=wanted.expect_s,
            )  # fmt: skip


def _address(wanted: Wanted, number: int, ports: Ports, folders: Path) -> str:
    match wanted.way:
        case "folder":
            folder = folders / str(number)
            folder.mkdir(parents=True)
            return str(folder)
        case "tcp":
            return f"tcp://127.0.0.1:{ports.tcp}"
        case "udp":
            return f"udp://127.0.0.1:{UDP_PORTS[number]}"
        case "websocket":
            return f"ws://127.0.0.1:{ports.socket}"
        case "tls":
            return f"https://127.0.0.1:{ports.tls}/geojson/{number}"
        case _:
            return f"http://127.0.0.1:{ports.web}/{wanted.way}/{number}"


@dataclass
class Heard:
    """What the collecting process told."""

    states: dict[str, SourceState] = field(default_factory=dict[str, SourceState])
    late_ms: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    notices: Counter[str] = field(default_factory=Counter[str])
    moved: int = 0
    tries: int = 0

    def hear(self, said: bytes) -> None:
        """One line of its."""
        message: Telling = told_decoder.decode(said)
        match message:
            case HealthChanged(source=uid, state=state):
                before = self.states.get(uid)
                if before is not None and state.last_try != before.last_try:
                    self.tries += 1
                    if before.next_at:
                        late = state.last_try - state.took_ms - before.next_at
                        self.late_ms.setdefault(uid, []).append(late)
                self.states[uid] = state
            case Moved():
                self.moved += 1
            case Notice(source=uid, sentence=sentence):
                self.notices[uid] += 1
                sys.stderr.write(f"{sentence}\n")
            case _:
                pass


class Gauge:
    """CPU and memory (PSS) of a process with its children; those that ended stay counted."""

    def __init__(self, pid: int) -> None:
        self._root = psutil.Process(pid)
        self._cpu: dict[int, float] = {}
        self.memory_mb = list[float]()

    def look(self) -> None:
        """Once a second or so."""
        pss = 0
        for one in [self._root, *self._root.children(recursive=True)]:
            try:
                times = one.cpu_times()
                self._cpu[one.pid] = times.user + times.system
                pss += one.memory_full_info().pss
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
        self.memory_mb.append(pss / 1e6)

    @property
    def cpu_s(self) -> float:
        """Seconds of CPU so far."""
        return sum(self._cpu.values())


def run(seconds: float, work: Path) -> dict[str, object]:
    """The whole measure; the JSON document."""
    world = World(seconds)
    ports = world.start()
    node = _profile(work / "profil")
    wanted: dict[str, Wanted] = {}
    made = list(sources(ports, work / "dossiers"))
    for want, source in made:
        uid = node.sheets.put("source", fields_of(source), node.who).uid
        wanted[uid] = fair(want, seconds)
    start = collecting(node)
    node.close()
    try:
        heard, gauge, warm_cpu_s = _followed(start, seconds, work / "dossiers")
    finally:
        world.stop()
    return _report(seconds, wanted, heard, gauge, warm_cpu_s, Path(start.observations), start.key)


def _profile(folder: Path) -> Node:
    account = Account(name=ACCOUNT, display="Essai", organisation="CNCS", posts=("Chef de salle",))
    info = ProfileInfo(title="Cent sources", workspace="sources", mode="test")
    create_profile(folder, info, [(account, SECRET)], Clock(), cost=Cost(memory_kib=64, passes=1))
    node = open_node(folder, ACCOUNT, SECRET)
    put_allow_list(node.settings, ["127.0.0.0/8"])
    return node


def _followed(start: Start, seconds: float, folders: Path) -> tuple[Heard, Gauge, float]:
    heard = Heard()
    process = subprocess.Popen(command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin
    assert process.stdout
    ears = threading.Thread(target=lambda out: [heard.hear(said) for said in out], args=(process.stdout,))  # fmt: skip
    ears.start()
    process.stdin.write(line(start))
    process.stdin.flush()
    gauge, end, tick, warm = Gauge(process.pid), time.monotonic() + seconds, 0, 0.0
    warm_until = time.monotonic() + min(20.0, seconds / 3)
    while time.monotonic() < end:
        tick += 1
        for port in UDP_PORTS:
            datagrams(port)
        if tick % 10 == 1:
            for number, folder in enumerate(sorted(folders.iterdir())):
                drop(folder, number, tick)
        gauge.look()
        if time.monotonic() < warm_until:
            warm = gauge.cpu_s
        time.sleep(1)
    process.stdin.write(line(Stop()))
    process.stdin.flush()
    process.wait(20)
    ears.join()
    return heard, gauge, warm


def _report(
    seconds: float, wanted: dict[str, Wanted], heard: Heard, gauge: Gauge, warm_cpu_s: float,
    observations: Path, key: str,
) -> dict[str, object]:  # fmt: skip
    wrong = [
        f"{want.way}: {heard.states[uid].health if uid in heard.states else 'never tried'} {heard.states[uid].sentence if uid in heard.states else ''}"
        for uid, want in wanted.items()
        if uid not in heard.states or heard.states[uid].health not in want.states
    ]
    told_badly = Counter(
        f"{want.way}: {heard.notices[uid]} notices instead of {want.notices}"
        for uid, want in wanted.items()
        if want.notices not in (-1, heard.notices[uid])
    )
    honest = sorted(
        late
        for uid, want in wanted.items()
        if want.states == ("ok",)
        for late in heard.late_ms.get(uid, [])
    )
    memory = gauge.memory_mb
    steady = memory[min(30, len(memory) // 2) :]
    first, last = (statistics.median(part) for part in (steady[: len(steady) // 4 or 1], steady[-(len(steady) // 4 or 1) :]))  # fmt: skip
    warm_s = min(20.0, seconds / 3)
    cpu = (gauge.cpu_s - warm_cpu_s) / (seconds - warm_s)
    file = Observations(observations, bytes.fromhex(key))
    kept = sum(file.counts().values())
    file.close()
    p99 = honest[int(len(honest) * 0.99)] if honest else -1
    return {
        "sources": len(wanted), "seconds": seconds, "tries": heard.tries, "deliveries_kept": heard.moved,
        "observations": kept, "wrong_states": wrong, "wrong_notices": dict(told_badly),
        "late_ms": {"p50": statistics.median(honest) if honest else -1, "p99": p99, "max": honest[-1] if honest else -1},
        "cpu_of_one_core": round(cpu, 3), "cpu_start_s": round(warm_cpu_s, 1),
        "memory_mb": {"first": round(first), "last": round(last), "max": round(max(memory))},
        "targets": {
            "states": not wrong, "notices_once": not told_badly, "punctual": 0 <= p99 <= LATE_TARGET_MS,
            "cpu": cpu <= CPU_TARGET, "memory_flat": last <= first * GROWTH_TARGET,
        },
    }  # fmt: skip


def main() -> int:
    """Measure, print, and say by the exit code whether all targets are met."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--seconds", type=float, default=600)
    asked.add_argument("--json", type=Path)
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as work:
        report = run(told.seconds, Path(work))
    text = json.dumps(report, ensure_ascii=False, indent=2)
    sys.stdout.write(f"{text}\n")
    if told.json:
        told.json.write_text(text, "utf-8")
    targets = report["targets"]
    return 0 if isinstance(targets, dict) and all(targets.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
