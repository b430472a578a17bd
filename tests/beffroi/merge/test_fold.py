"""The order in which acts come, and how often, never shows in what a thing is."""

from itertools import permutations
from typing import Any

import msgspec
import pytest

from beffroi.journal.operation import encode
from beffroi.logbook import merge
from beffroi.logbook import operations as ops
from beffroi.logbook.entry import Content, LinkKind, Marking
from beffroi.sync.wire import Op


def act(n: int, kind: str, payload: Any, *, entity: str = "e1", by: str = "c.martin") -> Op:
    return Op(
        op_id=f"0191-{n:04}", kind=kind, entity=entity, workspace="jop-2024", hlc=n << 16,
        made_at=n, author=by, post="SIT", station="S4", marking="DR",
        payload=msgspec.Raw(encode(payload)),
    )  # fmt: skip


def publication(**content: Any) -> Op:
    told = ops.Publish(journal="MC~S4", number=3, content=Content(text="Incendie", **content))
    return act(1, ops.PUBLISH, told)


def correction(n: int, fields: tuple[str, ...], seen: tuple[str, ...], **content: Any) -> Op:
    said = Content(**{"text": "Incendie", **content})
    return act(n, ops.CORRECT, ops.Correct(
        version=2, content=said, reason="précision", fields=fields, seen=seen
    ))  # fmt: skip


def folded(*operations: Op, kind: str = "entry", uid: str = "e1") -> bytes:
    state = None
    for n, op in enumerate(operations, 1):
        number = 12 if op.kind == ops.PUBLISH else None
        state = merge.fold(kind, uid, state, op, seq=n and 9, at=op.made_at, number=number)
    assert state is not None
    return state


def shown(*operations: Op) -> merge.Searchable:
    found = merge.describe(folded(*operations))
    assert found is not None
    return found


def test_any_order_and_any_repetition_give_the_same_bytes() -> None:
    acts = [
        publication(),
        correction(2, ("text",), (), text="Incendie maîtrisé"),
        act(3, ops.QUALIFY, ops.Qualify(changes={"gravity": 3}, seen=())),
        act(4, ops.VOID, ops.Void(reason="doublon")),
    ]
    states = {folded(*some, *some[:2]) for some in permutations(acts)}
    assert len(states) == 1


def test_the_hub_gives_the_number_and_the_provisional_one_stays_known() -> None:
    found = shown(publication())
    assert (found.label, found.aliases) == ("MC-000012", ("MC-000003~S4",))
    assert found.arrived == 1


def test_what_others_wrote_in_other_fields_is_kept() -> None:
    found = shown(
        publication(),
        correction(2, ("text",), (), text="Incendie maîtrisé"),
        act(3, ops.QUALIFY, ops.Qualify(changes={"gravity": 3}, seen=())),
    )
    assert found.text == "Incendie maîtrisé"
    assert found.gravity == 3
    assert found.rivals == ()


def test_two_who_did_not_know_of_each_other_are_rivals_until_one_settles() -> None:
    both = [
        publication(),
        correction(2, ("text",), (), text="3 blessés"),
        correction(3, ("text",), (), text="5 blessés"),
    ]
    assert shown(*both).rivals == ("text",)
    assert shown(*both).text == "5 blessés"
    settled = correction(4, ("text",), ("0191-0002", "0191-0003"), text="3 à 5 blessés")
    assert shown(*both, settled).rivals == ()
    assert shown(*both, settled).text == "3 à 5 blessés"


def test_a_clock_behind_does_not_win_over_what_its_owner_had_read() -> None:
    late = correction(9, ("text",), (), text="avant")
    knowing = correction(2, ("text",), (late.op_id,), text="après")
    assert shown(publication(), late, knowing).text == "après"


def test_a_clock_far_ahead_counts_from_when_the_hub_had_it() -> None:
    ahead = msgspec.structs.replace(correction(3, ("text",), (), text="x"), hlc=1 << 60)
    after = correction(90_000, ("text",), (), text="plus tard")
    assert shown(publication(), ahead, after).text == "plus tard"


def test_what_several_add_to_a_list_at_once_is_all_kept() -> None:
    found = shown(
        publication(tags=("A",)),
        act(2, ops.QUALIFY, ops.Qualify(changes={"tags": ["A", "B"]}, seen=())),
        act(3, ops.QUALIFY, ops.Qualify(changes={"tags": ["A", "C"]}, seen=())),
    )
    assert set(found.tags) == {"A", "B", "C"}
    assert found.rivals == ()


@pytest.mark.parametrize("order", [(2, 3), (3, 2)])
def test_the_highest_of_markings_given_at_once_wins(order: tuple[int, int]) -> None:
    raised, lowered = order
    found = shown(
        publication(),
        correction(raised, ("marking",), (), marking=Marking.DR_SF),
        correction(lowered, ("marking",), (), marking=Marking.NP),
    )
    assert found.marking == Marking.DR_SF


def test_old_journals_without_what_was_seen_keep_their_meaning() -> None:
    said = Content(text="corrigé", gravity=1)
    old = act(2, ops.CORRECT, ops.Correct(version=2, content=said, reason="r"))
    assessed = act(3, ops.QUALIFY, ops.Qualify(changes={"gravity": 2}))
    found = shown(publication(tags=("A",)), old, assessed)
    assert (found.text, found.gravity, found.tags, found.rivals) == ("corrigé", 2, (), ())


def test_an_act_that_cannot_be_read_says_nothing_and_stops_nothing() -> None:
    foul = act(2, ops.QUALIFY, {"changes": "x"})
    worse = act(3, ops.CORRECT, ["?"])
    assert shown(publication(), foul, worse).text == "Incendie"


def test_a_thing_whose_first_act_has_not_come_is_not_shown() -> None:
    later = act(3, ops.QUALIFY, ops.Qualify(changes={"gravity": 3}, seen=()))
    assert merge.describe(folded(later)) is None
    assert shown(later, publication()).gravity == 3


def test_operations_say_what_they_change_and_what_they_are_about() -> None:
    link = act(1, ops.LINK, ops.Link(source="e1", kind=LinkKind.CONFIRMS, target="e2"))
    assert merge.targets(link) == [("link", "e1 confirms e2")]
    assert merge.about(link) == ("e2",)
    assert merge.about(publication(parent="e0", corroborated_by="e7")) == ("e0", "e7")
    edit = act(1, ops.DOSSIER_EDIT, ops.EditDossier(add=("e1",), remove=("e2",)), entity="d1")
    assert (merge.targets(edit), merge.about(edit)) == ([("dossier", "d1")], ("e1", "e2"))
    unknown = act(1, "campaign.open", {"x": 1})
    assert (merge.targets(unknown), merge.about(unknown)) == ([], ())
    assert [k for k in (ops.PUBLISH, ops.VOID, ops.LINK, ops.DOSSIER_EDIT) if merge.places(k)] == [
        ops.PUBLISH, ops.DOSSIER_EDIT,
    ]  # fmt: skip


def test_a_link_is_gone_when_it_was_taken_back_last() -> None:
    tie = ops.Link(source="e1", kind=LinkKind.FOLLOWS, target="e2")
    acts = [act(1, ops.LINK, tie), act(2, ops.UNLINK, tie), act(3, ops.LINK, tie)]
    for some, gone in ((acts[:1], False), (acts[:2], True), (acts, False)):
        for ordered in permutations(some):
            found = merge.describe(folded(*ordered, kind="link", uid="e1 follows e2"))
            assert found is not None
            assert found.gone is gone
