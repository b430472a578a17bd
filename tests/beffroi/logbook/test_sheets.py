"""Sheets are written field by field; what is one's own never leaves; what is shared is in the journal."""

import time
from typing import Any

import pytest

from beffroi.errors import BeffroiError
from beffroi.logbook.changes import SheetChanged
from beffroi.logbook.rebuild import rebuild
from beffroi.logbook.sheet import Sheet
from beffroi.logbook.sheets import Sheets
from beffroi.node import Node

CALQUE = {"title": "Secteurs", "opacity": 0.5, "style": {"mode": "single", "colour": "#000091"}}
SHA = "ab" * 32


def put(node: Node, fields: dict[str, Any] = CALQUE, **more: Any) -> Sheet:
    return node.sheets.put("layer", fields, node.who, **more)


def lines(node: Node) -> int:
    with node.store.read() as connection:
        return int(connection.execute("SELECT count(*) FROM operation").fetchone()[0])


def test_what_is_ones_own_is_in_no_journal_and_no_outbox(node: Node) -> None:
    mine = put(node)
    node.sheets.put("layer", {"title": "À moi"}, node.who, uid=mine.uid)
    assert node.sheets.one(mine.uid).fields == {**CALQUE, "title": "À moi"}
    assert not node.sheets.one(mine.uid).shared
    assert (lines(node), node.journal.waiting()) == (0, 0)
    node.sheets.drop(mine.uid, node.who)
    assert node.sheets.find(mine.uid) is None


def test_another_account_of_the_station_does_not_see_what_is_mine(node: Node) -> None:
    mine, ours = put(node), put(node, shared=True)
    other = Sheets(node.store, node.journal, node.clock, "m.leroy")
    assert [sheet.uid for sheet in other.all("layer")] == [ours.uid]
    with pytest.raises(BeffroiError, match="n’existe plus"):
        other.drop(mine.uid, node.who)


def test_sharing_publishes_the_whole_sheet_under_the_same_identity(node: Node) -> None:
    mine = put(node)
    shared = node.sheets.share(mine.uid, node.who, marking="DR_SF", caveats=("MEDICAL",))
    assert (shared.uid, shared.fields) == (mine.uid, CALQUE)
    assert (shared.shared, shared.marking, shared.caveats) == (True, "DR_SF", ("MEDICAL",))
    assert [sheet.uid for sheet in node.sheets.all("layer")] == [mine.uid]
    (operation,) = node.journal.outbox(10)
    assert (operation.kind, operation.marking, operation.audience) == (
        "layer.put", "DR_SF", "MEDICAL",
    )  # fmt: skip


def test_only_what_changed_is_written_and_nothing_when_nothing_did(node: Node) -> None:
    sheet = put(node, shared=True)
    node.sheets.put("layer", {**CALQUE, "opacity": 1.0}, node.who, uid=sheet.uid)
    node.sheets.put("layer", CALQUE | {"opacity": 1.0}, node.who, uid=sheet.uid)
    first, second = node.journal.outbox(10)
    assert b'"title"' in first.payload
    assert b'"title"' not in second.payload
    assert node.sheets.one(sheet.uid).fields == {**CALQUE, "opacity": 1.0}


def test_a_field_is_taken_away_by_none(node: Node) -> None:
    for shared in (False, True):
        sheet = put(node, shared=shared)
        node.sheets.put("layer", {"opacity": None}, node.who, uid=sheet.uid)
        assert "opacity" not in node.sheets.one(sheet.uid).fields


def test_a_new_marking_stays_when_it_is_not_said_again(node: Node) -> None:
    for shared in (False, True):
        sheet = put(node, shared=shared, marking="NP")
        assert sheet.marking == "NP"
        node.sheets.put("layer", {"title": "x"}, node.who, uid=sheet.uid, marking="DR_SF")
        node.sheets.put("layer", {"title": "y"}, node.who, uid=sheet.uid)
        assert node.sheets.one(sheet.uid).marking == "DR_SF"


