"""A new desktop and a main courante of 100,000 entries: three ways to get it, same run.

python -m benchmarks.hub_bootstrap [ENTRIES] [--database URL]      prints one JSON document.

`replay` pulls every operation and applies it, `state` takes things as they stand page by page,
`snapshot` takes over the file that the hub made.  Each way is a process of its own with an empty
profile; `cpu_s` is all that this process spends from the first request until the store is whole,
`megabytes` what came over the wire (pages are zstd).  `hub_snapshot_s` is how long the hub made
the file, once for everyone with the same rights.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from beffroi.access import Account
from beffroi.access.keyring import Cost, Keyring
from beffroi.clock import Clock
from beffroi.profile import KEYRING_FILE, ProfileInfo, create_profile
from beffroi.sync import wire
from beffroi.sync.adopting import adopt
from beffroi.sync.cache import Cache, Place
from beffroi.sync.pulling import PAGE, STATE_PAGE
from benchmarks import hub_world
from benchmarks.hub_fanout import Pen, free_port, process
from benchmarks.writing import WORDS

BATCH = 400
SECRET = "mot-de-passe-du-banc"


class Traffic:
    """A desk's way to the hub, that weighs what comes."""

    def __init__(self, world: hub_world.World) -> None:
        self.bucket = f"{world.workspace}/DR"
        self.workspace = world.workspace
        self.http = httpx.Client(
            base_url=world.url, headers=world.headers(world.desks[1]), timeout=600
        )
        self.bytes = 0

    def ask(self, method: str, path: str, **more: Any) -> bytes:
        """The body of an answer, unpacked."""
        with self.http.stream(method, path, **more) as answer:
            body = answer.read()
            assert answer.status_code == 200, answer.text
            self.bytes += answer.num_bytes_downloaded
        return body


def replay(traffic: Traffic, folder: Path, key: bytes) -> None:
    """Every operation, applied."""
    cache, cursors, more = Cache(folder, key), {traffic.bucket: 0}, True
    while more:
        asked = wire.Pull(workspace=traffic.workspace, cursors=cursors, limit=PAGE)
        body = traffic.ask("POST", "/sync/pull", content=wire.encode(asked))
        page = wire.decoder(wire.PullReply).decode(body)
        cache.receive(page.records, page.cursors)
        cursors, more = page.cursors, page.more
    cache.close()


def state(traffic: Traffic, folder: Path, key: bytes) -> None:
    """Things as they stand, page by page."""
    cache, place = Cache(folder, key), Place()
    while True:
        asked = {"bucket": traffic.bucket, "after": place.after, "limit": STATE_PAGE}
        body = traffic.ask("GET", "/sync/state", params=asked)
        page = wire.decoder(wire.StatePage).decode(body)
        place = place.then(page.at, page.next)
        cache.load(traffic.bucket, page.rows, place)
        if not page.next:
            break
    cache.close()


def snapshot(traffic: Traffic, folder: Path, key: bytes) -> None:
    """The file that the hub made."""
    file = folder / "recu.db"
    asked = {"workspace": traffic.workspace}
    with traffic.http.stream("GET", "/sync/snapshot", params=asked) as answer:
        assert answer.status_code == 200
        with file.open("wb") as kept:
            for piece in answer.iter_raw(1_000_000):
                kept.write(piece)
        traffic.bytes += answer.num_bytes_downloaded
    adopt(folder, key, file, bytes.fromhex(answer.headers["beffroi-key"]))


WAYS: dict[str, Callable[[Traffic, Path, bytes], None]] = {
    "replay": replay,
    "state": state,
    "snapshot": snapshot,
}


def one_way(name: str, place: Path) -> dict[str, Any]:
    """Start a desktop in one of the ways; what it cost."""
    traffic = Traffic(hub_world.read(place))
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder) / "profil"
        account = Account(name="banc", display="Banc", organisation="", posts=("Banc",))
        info = ProfileInfo(title="Banc", workspace=traffic.workspace)
        create_profile(
            profile, info, [(account, SECRET)], Clock(), cost=Cost(memory_kib=64, passes=1)
        )
        key = Keyring(profile / KEYRING_FILE, Clock()).unlock("banc", SECRET)
        start, cpu = time.monotonic(), time.process_time()
        WAYS[name](traffic, profile, key)
        spent, took = time.process_time() - cpu, time.monotonic() - start
        cache = Cache(profile, key)
        total = cache.logbook.total()
        cache.close()
    return {
        "entries": total,
        "cpu_s": round(spent, 2),
        "wall_s": round(took, 2),
        "megabytes": round(traffic.bytes / 1e6, 1),
    }


def fill(world: hub_world.World, count: int) -> float:
    """Let the first desk write; operations a second."""
    pen, dice, start = Pen(world), random.Random(7), time.monotonic()
    with httpx.Client(base_url=world.url, headers=world.headers(pen.desk), timeout=60) as http:
        for done in range(0, count, BATCH):
            many = min(BATCH, count - done)
            ops = [pen.op(" ".join(dice.choices(WORDS, k=12))) for _n in range(many)]
            http.post("/sync/push", content=wire.encode(wire.Push(ops=ops))).raise_for_status()
    return count / (time.monotonic() - start)


def made(world: hub_world.World, count: int) -> float:
    """Wait until the hub shows all things and has its snapshot; seconds for the latter."""
    traffic = Traffic(world)
    while _shown(traffic) < count:
        time.sleep(1)
    start = time.monotonic()
    while True:
        with traffic.http.stream(
            "GET", "/sync/snapshot", params={"workspace": traffic.workspace}
        ) as answer:
            if answer.status_code == 200:
                return time.monotonic() - start
        time.sleep(0.5)


def _shown(traffic: Traffic) -> int:
    body = traffic.ask("GET", "/sync/state", params={"bucket": traffic.bucket, "limit": 1})
    return wire.decoder(wire.StatePage).decode(body).at


def main() -> None:
    """Fill a hub, start three desktops, print JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("entries", nargs="?", type=int, default=100_000)
    parser.add_argument("--database", default="")
    parser.add_argument("--way", choices=list(WAYS), help=argparse.SUPPRESS)
    parser.add_argument("--place", type=Path, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.way:
        print(json.dumps(one_way(told.way, told.place)))
        return
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        arguments = [folder, str(port), "2", *([told.database] if told.database else [])]
        with process("benchmarks.hub_world", *arguments, port=port):
            world = hub_world.read(Path(folder))
            pushed = fill(world, told.entries)
            seconds = made(world, told.entries)
            found = {way: _started(way, folder) for way in WAYS}
    cheaper = {
        way: round(found["replay"]["cpu_s"] / found[way]["cpu_s"], 1)
        for way in ("state", "snapshot")
    }
    told_all = {
        **found,
        "replay_cpu_to": cheaper,
        "hub_snapshot_s": round(seconds, 1),
        "pushed_ops_per_s": round(pushed),
    }
    print(json.dumps(told_all, indent=1))


def _started(way: str, folder: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.hub_bootstrap", "--way", way, "--place", folder]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    main()
