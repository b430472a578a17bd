"""Promises of the main courante that hold whatever people do."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beffroi.errors import BeffroiError
from beffroi.journal import Identity
from beffroi.logbook.content import qualified
from beffroi.logbook.entry import Content
from beffroi.logbook.rebuild import TABLES, rebuild
from beffroi.node import Node, open_node
from tests.beffroi.logbook.acts import ACTS, CHANGES, CONTENTS, Room
from tests.conftest import SECRET, HeldClock

once = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def room(node: Node, who: Identity, other: Identity, clock: HeldClock) -> Room:
    return Room(node, (who, other), clock.forward)


def numbers(node: Node) -> dict[str, int]:
    with node.store.read() as connection:
        return dict(connection.execute("SELECT uid, number FROM entry ORDER BY number").fetchall())


@once
@given(data=st.data(), acts=st.lists(ACTS, min_size=5, max_size=25))
def test_numbers_never_have_gaps_and_never_change(
    room: Room, data: st.DataObject, acts: list[str]
) -> None:
    for act in acts:
        before = numbers(room.node)
        room.act(act, data)
        after = numbers(room.node)
        assert list(after.values()) == list(range(1, len(after) + 1))
        assert before.items() <= after.items()
    assert room.node.journal.verify() is None


def everything(node: Node) -> dict[str, list[Any]]:
    with node.store.write() as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.word USING fts5vocab(main, entry_fts, instance)"
        )
        found = {
            table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
            for table in (*TABLES, "logbook", "read_mark")
            if table != "entry_fts"
        }
        found["words"] = connection.execute(
            "SELECT * FROM temp.word ORDER BY term, doc, col, offset"
        ).fetchall()
        found["squares"] = connection.execute(
            "SELECT * FROM idx_entry_geom ORDER BY pkid"
        ).fetchall()
        return found


@settings(once, max_examples=15)
@given(data=st.data(), acts=st.lists(ACTS, min_size=10, max_size=40))
def test_the_journal_alone_rebuilds_the_same_tables(
    room: Room, data: st.DataObject, acts: list[str]
) -> None:
    for act in acts:
        room.act(act, data)
    for uid in room.uids("entry"):
        entry, last = room.node.logbook.entry(uid), room.node.logbook.history(uid)[-1]
        assert (last.content, last.version) == (entry.content, entry.version)
        assert (last.qualification, last.lifecycle) == (entry.qualification, entry.lifecycle)
    before = everything(room.node)
    assert (
        rebuild(room.node.store, room.node.journal, room.node.logbook)
        == room.node.journal.waiting()
    )
    assert everything(room.node) == before


@given(content=CONTENTS.filter(lambda c: c.text.strip()), changes=CHANGES)
@settings(max_examples=200, deadline=None)
def test_qualifying_never_alters_what_was_said(content: Content, changes: dict[str, Any]) -> None:
    try:
        after = qualified(content, changes)
    except BeffroiError:
        return
    assert after.text == content.text
    assert after.parent == content.parent
    assert set(after.attachments) >= set(content.attachments)
    for name in ("event_time", "lon", "lat", "place", "received_time"):
        said = getattr(content, name)
        assert said in (None, "") or getattr(after, name) == said


def test_numbers_stay_gapless_when_many_write_at_once(node: Node, who: Identity) -> None:
    def write(worker: int) -> list[int]:
        made = []
        for n in range(15):
            text = "" if n % 5 == 4 else f"{worker}-{n}"
            try:
                made.append(node.logbook.publish(Content(text=text), who).number)
            except BeffroiError:
                continue
        return made

    with ThreadPoolExecutor(6) as pool:
        made = sorted(number for numbers in pool.map(write, range(6)) for number in numbers)
    assert made == list(range(1, 73))
    assert node.journal.verify() is None


def test_numbers_stay_gapless_when_two_programs_share_a_profile(
    node: Node, profile_dir: Path, clock: HeldClock
) -> None:
    second = open_node(profile_dir, "m.leroy", SECRET, clock=clock)

    def write(opened: Node) -> list[int]:
        content = Content(text="en même temps")
        return [opened.logbook.publish(content, opened.who).number for _ in range(20)]

    with ThreadPoolExecutor(2) as pool:
        made = sorted(number for numbers in pool.map(write, (node, second)) for number in numbers)
    assert made == list(range(1, 41))
    assert second.journal.verify() is None
    second.close()