def test_what_was_dropped_comes_back_with_its_identity(node: Node) -> None:
    sheet = put(node, shared=True)
    node.sheets.drop(sheet.uid, node.who)
    assert node.sheets.all("layer") == []
    back = node.sheets.put("layer", {"title": "Reprise"}, node.who, uid=sheet.uid)
    assert (back.uid, back.shared) == (sheet.uid, True)
    assert back.fields == {**CALQUE, "title": "Reprise"}


def test_several_are_written_together_or_not_at_all(node: Node) -> None:
    said = {f"forme-{n:04}": {"label": str(n)} for n in range(20)}
    assert len(node.sheets.put_all("shape", said, node.who, shared=True)) == 20
    with pytest.raises(BeffroiError, match="ne peuvent pas être gardés"):
        node.sheets.put_all("shape", {"forme-a": {}, "forme-b": {"Nom": 1}}, node.who, shared=True)
    assert len(node.sheets.all("shape")) == 20
    node.sheets.drop_all(list(said)[:5], node.who)
    assert len(node.sheets.all("shape")) == 15


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"Titre": "x"}, "ne peuvent pas être gardés"),
        ({"x": object()}, "ne peuvent pas être gardés"),
        ({f"n{n}": n for n in range(61)}, "ne peuvent pas être gardés"),
        ({"points": "0" * 400_001}, "dépasse 400 ko"),
    ],
)
def test_what_no_sheet_can_hold_is_refused(node: Node, fields: dict[str, Any], said: str) -> None:
    for shared in (False, True):
        with pytest.raises(BeffroiError, match=said):
            put(node, fields, shared=shared)
    assert node.sheets.all("layer") == []


def test_a_marking_that_does_not_exist_is_refused(node: Node) -> None:
    with pytest.raises(BeffroiError, match="choisissez NP"):
        put(node, marking="TS")


def test_everyone_hears_of_what_changed(node: Node) -> None:
    heard: list[str] = []

    def hear(change: SheetChanged) -> None:
        heard.append(f"{change.kind} {change.uid == uid}")

    uid = "calque-0001"
    node.feed.subscribe(SheetChanged, hear)
    put(node, uid=uid)
    node.sheets.share(uid, node.who)
    node.sheets.drop(uid, node.who)
    assert heard == ["layer True"] * 3


def test_a_file_that_a_shared_sheet_needs_is_known_to_who_carries_files(node: Node) -> None:
    sheet = node.sheets.put("source", {"attachment": SHA}, node.who, shared=True)
    node.sheets.put("source", {"attachment": "cd" * 32}, node.who)

    def named() -> list[tuple[str]]:
        with node.store.read() as connection:
            found: list[tuple[str]] = connection.execute(
                "SELECT sha256 FROM sheet_attachment"
            ).fetchall()
        return found

    assert named() == [(SHA,)]
    node.sheets.drop(sheet.uid, node.who)
    assert named() == []


def test_the_tables_made_anew_from_the_journal_are_the_same_and_mine_stay(node: Node) -> None:
    put(node)
    sheet = put(node, shared=True)
    node.sheets.put("layer", {"title": "Zonage"}, node.who, uid=sheet.uid)
    gone = put(node, shared=True)
    node.sheets.drop(gone.uid, node.who)
    before = node.sheets.all("layer")
    rebuild(node.store, node.journal, node.logbook)
    assert node.sheets.all("layer") == before
    assert len(before) == 2


def test_five_hundred_shapes_are_read_in_ten_milliseconds(node: Node) -> None:
    points = [[2.35 + n / 1000, 48.85] for n in range(10)]
    said = {f"forme-{n:04}": {"kind": "line", "points": points} for n in range(500)}
    node.sheets.put_all("shape", said, node.who, shared=True)

    def took() -> float:
        begun = time.perf_counter()
        assert len(node.sheets.all("shape")) == 500
        return time.perf_counter() - begun

    assert min(took() for _ in range(5)) < 0.01
