"""Drafts, read marks and saved views belong to one person."""

import pytest

from beffroi.errors import BeffroiError
from beffroi.journal import Identity
from beffroi.logbook.entry import Content
from beffroi.logbook.personal import Personal
from beffroi.logbook.query import Query
from beffroi.logbook.search import Search
from beffroi.node import Node


@pytest.fixture
def mine(node: Node) -> Personal:
    return Personal(node.store, "c.marchand", node.clock)


@pytest.fixture
def theirs(node: Node) -> Personal:
    return Personal(node.store, "m.leroy", node.clock)


def publish(node: Node, text: str, who: Identity, at: int | None = None) -> int:
    return node.logbook.publish(Content(text=text), who, entered_time=at).rid


def test_a_draft_is_kept_until_it_is_dropped(mine: Personal, theirs: Personal) -> None:
    mine.save_draft("d1", {"text": "Début de"})
    mine.save_draft("d1", {"text": "Début de phrase", "gravity": 2})
    assert [(d.uid, d.payload) for d in mine.drafts()] == [
        ("d1", {"text": "Début de phrase", "gravity": 2})
    ]
    assert theirs.drafts() == []
    theirs.drop_draft("d1")
    mine.drop_draft("d1")
    assert mine.drafts() == []


def test_what_others_write_is_unread_and_what_i_write_is_not(
    node: Node, other: Identity, mine: Personal, theirs: Personal
) -> None:
    by_me, by_them = publish(node, "une", node.who), publish(node, "deux", other)
    assert mine.unread([by_me, by_them]) == {by_them}
    assert theirs.unread([by_me, by_them]) == {by_me}
    assert mine.unread_count() == 1


def test_reading_marks_one_or_all(node: Node, other: Identity, mine: Personal) -> None:
    rids = [publish(node, f"n° {i}", other) for i in range(5)]
    mine.mark_read(rids[:2])
    assert mine.unread(rids) == set(rids[2:])
    mine.mark_all_read()
    assert mine.unread_count() == 0
    mine.mark_unread(rids[:1])
    assert mine.unread(rids) == {rids[0]}
    mine.mark_read(rids[:1])
    assert mine.unread_count() == 0


def test_an_entry_that_arrives_late_is_unread_even_after_all_was_read(
    node: Node, other: Identity, mine: Personal
) -> None:
    publish(node, "récente", other)
    mine.mark_all_read()
    late = publish(node, "saisie hier", other, at=node.clock.now() - 86_400_000)
    assert mine.unread([late]) == {late}
    assert mine.unread_count() == 1
    search = Search(node.store, mine, node.clock)
    assert search.rids(Query(unread_only=True)).tolist() == [late]


def test_a_corrected_text_is_to_be_read_again(node: Node, other: Identity, mine: Personal) -> None:
    entry = node.logbook.publish(Content(text="3 blessés"), other)
    mine.mark_all_read()
    node.logbook.correct(entry.uid, Content(text="4 blessés"), "bilan", other)
    assert mine.unread([entry.rid]) == {entry.rid}
    node.logbook.qualify(entry.uid, {"gravity": 2}, other)
    mine.mark_read([entry.rid])
    assert mine.unread_count() == 0


def test_saved_views_keep_their_order_and_their_words(mine: Personal, theirs: Personal) -> None:
    first = mine.save_view("Retards", "suite:retard")
    second = mine.save_view("Transports", "tag:TRA depuis:2h")
    mine.save_view("Retards", "suite:retard ★")
    assert [(v.name, v.query) for v in mine.views()] == [
        ("Retards", "suite:retard ★"), ("Transports", "tag:TRA depuis:2h"),
    ]  # fmt: skip
    mine.move_view(second.uid, 0)
    assert [v.name for v in mine.views()] == ["Transports", "Retards"]
    mine.drop_view(first.uid)
    assert [v.name for v in mine.views()] == ["Transports"]
    assert theirs.views() == []


def test_a_view_without_a_name_is_refused(mine: Personal) -> None:
    with pytest.raises(BeffroiError, match="nom"):
        mine.save_view("  ", "feu")
