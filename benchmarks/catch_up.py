"""A day without the hub: how long until both sides have everything, once the link is back.

python -m benchmarks.catch_up [ENTRIES] [--database URL]      prints one JSON document.

Two stations and a hub, all real processes over TLS.  One station is cut off: ENTRIES (5,000) are
written on it while the other one sends as many to the hub.  Then the link returns, and time runs
until the outbox is empty, every entry of the other is in the list and the sync process says that
it is online.  `plain` is the same lines exchanged between two files that only keep them: no TLS,
no signature, no right, no number, no chain, no merging, no index.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil

from beffroi.logbook.writing import Draft
from beffroi.store import Connection, open_connection
from beffroi.sync import wire
from beffroi.sync.cache import wired
from beffroi.sync.wire import WorkspaceInfo
from benchmarks.writing import contents
from tests.faults.proxy import Proxy
from tests.faults.station import Station
from tests.faults.world import HubProcess, Person, found, joined
from tests.means import until

SPACE = WorkspaceInfo(workspace="banc", title="Banc", journal="MC", prefix="MC-2026")
PEOPLE = (
    Person(account="a.rive", post="Chef de salle", role="room_chief"),
    Person(account="b.rive", post="Synthèse", role="room_chief"),
)
DAY_MS = 24 * 3_600_000
PATIENCE_S = 300.0
_TABLE = "CREATE TABLE line (op_id TEXT PRIMARY KEY, kind TEXT, entity TEXT, hlc INTEGER, op TEXT)"
_INSERT = "INSERT OR IGNORE INTO line VALUES (?,?,?,?,?)"


def written(station: Station, count: int, seed: int) -> None:
    """`count` entries over the last 24 hours, kept at this station."""
    told, now = contents(random.Random(seed)), station.node.clock.now()

    def drafts() -> Iterator[Draft]:
        for n in range(count):
            moment = now - DAY_MS + n * DAY_MS // count
            yield Draft(content=next(told), who=station.who, entered_time=moment)

    station.node.logbook.publish_many(drafts())


def total(station: Station) -> int:
    """How many entries the station shows."""
    return station.node.logbook.total()


def cpu_s(process: psutil.Process) -> float:
    """CPU seconds of a process so far."""
    times = process.cpu_times()
    return float(times.user + times.system)


def sync_of(_station: Station) -> psutil.Process:
    """The one sync process that runs now."""
    (process,) = (p for p in psutil.Process().children() if "beffroi.sync" in p.cmdline())
    return process


def moments(start: float, what: dict[str, Callable[[], bool]]) -> dict[str, float]:
    """How many seconds after `start` each of `what` came true."""
    reached: dict[str, float] = {}

    def all_true() -> bool:
        for name, true in what.items():
            if name not in reached and true():
                reached[name] = round(time.monotonic() - start, 2)
        return len(reached) == len(what)

    until(all_true, what=lambda: f"all of {list(what)}, only {reached}", seconds=PATIENCE_S)
    return reached


def caught_up(station: Station, cable: Proxy, hub: HubProcess, count: int) -> dict[str, Any]:
    """Put the cable back in; what it took until nothing is missing on either side."""
    desk, server = sync_of(station), psutil.Process(hub.pid)
    before, start = (cpu_s(desk), cpu_s(server)), time.monotonic()
    cable.mend()
    station.poke()
    reached = moments(
        start,
        {
            "noticed_s": lambda: station.status.state != "offline",
            "outbox_empty_s": lambda: not station.node.journal.waiting(),
            "all_entries_here_s": lambda: total(station) == 2 * count + 1,
        },
    )
    station.until_state("online")
    took = time.monotonic() - start
    return {
        "caught_up_s": round(took, 2),
        **reached,
        "operations_per_s": round(2 * count / took),
        "desktop_cpu_s": round(cpu_s(desk) - before[0], 2),
        "hub_cpu_s": round(cpu_s(server) - before[1], 2),
    }


def measured(folder: Path, count: int, database: str) -> tuple[dict[str, Any], list[wire.Op]]:
    """The whole day; what catching up took, and the lines that were written here."""
    with (
        HubProcess(folder / "hub", database=database) as hub,
        Proxy(("127.0.0.1", hub.port)) as cable,
    ):
        begun = found(hub, SPACE, PEOPLE, len(PEOPLE))
        hub.start()
        stations = []
        for person, code, port in zip(PEOPLE, begun.codes, (cable.port, hub.port), strict=True):
            secret = begun.secrets[person.account]
            code_there = code.replace(f":{hub.port}#", f":{port}#")
            place = joined(
                folder / person.account, code_there, person.account, person.account, secret,
                SPACE.workspace,
            )  # fmt: skip
            stations.append(Station(place, person.account, secret))
        here, there = stations
        here.follow()
        here.until_state("online")
        here.say("Prise de service")
        here.until_nothing_waits()
        until(here.node.journal.cursors, what="the station follows what it can see")
        cable.cut()
        here.until_state("offline")
        written(here, count, 1)
        written(there, count, 2)
        lines = [wired(op) for op in here.node.journal.outbox(count, sys.maxsize)]
        there.follow()
        until(
            lambda: not there.node.journal.waiting(),
            what="the others sent theirs",
            seconds=PATIENCE_S,
        )
        there.stop_sync()
        time.sleep(count / 1000)
        result = caught_up(here, cable, hub, count)
        labels = {entry.label for entry in here.entries()}
        result["numbers"] = len(labels)
        for station in stations:
            station.close()
    if len(labels) != 2 * count + 1 or any("~" in label for label in labels):
        message = "some entries have no definitive number of their own"
        raise AssertionError(message)
    return result, lines


def plain(folder: Path, lines: list[wire.Op]) -> dict[str, float]:
    """Exchange as many lines between two files that only keep them."""
    here, there = (open_connection(folder / f"{name}.db", bytes(32)) for name in ("here", "there"))
    for connection in (here, there):
        connection.execute(_TABLE)
    cpu, start = time.process_time(), time.monotonic()
    for at, size in ((there, wire.MAX_PUSH_OPS), (here, wire.MAX_PAGE)):
        for first in range(0, len(lines), size):
            _keep(at, wire.encode(wire.Push(ops=lines[first : first + size])))
    result = {
        "wall_s": round(time.monotonic() - start, 2),
        "cpu_s": round(time.process_time() - cpu, 2),
    }
    here.close()
    there.close()
    return result


def _keep(connection: Connection, body: bytes) -> None:
    ops = wire.decoder(wire.Push).decode(body).ops
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        _INSERT, [(o.op_id, o.kind, o.entity, o.hlc, bytes(o.payload).decode()) for o in ops]
    )
    connection.execute("COMMIT")


def main() -> None:
    """Measure both and print JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("entries", nargs="?", type=int, default=5_000)
    parser.add_argument("--database", default="")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result, lines = measured(Path(folder), told.entries, told.database)
        peer = plain(Path(folder), lines)
    result = {
        "entries_on_each_side": told.entries,
        **result,
        "plain": peer,
        "caught_up_over_plain": round(result["caught_up_s"] / peer["wall_s"], 1),
    }
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
