"""While someone types, what was already said nearby and lately is pointed out."""

import pytest

from beffroi.logbook.duplicates import Duplicates
from beffroi.logbook.entry import Content, Entry
from beffroi.node import Node

STADE = (2.3601, 48.9245)
MINUTE = 60_000


def publish(node: Node, text: str, place: tuple[float, float] | None = None, ago: int = 5) -> Entry:
    lon, lat = place or (None, None)
    at = node.clock.now() - ago * MINUTE
    return node.logbook.publish(Content(text=text, lon=lon, lat=lat, event_time=at), node.who)


@pytest.fixture
def duplicates(node: Node) -> Duplicates:
    return Duplicates(node.store, node.clock)


def test_the_same_fact_in_other_words_nearby_is_pointed_out(
    node: Node, duplicates: Duplicates
) -> None:
    twin = publish(node, "Colis suspect signalé porte H du Stade de France", STADE)
    publish(node, "Panne d’ascenseur à la gare de Lyon", (2.373, 48.844))
    found = duplicates.near("Stade de France : colis abandonné porte H", 2.3605, 48.9241)
    assert [c.entry.uid for c in found] == [twin.uid]
    assert found[0].why.startswith("à ")
    assert "5 minutes d’écart" in found[0].why


def test_the_same_words_far_away_or_long_ago_are_not(node: Node, duplicates: Duplicates) -> None:
    publish(node, "Colis suspect signalé dans le hall", (5.36, 43.26))
    publish(node, "Colis suspect signalé dans le hall", STADE, ago=60 * 24)
    assert duplicates.near("Colis suspect signalé dans le hall nord", *STADE) == []


def test_words_alone_are_enough_when_no_place_is_known(node: Node, duplicates: Duplicates) -> None:
    twin = publish(node, "Incendie d’un transformateur rue Ampère à Saint-Denis")
    found = duplicates.near("incendie transformateur rue Ampère St-Denis")
    assert [c.entry.uid for c in found] == [twin.uid]


def test_a_voided_entry_and_the_entry_itself_are_left_out(
    node: Node, duplicates: Duplicates
) -> None:
    voided = publish(node, "Rassemblement place de la République")
    node.logbook.void(voided.uid, "erreur de salle", node.who)
    kept = publish(node, "Rassemblement place de la République")
    text = "Rassemblement République"
    assert [c.entry.uid for c in duplicates.near(text)] == [kept.uid]
    assert duplicates.near(text, besides=[kept.uid]) == []


@pytest.mark.parametrize("text", ["", "RAS", "le de la", '" * AND ( ^', "\x00"])
def test_words_that_tell_nothing_find_nothing(duplicates: Duplicates, text: str) -> None:
    assert duplicates.near(text) == []
