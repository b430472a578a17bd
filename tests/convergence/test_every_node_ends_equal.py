"""Real desks, a real hub, a network that does its worst, `kill -9` on either side: all end equal.

Ten runs in `make test`; the long profile for the night is
`BEFFROI_CONVERGENCE_RUNS=500 python -m pytest tests/convergence`.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from beffroi.sync.wire import WorkspaceInfo
from tests.beffroi.merge.town import tables
from tests.convergence.hands import Hands
from tests.faults.proxy import Proxy
from tests.faults.station import Station
from tests.faults.world import HubProcess, Person, found, joined
from tests.means import free_port, until

RUNS = int(os.environ.get("BEFFROI_CONVERGENCE_RUNS", "10"))
STEPS = 20
SPACE = WorkspaceInfo(workspace="jop-2024", title="JOP 2024", journal="MC", prefix="MC-2024")
LATE_S = (0, -90, 3 * 3600)
"""One clock is right, one a minute and a half ahead, one three hours behind."""
DESKS = st.integers(0, len(LATE_S) - 1)
QUIET_WITHIN_S = 90.0


@dataclass(frozen=True, slots=True)
class World:
    """A hub and its stations just after everybody joined, to be copied for each run."""

    folder: Path
    hub_port: int
    cables: list[int]
    secrets: dict[str, str]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("monde")
    people = [
        Person(account=f"p.{n}", post=f"Poste {n}", role="room_chief", marking="DR_SF")
        for n in range(len(LATE_S) + 1)
    ]
    cables = [free_port() for _ in LATE_S]
    with HubProcess(folder / "hub") as hub:
        begun = found(hub, SPACE, people, len(people))
        hub.start()
        for number, port in enumerate([*cables, hub.port]):
            code, person = begun.codes[number], people[number]
            with Proxy(("127.0.0.1", hub.port), port=port) if port != hub.port else ExitStack():
                joined(
                    folder / f"s{number}", code.replace(f":{hub.port}#", f":{port}#"),
                    f"s{number}", person.account, begun.secrets[person.account], SPACE.workspace,
                )  # fmt: skip
        hub.stop()
        yield World(folder, hub.port, cables, begun.secrets)


class Nodes(RuleBasedStateMachine):
    """What may happen to three desks and their hub in a bad night."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.room = Path(tempfile.mkdtemp(prefix="convergence-"))
        shutil.copytree(self.world.folder, self.room / "m")
        self.ends = ExitStack()
        self.hub = HubProcess(self.room / "m" / "hub", self.world.hub_port).start()
        self.ends.callback(self.hub.kill)
        self.cables = [
            self.ends.enter_context(Proxy(("127.0.0.1", self.hub.port), port=port, seed=port))
            for port in self.world.cables
        ]
        self.desks = [self._station(number) for number in range(len(LATE_S))]
        self.kept: set[str] = set()
        self.chance = random.Random(7)

    def _station(self, number: int) -> Station:
        account = f"p.{number}"
        late = LATE_S[number] if number < len(LATE_S) else 0
        # The station's folder is named in the profile: it moved with the copy.
        profile = self._moved(number)
        desk = Station(profile, account, self.world.secrets[account], late_s=late)
        desk.follow()
        return desk

    def _moved(self, number: int) -> Path:
        profile = self.room / "m" / f"s{number}" / "profil"
        upstream = profile / "upstream.json"
        upstream.write_text(
            upstream.read_text().replace(str(self.world.folder), str(self.room / "m"))
        )
        return profile

    # What people do

    @rule(number=DESKS, acts=st.integers(1, 8), seed=st.integers(0, 2**32))
    def work(self, number: int, acts: int, seed: int) -> None:
        desk = self.desks[number]
        hands = Hands(desk.node, desk.who, seed)
        for _act in range(acts):
            hands.do_something()
        desk.poke()

    @rule(number=DESKS)
    def write_until_killed(self, number: int) -> None:
        """A second program on the same profile (the desktop itself) dies at some moment."""
        desk = self.desks[number]
        writer = subprocess.Popen(
            [sys.executable, "-m", "tests.convergence.writer", str(desk.folder), desk.who.account],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            cwd=Path(__file__).parents[2],
        )  # fmt: skip
        assert writer.stdin is not None
        assert writer.stdout is not None
        writer.stdin.write(desk.opened.key.hex().encode() + b"\n")
        writer.stdin.flush()
        first = writer.stdout.readline()
        time.sleep(self.chance.uniform(0.0, 0.05))
        writer.kill()
        rest = writer.stdout.read()
        writer.wait(10)
        writer.stdin.close()
        writer.stdout.close()
        lines = (first + rest).decode().split("\n")
        self.kept |= {line for line in lines[:-1] if line}
        desk.poke()

    # What happens to them

    @rule(number=DESKS)
    def cut(self, number: int) -> None:
        self.cables[number].cut()

    @rule(number=DESKS)
    def mend(self, number: int) -> None:
        self.cables[number].mend()
        self.desks[number].poke()

    @rule(number=DESKS, most=st.integers(2_000, 60_000))
    def break_anywhere(self, number: int, most: int) -> None:
        """Each connection breaks after some bytes: in a request, or in its answer."""
        self.cables[number].set(up=True, cut_after=(500, most))
        self.desks[number].poke()

    @rule(number=DESKS)
    def slow_and_reordered(self, number: int) -> None:
        self.cables[number].set(up=True, delay_s=(0.0, 0.15))

    @rule(number=DESKS)
    def a_dead_router(self, number: int) -> None:
        self.cables[number].set(dark=True)

    @rule()
    def wait(self) -> None:
        time.sleep(0.4)

    @rule(number=DESKS)
    def kill_the_sync_process(self, number: int) -> None:
        self.desks[number].kill_sync()
        self.desks[number].follow()

    @rule()
    def kill_the_hub(self) -> None:
        self.hub.kill()
        time.sleep(0.2)
        self.hub.start()

    # And in the end

    def teardown(self) -> None:
        try:
            self._settle()
            self._all_equal()
        finally:
            for desk in self.desks:
                desk.close()
            self.ends.close()
            shutil.rmtree(self.room, ignore_errors=True)

    def _settle(self) -> None:
        for cable, desk in zip(self.cables, self.desks, strict=True):
            cable.mend()
            desk.poke()
        end = time.monotonic() + QUIET_WITHIN_S
        for desk in self.desks:
            until(
                lambda d=desk: d.status.state == "online" and not d.node.journal.waiting(),  # type: ignore[misc]
                what=lambda d=desk: f"{d.who.account} is at the hub: {d.state_of_affairs()}",  # type: ignore[misc]
                seconds=max(1.0, end - time.monotonic()),
            )
        first, *others = self.desks
        for other in others:
            until(
                lambda o=other: comparable(o) == comparable(first),  # type: ignore[misc]
                what=lambda o=other: told_apart(first, o),  # type: ignore[misc]
                seconds=max(1.0, end - time.monotonic()),
            )

    def _all_equal(self) -> None:
        newcomer = self._station(len(LATE_S))
        self.desks.append(newcomer)
        first = self.desks[0]
        until(
            lambda: comparable(newcomer) == comparable(first),
            what=lambda: told_apart(first, newcomer),
        )
        for desk in self.desks:
            entries = desk.entries()
            uids = [entry.uid for entry in entries]
            assert len(uids) == len(set(uids))
            assert set(uids) >= self.kept
            assert sorted(e.number for e in entries) == list(range(1, len(entries) + 1))
            assert desk.node.journal.refused() == []
            assert desk.node.journal.verify() is None


def comparable(desk: Station) -> dict[str, object]:
    return dict(tables(desk.node))


def told_apart(one: Station, other: Station) -> str:
    """In which tables two desks differ, and the first rows that do."""
    mine, theirs = tables(one.node), tables(other.node)
    said = []
    for name, rows in mine.items():
        only = [row for row in rows if row not in theirs[name]][:2]
        others = [row for row in theirs[name] if row not in rows][:2]
        if only or others:
            said.append(f"{name}: {only!r} / {others!r}")
    return f"{one.who.account} / {other.who.account} {other.status}: " + "\n".join(said)


@pytest.mark.timeout(60 * max(10, RUNS))
def test_every_node_ends_equal(world: World) -> None:
    Nodes.world = world
    run_state_machine_as_test(
        Nodes,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=RUNS <= 10,
            database=None,
            phases=(Phase.generate,),
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
