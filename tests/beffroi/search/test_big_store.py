"""The profiles that benchmarks measure are real ones."""

from pathlib import Path

from beffroi.clock import Clock
from beffroi.logbook.query import Query, parse
from beffroi.logbook.rebuild import rebuild
from beffroi.node import open_node
from benchmarks import big_store
from benchmarks.fake_entries import END_MS


def test_a_profile_made_in_bulk_is_what_its_journal_says(tmp_path: Path) -> None:
    made = big_store.profile(tmp_path, 250)
    assert big_store.profile(tmp_path, 250) == made
    node = open_node(made, big_store.ACCOUNT, big_store.SECRET, clock=Clock(lambda: END_MS))
    try:
        assert node.journal.verify() is None
        texts = ["", "incendie", "tag:TRA gravité>=1", "depuis:5h", "près:48.92,2.36 20km"]
        queries = [parse(text, now=END_MS) for text in texts]
        before = [(node.search.count(q), node.search.first(q)) for q in queries]
        assert before[0][0] == 250
        rebuild(node.store, node.journal, node.logbook)
        after = [(node.search.count(q), node.search.first(q)) for q in queries]
        assert after == before
        assert all(
            node.search.matches(q, e)
            for q, (_n, found) in zip(queries, before, strict=True)
            for e in found
        )
        node.points.load()
        assert node.points.total == 250
        assert node.search.count(Query(unread_only=True)) == node.personal.unread_count() == 200
    finally:
        node.close()
