"""What two people said differently without knowing of each other waits, visible, for a choice."""

from pathlib import Path

import pytest

from beffroi.errors import BeffroiError
from beffroi.logbook.conflicts import Candidate, Conflict
from beffroi.logbook.entry import Content, LinkKind, Marking, Qualification
from tests.beffroi.merge.test_nodes import desks as desks
from tests.beffroi.merge.test_nodes import hub as hub
from tests.beffroi.merge.test_nodes import opening as opening
from tests.beffroi.merge.test_nodes import settle
from tests.beffroi.merge.town import Desk, TinyHub, tables


@pytest.fixture
def apart(desks: list[Desk], hub: TinyHub) -> str:
    """An entry that all desks have, just before the network is cut."""
    content = Content(text="Incendie", place="Bobigny", lon=2.4, lat=48.9)
    uid = desks[0].node.logbook.publish(content, desks[0].node.who).uid
    settle(desks, hub)
    return uid


def correct(desk: Desk, uid: str, **fields: object) -> None:
    desk.clock.forward(1)
    entry = desk.node.logbook.entry(uid)
    content = Content(
        **{**{n: getattr(entry.content, n) for n in Content.__struct_fields__}, **fields}
    )
    desk.node.logbook.correct(uid, content, "vu sur place", desk.node.who)


def only(desk: Desk) -> Conflict:
    (found,) = desk.node.logbook.conflicts("c.marchand")
    return found


def values(candidates: tuple[Candidate, ...]) -> set[object]:
    return {candidate.value for candidate in candidates}


def test_base_mine_and_theirs_are_side_by_side_everywhere(
    desks: list[Desk], hub: TinyHub, apart: str
) -> None:
    one, two, three = desks
    correct(one, apart, text="Incendie, 3 blessés")
    correct(two, apart, text="Incendie, 5 blessés")
    settle(desks, hub)
    for desk in desks:
        found = only(desk)
        assert (found.kind, found.entity, found.field, found.base) == (
            "entry", apart, "text", "Incendie",
        )  # fmt: skip
        assert values(found.candidates) == {"Incendie, 3 blessés", "Incendie, 5 blessés"}
        shown = desk.node.logbook.entry(apart)
        assert shown.content.text == found.candidates[-1].value
        assert found.label == shown.label
        assert all(candidate.mine for candidate in found.candidates)
    assert len(three.node.logbook.history(apart)) == 3


def test_settling_once_settles_for_all(desks: list[Desk], hub: TinyHub, apart: str) -> None:
    one, two, three = desks
    correct(one, apart, text="3 blessés")
    correct(two, apart, text="5 blessés")
    settle(desks, hub)
    book = three.node.logbook
    book.settle(apart, "text", "3 à 5 blessés", "recoupé", three.node.who)
    assert book.conflicts() == []
    settle(desks, hub)
    for desk in desks:
        assert desk.node.logbook.conflicts() == []
        assert desk.node.logbook.entry(apart).content.text == "3 à 5 blessés"
        assert desk.node.logbook.history(apart)[-1].reason == "recoupé"
    with pytest.raises(BeffroiError, match="déjà réglée"):
        book.settle(apart, "text", "4", "encore", three.node.who)


def test_two_who_settle_differently_are_a_contradiction_again(
    desks: list[Desk], hub: TinyHub, apart: str
) -> None:
    one, two, _three = desks
    correct(one, apart, text="3")
    correct(two, apart, text="5")
    settle(desks, hub)
    one.node.logbook.settle(apart, "text", "3", "vu", one.node.who)
    two.node.logbook.settle(apart, "text", "5", "vu", two.node.who)
    settle(desks, hub)
    assert values(only(one).candidates) == {"3", "5"}


def test_a_place_is_one_choice_with_its_coordinates(
    desks: list[Desk], hub: TinyHub, apart: str
) -> None:
    one, two, _three = desks
    correct(one, apart, place="Pantin", lon=2.41, lat=48.89)
    correct(two, apart, place="Drancy", lon=2.45, lat=48.92)
    settle(desks, hub)
    found = only(one)
    assert found.field == "place"
    assert {(c.value["place"], c.value["lon"]) for c in found.candidates} == {
        ("Pantin", 2.41), ("Drancy", 2.45),
    }  # fmt: skip
    assert found.base["place"] == "Bobigny"
    pantin = next(c.value for c in found.candidates if c.value["place"] == "Pantin")
    one.node.logbook.settle(apart, "place", pantin, "recoupé", one.node.who)
    content = one.node.logbook.entry(apart).content
    assert (content.place, content.lon, content.lat) == ("Pantin", 2.41, 48.89)


