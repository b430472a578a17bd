"""An entry at work is not told anew at each act, and what is remembered of it is never wrong."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from beffroi.errors import BeffroiError
from beffroi.logbook import stories
from beffroi.logbook.entry import Content, Lifecycle
from beffroi.logbook.rebuild import rebuild
from beffroi.node import Node, open_node
from tests.beffroi.merge.town import TinyHub, tables
from tests.conftest import SECRET, HeldClock


@pytest.fixture
def twin(profile_dir: Path, node: Node, clock: HeldClock) -> Iterator[Node]:
    """The same profile, held by another process."""
    opened = open_node(profile_dir, "c.marchand", SECRET, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def hub() -> TinyHub:
    return TinyHub()


def test_the_acts_on_an_entry_are_read_once_for_hundreds_of_assessments(
    node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = node.logbook.publish(Content(text="Colis suspect"), node.who)
    node.logbook.qualify(entry.uid, {"gravity": 1}, node.who)
    read: list[str] = []
    acts_on = stories.acts_on

    def counted(*asked: object) -> object:
        read.append(entry.uid)
        return acts_on(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(stories, "acts_on", counted)
    for n in range(300):
        entry = node.logbook.qualify(entry.uid, {"gravity": n % 5}, node.who)
    assert read == []
    assert entry.content.gravity == 299 % 5


class Stumble(Exception):
    """Something went wrong in the middle of a transaction."""


def assess(node: Node, uid: str, gravity: int, *, fails: bool) -> None:
    with node.store.write():
        node.logbook.qualify(uid, {"gravity": gravity}, node.who)
        if fails:
            raise Stumble


ACTS = st.sampled_from(
    ["assess", "fail", "correct", "push", "twin", "twin fails", "twin pushes", "void"]
)


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=st.lists(st.tuples(ACTS, st.integers(0, 4)), min_size=5, max_size=25))
def test_what_is_remembered_always_equals_what_the_journal_tells(
    node: Node, twin: Node, hub: TinyHub, clock: HeldClock, acts: list[tuple[str, int]]
) -> None:
    for one in (node, twin):
        one.logbook._station_code = "S1"  # what a joined profile opens with
    uid = node.logbook.publish(Content(text="Colis suspect"), node.who).uid
    for act, gravity in acts:
        clock.forward(0.2)
        try:
            match act:
                case "assess" | "fail":
                    assess(node, uid, gravity, fails=act == "fail")
                case "twin" | "twin fails":
                    assess(twin, uid, gravity, fails=act == "twin fails")
                case "correct":
                    now = Content(text=f"Colis suspect, version {clock.now()}", gravity=gravity)
                    node.logbook.correct(uid, now, "précision", node.who)
                case "push" | "twin pushes":
                    one = node if act == "push" else twin
                    one.journal.acknowledge(hub.push(one.journal.outbox(1)))
                case "void" if gravity > 2:
                    node.logbook.void(uid, "doublon", node.who)
        except (Stumble, BeffroiError):
            continue
    shown = node.logbook.entry(uid)
    before = tables(node)
    rebuild(node.store, node.journal, node.logbook)
    assert tables(node) == before
    assert node.logbook.entry(uid) == shown
    assert (shown.lifecycle == Lifecycle.VOID) == any(a == "void" and g > 2 for a, g in acts)
    assert node.logbook.conflicts() == [], "each of the two had all that the other did"


@pytest.mark.parametrize("meanwhile", ["kept", "pushed", "failed and kept"])
def test_voiding_counts_what_another_process_did_meanwhile(
    node: Node, twin: Node, hub: TinyHub, meanwhile: str
) -> None:
    for one in (node, twin):
        one.logbook._station_code = "S1"
    uid = node.logbook.publish(Content(text="Colis suspect"), node.who).uid
    assess(node, uid, 1, fails=False)
    assess(node, uid, 2, fails=False)
    if meanwhile == "pushed":
        twin.journal.acknowledge(hub.push(twin.journal.outbox(9)))
    else:
        if meanwhile == "failed and kept":
            with pytest.raises(Stumble):
                assess(node, uid, 3, fails=True)
        assess(twin, uid, 4, fails=False)
    shown = node.logbook.void(uid, "doublon", node.who)
    assert shown.content.gravity == (2 if meanwhile == "pushed" else 4)
    assert (shown.arrived > 0) == (meanwhile == "pushed")
    before = tables(node)
    rebuild(node.store, node.journal, node.logbook)
    assert tables(node) == before


def test_an_entry_that_came_as_it_stands_is_worked_on_like_any_other(
    node: Node, hub: TinyHub, pristine: Path, tmp_path: Path, clock: HeldClock
) -> None:
    uid = node.logbook.publish(Content(text="Colis suspect"), node.who).uid
    node.logbook.qualify(uid, {"gravity": 1}, node.who)
    node.journal.acknowledge(hub.push(node.journal.outbox(9)))
    shutil.copytree(pristine, tmp_path / "neuf", ignore=shutil.ignore_patterns("reserve"))
    newcomer = open_node(tmp_path / "neuf", "c.marchand", SECRET, clock=clock)
    with newcomer.store.write() as connection:
        newcomer.logbook.load_states(connection, hub.rows())
    for gravity in (2, 3, 4):
        clock.forward(0.2)
        newcomer.logbook.qualify(uid, {"gravity": gravity}, newcomer.who)
    shown = newcomer.logbook.void(uid, "doublon", newcomer.who)
    assert (shown.content.gravity, shown.lifecycle) == (4, Lifecycle.VOID)
    assert newcomer.logbook.conflicts() == []
    before = tables(newcomer)
    rebuild(newcomer.store, newcomer.journal, newcomer.logbook)
    assert tables(newcomer) == before
    newcomer.close()
