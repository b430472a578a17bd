"""What a thing is follows from which acts are known, never from how they came to be known."""

from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from beffroi.logbook import merge
from beffroi.logbook import operations as ops
from beffroi.logbook.entry import Content, LinkKind, Marking
from beffroi.logbook.sheet_operations import DropSheet, PutSheet
from beffroi.sync.wire import Op
from tests.beffroi.merge.test_fold import act

HUB_MS = 50
"""The hub takes an act so long after it was made; clocks lie by far more."""
IDS = [f"0191-{n:04}" for n in range(1, 9)]
SEEN = st.none() | st.lists(st.sampled_from(IDS), max_size=3).map(tuple)
TEXTS = st.sampled_from(["Incendie", "Incendie éteint", "3 blessés", "5 blessés"])
FIELDS = st.none() | st.lists(
    st.sampled_from(["text", "gravity", "tags", "marking", "place", "parent", "unknown"]),
    max_size=3,
).map(tuple)
CONTENTS = st.builds(
    Content,
    text=TEXTS,
    gravity=st.integers(0, 4),
    tags=st.lists(st.sampled_from(["A", "B", "C"]), max_size=2).map(tuple),
    marking=st.sampled_from(Marking),
    place=st.sampled_from(["", "Pantin", "Drancy"]),
)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "gravity": st.integers(0, 4) | st.just("?"),
        "tags": st.lists(st.sampled_from(["A", "B", "C"]), max_size=2),
        "marking": st.sampled_from(["NP", "DR", "DR_SF", "TS"]),
    },
)
LEVELS = st.sampled_from(["", "qualified", "confirmed", "?"])
TIE = st.just(ops.Link(source="e1", kind=LinkKind.FOLLOWS, target="e2"))
UIDS = st.lists(st.sampled_from(["e1", "e2", "e3"]), max_size=2).map(tuple)
SAID: dict[str, st.SearchStrategy[tuple[str, Any]]] = {
    "entry": st.one_of(
        st.tuples(st.just(ops.PUBLISH), st.builds(
            ops.Publish, journal=st.just("MC~S4"), number=st.integers(1, 9), content=CONTENTS,
            entered_time=st.none(), qualification=LEVELS,
        )),
        st.tuples(st.just(ops.CORRECT), st.builds(
            ops.Correct, version=st.integers(1, 5), content=CONTENTS, reason=st.just("r"),
            fields=FIELDS, seen=SEEN,
        )),
        st.tuples(st.just(ops.QUALIFY), st.builds(
            ops.Qualify, changes=CHANGES, qualification=LEVELS, seen=SEEN
        )),
        st.tuples(st.just(ops.VOID), st.just(ops.Void(reason="r"))),
    ),
    "dossier": st.one_of(
        st.tuples(st.just(ops.DOSSIER_OPEN), st.builds(
            ops.OpenDossier, number=st.integers(1, 3), title=TEXTS, gravity=st.integers(0, 4),
            entries=UIDS, status=st.just("open"),
        )),
        st.tuples(st.just(ops.DOSSIER_EDIT), st.builds(
            ops.EditDossier, add=UIDS, remove=UIDS, title=TEXTS | st.just(""),
            gravity=st.none() | st.integers(0, 4), status=st.sampled_from(["", "closed", "?"]),
            reason=st.just(""), seen=SEEN,
        )),
    ),
    "followup": st.one_of(
        st.tuples(st.just(ops.FOLLOWUP_OPEN), st.builds(
            ops.OpenFollowUp, entry=st.just("e1"), owner_post=st.just("SDIS"),
            due=st.none() | st.integers(0, 9), text=TEXTS,
        )),
        st.tuples(st.just(ops.FOLLOWUP_UPDATE), st.builds(
            ops.UpdateFollowUp, status=st.sampled_from(["done", "dropped", "?"]), note=TEXTS,
            due=st.none() | st.integers(0, 9), seen=SEEN,
        )),
    ),
    "layer": st.one_of(
        st.tuples(st.just("layer.put"), st.builds(
            PutSheet, fields=st.fixed_dictionaries({}, optional={
                "title": TEXTS, "opacity": st.sampled_from([0, 1, 0.5, None]),
            }), seen=SEEN.map(lambda seen: seen or ()),
        )),
        st.tuples(st.just("layer.drop"), st.builds(DropSheet, seen=SEEN.map(lambda s: s or ()))),
    ),
    "link": st.tuples(st.sampled_from([ops.LINK, ops.UNLINK]), TIE),
}  # fmt: skip
UID = {"entry": "e1", "dossier": "d1", "followup": "f1", "layer": "c1", "link": "e1 follows e2"}


@st.composite
def histories(draw: st.DrawFn) -> tuple[str, list[Op]]:
    """A kind of thing and up to eight acts on it, by clocks that may lie."""
    kind = draw(st.sampled_from(sorted(SAID)))
    said = draw(st.lists(SAID[kind], min_size=1, max_size=len(IDS)))
    stamps = draw(st.lists(st.integers(0, 400_000), min_size=len(said), max_size=len(said)))
    entity = UID[kind].partition(" ")[0]
    return kind, [
        act_at(n, stamp, what, payload, entity)
        for n, ((what, payload), stamp) in enumerate(zip(said, stamps, strict=True), 1)
    ]


def act_at(n: int, stamp: int, kind: str, payload: Any, entity: str) -> Op:
    made = act(n, kind, payload, entity=entity)
    return Op(
        **{name: getattr(made, name) for name in Op.__struct_fields__ if name != "hlc"},
        hlc=stamp << 16,
    )


def folded(kind: str, acts: Sequence[Op]) -> bytes:
    state = None
    for op in acts:
        n = int(op.op_id[-4:])
        number = n if op.kind == ops.PUBLISH else None
        state = merge.fold(kind, UID[kind], state, op, seq=n, at=n + HUB_MS, number=number)
    assert state is not None
    return state


@settings(max_examples=300, deadline=None)
@given(history=histories(), data=st.data())
def test_a_state_is_the_same_whatever_the_order_and_however_often(
    history: tuple[str, list[Op]], data: st.DataObject
) -> None:
    kind, acts = history
    state = folded(kind, acts)
    shuffled = data.draw(st.permutations(acts))
    again = data.draw(st.lists(st.sampled_from(acts), max_size=4))
    assert folded(kind, [*shuffled, *again]) == state
    assert merge.read_state(state).uid == UID[kind]
    found = merge.describe(state)
    assert found is None or found.kind == kind


@settings(max_examples=150, deadline=None)
@given(history=histories(), data=st.data())
def test_who_has_seen_all_that_stands_settles_it(
    history: tuple[str, list[Op]], data: st.DataObject
) -> None:
    kind, acts = history
    found = merge.describe(folded(kind, acts))
    if kind != "entry" or found is None or "text" not in found.rivals:
        return
    everything = tuple(op.op_id for op in acts)
    told = ops.Correct(
        version=9, content=Content(text="3 à 5 blessés"), reason="recoupé", fields=("text",),
        seen=everything,
    )  # fmt: skip
    stamp = data.draw(st.integers(0, 400_000))
    last = act_at(9, stamp, ops.CORRECT, told, "e1")
    after = merge.describe(folded(kind, data.draw(st.permutations([*acts, last]))))
    assert after is not None
    assert after.text.startswith("3 à 5 blessés")
    assert "text" not in after.rivals
