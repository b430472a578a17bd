"""The names beside a calque of entries: the first words of each, the newest first, in the view."""

from functools import partial

import pytest

from beffroi.layers.held import Recipe
from beffroi.layers.held_entries import HeldEntries
from beffroi.layers.mercator import HALF_WORLD, mercator
from beffroi.layers.names import LONGEST, entry_names
from beffroi.layers.style import Labels, Style
from beffroi.logbook.entry import Content
from beffroi.node import Node

NAMED = Style(labels=Labels())


def every(node: Node) -> list[int]:
    return [int(rid) for rid in node.points.columns().rid]


def held(node: Node, style: Style = NAMED) -> HeldEntries:
    recipe = Recipe(source="?", style=style)
    return HeldEntries(node.points, recipe, partial(every, node))


def test_entries_of_the_view_are_named_by_their_first_words(node: Node) -> None:
    node.logbook.publish(Content(text="Colis suspect\ngare de Lyon", lon=2.37, lat=48.84), node.who)
    node.logbook.publish(Content(text="Au loin", lon=5.4, lat=43.3), node.who)
    node.logbook.publish(Content(text="mot " * 40, lon=2.38, lat=48.85), node.who)
    west, south = mercator(2.0, 48.0)
    east, north = mercator(3.0, 49.0)
    found = entry_names(node.logbook.entries, NAMED, held(node), (west, south, east, north))
    assert [words for _x, _y, words, _below in found][1:] == ["Colis suspect gare de Lyon"]
    assert found[0][2].endswith("mot…")
    assert len(found[0][2]) <= LONGEST


def test_names_follow_the_copy_of_the_world_in_view(node: Node) -> None:
    node.logbook.publish(Content(text="Wallis", lon=-176.2, lat=-13.3), node.who)
    x, y = mercator(183.8, -13.3)
    box = (x - 1e5, y - 1e5, x + 1e5, y + 1e5)
    ((east, _north, words, _below),) = entry_names(node.logbook.entries, NAMED, held(node), box)
    assert (words, east) == ("Wallis", pytest.approx(x, abs=1))
    assert east > HALF_WORLD


def test_nothing_is_named_where_no_name_is_asked_for(node: Node) -> None:
    node.logbook.publish(Content(text="Ici", lon=2.3, lat=48.8), node.who)
    whole = (-HALF_WORLD, -HALF_WORLD, HALF_WORLD, HALF_WORLD)
    assert entry_names(node.logbook.entries, Style(), held(node), whole) == []
