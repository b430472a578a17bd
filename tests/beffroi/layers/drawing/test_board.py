"""What is drawn, changed and taken back is what the hand meant, whatever its order."""

from itertools import count

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from beffroi.errors import BeffroiError
from beffroi.journal import Identity
from beffroi.layers.drawing import deeds
from beffroi.layers.drawing.board import Board
from beffroi.layers.shapes import KIND_WORDS, Kind, Shape, shape_of
from beffroi.node import Node
from tests.beffroi.layers.drawing.sheetbook import SheetBook

WHO = Identity(
    account="c.marchand", person="Claire Marchand", post="Chef de salle", station="poste-1"
)
SQUARE = ((2.0, 48.0), (2.1, 48.0), (2.1, 48.1), (2.0, 48.1))
positions = st.tuples(st.floats(-180, 180), st.floats(-85, 85))
labels = st.text(max_size=12)


def board(book: SheetBook | None = None) -> Board:
    uids = count(1)
    return Board(
        sheets=book or SheetBook(), who=lambda: WHO, new_uid=lambda: f"dessin-{next(uids)}"
    )


def shape(kind: Kind, layer: str = "calque") -> Shape:
    points = SQUARE if kind in {"line", "arrow", "area", "rectangle"} else SQUARE[:1]
    radius = 500.0 if kind in {"circle", "sector"} else 0.0
    symbol = "sitac:pma" if kind == "symbol" else ""
    return Shape(layer=layer, kind=kind, points=points, radius_m=radius, symbol=symbol)


class RandomUser(RuleBasedStateMachine):
    """Draws, changes, erases, undoes and redoes at random; a model of plain dicts says what is so."""

    def __init__(self) -> None:
        super().__init__()
        self.book = SheetBook()
        self.board = board(self.book)
        self.now: dict[str, Shape] = {}
        self.past: list[dict[str, Shape]] = []
        self.future: list[dict[str, Shape]] = []

    def step(self, after: dict[str, Shape]) -> None:
        if after != self.now:
            self.past.append(self.now)
            self.future.clear()
            self.now = after

    @rule(kind=st.sampled_from(sorted(KIND_WORDS)))
    def draw(self, kind: Kind) -> None:
        wanted = shape(kind)
        uid = self.board.draw(wanted)
        self.step({**self.now, uid: wanted})

    @precondition(lambda self: self.now)
    @rule(data=st.data(), label=labels, planned=st.booleans(), at=positions)
    def change(
        self, data: st.DataObject, label: str, planned: bool, at: tuple[float, float]
    ) -> None:
        uid = data.draw(st.sampled_from(sorted(self.now)))
        old = self.now[uid]
        points = (at, *old.points[1:])
        self.board.change(uid, label=label, planned=planned, points=points)
        new = shape_of(
            {**self.book.kept[uid].fields, "label": label, "planned": planned, "points": points}
        )
        self.step({**self.now, uid: new})

    @precondition(lambda self: self.now)
    @rule(data=st.data())
    def erase(self, data: st.DataObject) -> None:
        uids = data.draw(st.lists(st.sampled_from(sorted(self.now)), unique=True, min_size=1))
        self.board.erase(uids)
        self.step({uid: kept for uid, kept in self.now.items() if uid not in uids})

    @rule()
    def undo(self) -> None:
        assert bool(self.board.undo()) == bool(self.past)
        if self.past:
            self.future.append(self.now)
            self.now = self.past.pop()

    @rule()
    def redo(self) -> None:
        assert bool(self.board.redo()) == bool(self.future)
        if self.future:
            self.past.append(self.now)
            self.now = self.future.pop()

    @invariant()
    def what_is_kept_is_what_the_model_says(self) -> None:
        kept = {uid: shape_of(sheet.fields) for uid, sheet in self.book.kept.items()}
        assert kept == self.now


RandomUser.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
test_any_sequence_of_gestures_equals_its_model = RandomUser.TestCase


def test_undo_says_what_it_takes_back() -> None:
    hand = board()
    assert deeds.undo_title(hand.history.undo_words) == "Annuler le dessin"
    hand.draw(shape("area"))
    assert deeds.undo_title(hand.history.undo_words) == "Annuler\u00a0: tracer la zone"
    hand.undo()
    assert deeds.redo_title(hand.history.redo_words) == "Rétablir\u00a0: tracer la zone"


def test_undo_leaves_what_somebody_else_has_changed_since() -> None:
    hand = board()
    uid = hand.draw(shape("area"))
    hand.change(uid, label="Zone A", colour="#ff0000")
    hand.sheets.put_all("shape", {uid: {"label": "Zone Alpha"}}, WHO)
    hand.undo()
    left = hand.sheets.find(uid)
    assert left is not None
    assert (left.fields["label"], left.fields["colour"]) == ("Zone Alpha", "")


def test_a_shape_erased_by_somebody_else_cannot_be_changed_back() -> None:
    hand = board()
    uid = hand.draw(shape("area"))
    hand.change(uid, label="Zone A")
    hand.sheets.drop_all([uid], WHO)
    with pytest.raises(BeffroiError, match="D’autres ont modifié"):
        hand.undo()


def test_an_erased_shape_comes_back_under_its_own_name() -> None:
    hand = board()
    uid = hand.draw(shape("symbol"))
    hand.erase([uid])
    hand.undo()
    assert hand.sheets.find(uid) is not None


def test_what_is_drawn_on_a_shared_calque_is_shared_with_its_marking() -> None:
    hand = board()
    hand.sheets.put_all("layer", {"c": {}}, WHO, shared=True, marking="NP", caveats=("SNCF",))
    uid = hand.draw(shape("point", "c"))
    drawn = hand.sheets.find(uid)
    assert drawn is not None
    assert (drawn.shared, drawn.marking, drawn.caveats) == (True, "NP", ("SNCF",))


def test_a_change_that_makes_no_sense_changes_nothing() -> None:
    hand = board()
    uid = hand.draw(shape("circle"))
    with pytest.raises(BeffroiError, match="rayon"):
        hand.change(uid, radius_m=-1.0)
    assert hand.history.undo_words == deeds.DRAW["circle"]


def test_the_stored_sheets_keep_undo_and_redo_too(node: Node, who: Identity) -> None:
    uids = count(1)
    hand = Board(sheets=node.sheets, who=lambda: who, new_uid=lambda: f"0190-{next(uids)}")
    layer = node.sheets.put("layer", {"title": "SITAC"}, who, shared=True, marking="NP")
    uid = hand.draw(shape("sector", layer.uid))
    hand.change(uid, label="Panache", until=5)
    hand.erase([uid])
    for _back in range(2):
        hand.undo()
    assert shape_of(node.sheets.one(uid).fields) == shape("sector", layer.uid)
    hand.redo()
    kept = node.sheets.one(uid)
    assert (kept.shared, kept.marking) == (True, "NP")
    assert shape_of(kept.fields).label == "Panache"
    assert shape_of(kept.fields).until == 5
