"""The number that a station gave before the hub finds its entry, then and for ever."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from beffroi.logbook.entry import Content
from beffroi.logbook.query import parse, text_of
from beffroi.node import Node, open_node
from beffroi.sync.wire import Outcome
from tests.beffroi.access.joined import make
from tests.conftest import SECRET, START, HeldClock


@pytest.fixture
def joined(tmp_path: Path, clock: HeldClock) -> Iterator[Node]:
    node = open_node(make(tmp_path / "joint"), "c.marchand", SECRET, clock=clock)
    for text in ("un", "deux"):
        node.logbook.publish(Content(text=text), node.who)
    yield node
    node.close()


def grant(node: Node, first: int) -> None:
    """The hub takes what waits, and numbers it from `first` on."""
    node.journal.acknowledge(
        [
            Outcome(op_id=op.op_id, status="kept", seq=n, number=first + n, at=START)
            for n, op in enumerate(node.journal.outbox())
        ]
    )


@pytest.mark.parametrize("typed", ["n:2~S4", "n:2~s4", "n:MC-2024-000002~S4", "n:#2~S4"])
def test_a_search_by_the_provisional_number_finds_before_and_after(
    joined: Node, typed: str
) -> None:
    query = parse(typed, now=START)
    assert [e.content.text for e in joined.search.first(query)] == ["deux"]
    grant(joined, 500)
    (found,) = joined.search.first(query)
    assert (found.content.text, found.label) == ("deux", "MC-2024-000501")
    assert joined.search.count(query) == 1


def test_a_definitive_number_is_not_mistaken_for_a_provisional_one(joined: Node) -> None:
    grant(joined, 2)
    joined.logbook.publish(Content(text="trois"), joined.who)
    by = {
        said: [e.content.text for e in joined.search.first(parse(said, now=START))]
        for said in ("n:2", "n:2~S4", "n:2~S5", "n:4~S4", "n:4")
    }
    assert by == {
        "n:2": ["un"], "n:2~S4": ["deux"], "n:2~S5": [], "n:4~S4": ["trois"], "n:4": ["trois"],
    }  # fmt: skip


def test_a_changed_entry_stays_in_a_list_sought_by_its_former_number(joined: Node) -> None:
    query = parse("n:2~S4", now=START)
    grant(joined, 500)
    one, two = (joined.logbook.by_number(said) for said in ("500", "501"))
    assert one is not None
    assert two is not None
    assert joined.search.needs_store(query)
    assert (joined.search.matches(query, one), joined.search.matches(query, two)) == (False, True)


def test_it_is_written_as_it_is_typed() -> None:
    assert text_of(parse("n:2~s4", now=START)) == "n:2~S4"


@pytest.mark.parametrize("typed", ["n:2~", "n:~S4", "n:2~S-4", "n:x~S4"])
def test_what_is_no_number_is_said(typed: str) -> None:
    query = parse(typed, now=START)
    assert query.problems
    assert msgspec.structs.replace(query, problems=()).is_empty
