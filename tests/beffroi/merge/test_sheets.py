"""Sheets that several desks work on at once: nothing is lost, nothing is lowered, all end equal."""

import pytest

from beffroi.logbook import merge
from beffroi.logbook.sheet_operations import DropSheet, PutSheet
from tests.beffroi.merge.test_fold import act
from tests.beffroi.merge.test_nodes import desks as desks
from tests.beffroi.merge.test_nodes import hub as hub
from tests.beffroi.merge.test_nodes import opening as opening
from tests.beffroi.merge.test_nodes import settle
from tests.beffroi.merge.town import Desk, TinyHub, tables

UID = "calque-0001"


def put(desk: Desk, marking: str | None = None, **fields: object) -> None:
    desk.clock.forward(1)
    desk.node.sheets.put(
        "layer", fields, desk.node.who, uid=UID, shared=True, marking=marking
    )  # fmt: skip


@pytest.fixture
def apart(desks: list[Desk], hub: TinyHub) -> list[Desk]:
    """Desks that all have a calque, just before the network is cut."""
    put(desks[0], title="Secteurs", group="Ordre public")
    settle(desks, hub)
    return desks


def test_what_two_people_wrote_in_two_fields_is_all_kept(apart: list[Desk], hub: TinyHub) -> None:
    put(apart[0], title="Secteurs nord")
    put(apart[1], group="Secours")
    settle(apart, hub)
    for desk in apart:
        sheet = desk.node.sheets.one(UID)
        assert sheet.fields == {"title": "Secteurs nord", "group": "Secours"}
        assert sheet.rivals == ()


def test_two_who_wrote_the_same_field_wait_for_a_choice_and_it_holds_everywhere(
    apart: list[Desk], hub: TinyHub
) -> None:
    put(apart[0], title="Nord")
    put(apart[1], title="Sud")
    settle(apart, hub)
    (found,) = apart[2].node.logbook.conflicts("c.marchand")
    assert (found.kind, found.entity, found.field, found.base) == (
        "layer",
        UID,
        "title",
        "Secteurs",
    )
    assert {candidate.value for candidate in found.candidates} == {"Nord", "Sud"}
    apart[2].node.logbook.settle(UID, "title", "Nord", "vu au PC", apart[2].node.who)
    settle(apart, hub)
    for desk in apart:
        assert desk.node.sheets.one(UID).fields["title"] == "Nord"
        assert desk.node.logbook.conflicts() == []


def test_what_one_dropped_while_another_worked_on_it_stays(apart: list[Desk], hub: TinyHub) -> None:
    apart[0].node.sheets.drop(UID, apart[0].node.who)
    put(apart[1], title="Secteurs complétés")
    settle(apart, hub)
    for desk in apart:
        assert desk.node.sheets.one(UID).fields["title"] == "Secteurs complétés"
    apart[0].node.sheets.drop(UID, apart[0].node.who)
    settle(apart, hub)
    assert all(desk.node.sheets.find(UID) is None for desk in apart)
    found = merge.describe(hub.states["layer", UID])
    assert found is not None
    assert found.gone


def test_who_writes_on_without_knowing_does_not_lower_a_marking(
    apart: list[Desk], hub: TinyHub
) -> None:
    put(apart[0], marking="DR_SF")
    put(apart[1], marking="NP", title="x")
    settle(apart, hub)
    assert {desk.node.sheets.one(UID).marking for desk in apart} == {"DR_SF"}
    put(apart[1], marking="NP")
    settle(apart, hub)
    assert {desk.node.sheets.one(UID).marking for desk in apart} == {"NP"}


def test_a_contradiction_of_a_sheet_that_is_gone_waits_for_nobody(
    apart: list[Desk], hub: TinyHub
) -> None:
    put(apart[0], title="Nord")
    put(apart[1], title="Sud")
    settle(apart, hub)
    apart[0].node.sheets.drop(UID, apart[0].node.who)
    settle(apart, hub)
    assert all(desk.node.logbook.conflicts() == [] for desk in apart)
    first, *others = (tables(desk.node) for desk in apart)
    assert all(other == first for other in others)


def test_the_files_and_the_words_of_a_sheet_are_found() -> None:
    sha = "ab" * 32
    op = act(
        1, "source.put", PutSheet(fields={"title": "Hôpitaux", "attachment": sha}), entity="s1"
    )
    found = merge.describe(merge.fold("source", "s1", None, op))
    assert found is not None
    assert (found.text, found.attachments) == ("Hôpitaux", (sha,))


@pytest.mark.parametrize(
    "payload", [{}, {"fields": {"Nom": 1}}, {"fields": []}, ["?"], {"fields": {"a": 1}, "seen": 3}]
)
def test_a_put_that_cannot_be_read_says_nothing_and_stops_nothing(payload: object) -> None:
    foul = act(1, "layer.put", payload, entity=UID)
    state = merge.fold("layer", UID, None, foul)
    assert merge.describe(state) is None
    fair = act(2, "layer.put", PutSheet(fields={"title": "Secteurs"}), entity=UID)
    found = merge.describe(merge.fold("layer", UID, state, fair))
    assert found is not None
    assert found.text == "Secteurs"


def test_a_drop_alone_shows_nothing() -> None:
    drop = act(1, "layer.drop", DropSheet(), entity=UID)
    assert merge.describe(merge.fold("layer", UID, None, drop)) is None
