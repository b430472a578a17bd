"""Desks that work together, apart and again together end equal, whatever came in which order."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from beffroi.logbook import merge, states
from beffroi.logbook.rebuild import rebuild
from beffroi.node import Node, open_node
from tests.beffroi.merge.town import BUSY, Crowd, Desk, TinyHub, tables
from tests.conftest import SECRET, HeldClock

SKEWS = (0, 90_000, -7_200_000)
"""One clock is right, one is a minute and a half ahead, one two hours behind (ms)."""
STEPS = st.tuples(
    st.integers(0, len(SKEWS) - 1), BUSY | BUSY | st.sampled_from(["push", "cut", "pull", "again"])
)
always = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
Opening = Callable[[str], Node]


@pytest.fixture
def opening(pristine: Path, tmp_path: Path) -> Iterator[Opening]:
    """Opens a new, empty profile of this name."""
    opened: list[Node] = []

    def one(name: str, clock: HeldClock | None = None) -> Node:
        folder = tmp_path / name
        shutil.copytree(pristine, folder, ignore=shutil.ignore_patterns("reserve"))
        node = open_node(folder, "c.marchand", SECRET, clock=clock or HeldClock())
        opened.append(node)
        return node

    yield one
    for node in opened:
        node.close()


@pytest.fixture
def desks(opening: Callable[[str, HeldClock], Node]) -> list[Desk]:
    made = []
    for number, skew in enumerate(SKEWS, 1):
        clock = HeldClock()
        clock.at += skew
        node = opening(f"poste-{number}", clock)
        node.logbook._station_code = f"S{number}"  # what a joined profile opens with
        made.append(Desk(node, clock))
    return made


@pytest.fixture
def hub() -> TinyHub:
    return TinyHub()


def room_of(desk: Desk) -> Crowd:
    people = (desk.node.who, desk.node.accounts.identity("m.leroy", "OL-SNCF", "poste-2"))
    return Crowd(desk.node, people, desk.clock.forward)


def step(desk: Desk, hub: TinyHub, what: str, data: st.DataObject) -> None:
    match what:
        case "push":
            desk.push(hub)
        case "cut":
            desk.push(hub, answered=False)
        case "pull":
            desk.pull(hub, data.draw(st.integers(1, 8)))
        case "again":
            desk.pull(hub, data.draw(st.integers(1, 8)), again=data.draw(st.integers(1, 30)))
        case _:
            desk.clock.forward(0.3)
            room_of(desk).act(what, data)


def settle(desks: list[Desk], hub: TinyHub) -> None:
    for _ in range(2):
        for desk in desks:
            while desk.node.journal.waiting():
                desk.push(hub)
            desk.pull(hub)


@always
@given(data=st.data(), steps=st.lists(STEPS, min_size=20, max_size=60))
def test_every_desk_ends_equal(
    desks: list[Desk], hub: TinyHub, data: st.DataObject, steps: list[tuple[int, str]]
) -> None:
    for number, what in steps:
        step(desks[number], hub, what, data)
    settle(desks, hub)
    first, *others = (tables(desk.node) for desk in desks)
    for other in others:
        assert other == first
    assert all(desk.node.journal.verify() is None for desk in desks)
    for desk in desks:
        with desk.node.store.read() as connection:
            found = connection.execute("SELECT count(*) FROM operation").fetchone()[0]
        assert found == len(hub.records)


def busy_day(desks: list[Desk], hub: TinyHub, data: st.DataObject, length: int) -> None:
    steps = data.draw(st.lists(STEPS, min_size=length, max_size=length))
    for number, what in steps:
        step(desks[number], hub, what, data)
    settle(desks, hub)


@settings(always, max_examples=6)
@given(data=st.data())
def test_any_order_of_arrival_gives_the_same_tables(
    desks: list[Desk], hub: TinyHub, opening: Opening, data: st.DataObject
) -> None:
    busy_day(desks, hub, data, 50)
    shuffled = data.draw(st.permutations(hub.records))
    newcomer = opening(f"nouveau-{len(hub.records)}-{id(shuffled)}")
    half = len(shuffled) // 2
    newcomer.journal.receive(shuffled[:half])
    newcomer.journal.receive([*shuffled[half:], *shuffled[:5]])
    assert tables(newcomer) == tables(desks[0].node)
    rebuild(newcomer.store, newcomer.journal, newcomer.logbook)
    assert tables(newcomer) == tables(desks[0].node)


@settings(always, max_examples=6)
@given(data=st.data(), few=st.sampled_from([0, states.FEW]))
def test_a_newcomer_who_starts_from_states_sees_the_same(
    desks: list[Desk],
    hub: TinyHub,
    opening: Opening,
    monkeypatch: pytest.MonkeyPatch,
    data: st.DataObject,
    few: int,
) -> None:
    monkeypatch.setattr(states, "FEW", few)
    busy_day(desks, hub, data, 40)
    rows, position = hub.rows(), len(hub.records)
    newcomer = opening(f"nouveau-{position}-{id(rows)}")
    with newcomer.store.write() as connection:
        newcomer.logbook.load_states(connection, rows)
    assert tables(newcomer) == tables(desks[0].node)
    busy_day(desks, hub, data, 30)
    newcomer.journal.receive(hub.records[max(0, position - 10) :])
    assert tables(newcomer) == tables(desks[0].node)
    rebuild(newcomer.store, newcomer.journal, newcomer.logbook)
    assert tables(newcomer) == tables(desks[0].node)
    for uid in [row.uid for row in rows if row.kind == "entry"]:
        assert newcomer.logbook.history(uid) == desks[0].node.logbook.history(uid)


@settings(always, max_examples=6)
@given(data=st.data())
def test_what_was_purged_leaves_no_trace_and_comes_back_whole(
    desks: list[Desk], hub: TinyHub, opening: Opening, data: st.DataObject
) -> None:
    busy_day(desks, hub, data, 40)
    placed = hub.in_buckets()
    secret = [r for r in placed if r.bucket == "jop-2024/DR_SF"]
    rest = [r for r in placed if r.bucket != "jop-2024/DR_SF"]
    stranger = opening(f"sans-droit-{len(hub.records)}-{id(rest)}")
    stranger.journal.receive(rest)
    some = desks[0].node
    whole = tables(some)
    some.journal.receive(placed)
    assert tables(some) == whole
    some.journal.purge("jop-2024/DR_SF")
    left, never_had = tables(some), tables(stranger)
    del left["numbers"], never_had["numbers"]
    assert left == never_had
    some.journal.receive(secret)
    assert tables(some) == whole
    assert some.journal.verify() is None


@settings(always, max_examples=6)
@given(data=st.data())
def test_the_hub_describes_what_the_desks_show(
    desks: list[Desk], hub: TinyHub, data: st.DataObject
) -> None:
    busy_day(desks, hub, data, 40)
    logbook = desks[0].node.logbook
    for (kind, uid), state in hub.states.items():
        found = merge.describe(state)
        if kind != "entry":
            continue
        entry = logbook.entry(uid)
        assert found is not None
        assert (found.label, found.version, found.arrived) == (
            entry.label, entry.version, entry.arrived,
        )  # fmt: skip
        assert (found.tags, found.gravity, found.lon, found.marking) == (
            entry.content.tags, entry.content.gravity, entry.content.lon, entry.content.marking,
        )  # fmt: skip