def test_the_same_answer_twice_or_other_fields_are_no_contradiction(
    desks: list[Desk], hub: TinyHub, apart: str
) -> None:
    one, two, three = desks
    correct(one, apart, text="Éteint")
    correct(two, apart, text="Éteint")
    three.node.logbook.qualify(apart, {"gravity": 3}, three.node.who)
    settle(desks, hub)
    assert one.node.logbook.conflicts() == []
    entry = one.node.logbook.entry(apart)
    assert (entry.content.text, entry.content.gravity) == ("Éteint", 3)


def test_levels_statuses_and_titles_can_contradict_each_other_too(
    desks: list[Desk], hub: TinyHub, apart: str
) -> None:
    one, two, _three = desks
    who = one.node.who
    dossier = one.node.logbook.open_dossier("Feu", [apart], 2, who).uid
    asked = one.node.logbook.open_followup(apart, "SDIS", None, "rappeler", who).uid
    settle(desks, hub)
    for desk, level, title, status in (
        (one, Qualification.CONFIRMED, "Feu de Bobigny", "done"),
        (two, Qualification.REFUTED, "Feu de Pantin", "dropped"),
    ):
        book = desk.node.logbook
        book.qualify(apart, {}, desk.node.who, qualification=level)
        book.edit_dossier(dossier, desk.node.who, title=title)
        book.update_followup(asked, status, desk.node.who, "dit")
    settle(desks, hub)
    assert tables(one.node)["conflict"] == tables(two.node)["conflict"]
    book = one.node.logbook
    assert {(c.kind, c.field) for c in book.conflicts()} == {
        ("entry", "qualification"), ("dossier", "title"), ("followup", "status"),
    }  # fmt: skip
    for found in book.conflicts():
        with pytest.raises(BeffroiError):
            book.settle(found.entity, found.field, ["impossible"], "recoupé", who)
        book.settle(found.entity, found.field, found.candidates[0].value, "recoupé", who)
    assert book.conflicts() == []
    settle(desks, hub)
    assert two.node.logbook.conflicts() == []


def test_a_void_entry_has_nothing_left_to_settle(
    desks: list[Desk], hub: TinyHub, apart: str
) -> None:
    one, two, _three = desks
    correct(one, apart, text="3")
    correct(two, apart, text="5")
    one.node.logbook.void(apart, "doublon", one.node.who)
    settle(desks, hub)
    assert two.node.logbook.conflicts() == []


def test_acts_carry_the_marking_and_the_caveats_of_all_they_touch(
    desks: list[Desk], profile_dir: Path
) -> None:
    node = desks[0].node
    book, who = node.logbook, node.who
    told = Content(text="Victime", marking=Marking.DR_SF, caveats=("ORG:SAMU", "MEDICAL"))
    medical = book.publish(told, who)
    plain = book.publish(Content(text="Route", caveats=("ENQUETE",)), who)
    assert medical.content.caveats == ("MEDICAL", "ORG:SAMU")
    book.link(plain.uid, LinkKind.CAUSES, medical.uid, who)
    dossier = book.open_dossier("Affaire", [plain.uid], 1, who)
    book.edit_dossier(dossier.uid, who, add=[medical.uid])
    book.record_figure(dossier.uid, "UA", "1", "", "SAMU", 0, who)
    book.open_followup(medical.uid, "SAMU", None, "suivre", who)
    said = {o.kind: (o.marking, o.audience) for o in node.journal.replay()}
    both = ("DR_SF", "ENQUETE+MEDICAL+ORG:SAMU")
    assert said["link.add"] == said["dossier.edit"] == said["figure.record"] == both
    assert said["dossier.open"] == ("DR", "ENQUETE")
    assert said["followup.open"] == ("DR_SF", "MEDICAL+ORG:SAMU")
    with pytest.raises(BeffroiError, match="Corriger"):
        book.qualify(medical.uid, {"caveats": ["MEDICAL"]}, who)
