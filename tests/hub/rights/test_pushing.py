"""What a role may not do goes to quarantine with `rights`; what it does not see is not there."""

import msgspec
import pytest

from beffroi.journal.signing import signed_text
from beffroi.logbook import operations as kinds
from beffroi.logbook.entry import Content, LinkKind
from beffroi.logbook.sheet_operations import (
    DROPS,
    PUTS,
    SHEETS,
    DropSheet,
    PutSheet,
    drop_of,
    put_of,
)
from beffroi.sync import wire
from tests.hub.pens import publish, signed
from tests.hub.real import WS, Person
from tests.hub.rights.house import MISSING, House
from tests.hub.rights.roles import (
    BLIND,
    EVERYONE,
    LEADERS,
    LOGGERS,
    PLACES,
    WRITERS,
    Held,
    may_push,
)

OF_OURS = [held for held in EVERYONE if held.shape in ("np", "dr", "med")]


def upon(pen: Person, kind: str, house: House, place: str, entity: str = "") -> wire.Op:
    """An operation of `kind` upon what lies in a place, or upon `entity` as if it did."""
    marking, caveats = PLACES[place]
    things = house.things[WS, place]
    content = Content(text="réécrit", marking=marking, caveats=caveats)
    entry, dossier = entity or things.entry, entity or things.dossier
    target: dict[str, tuple[str, object]] = {
        kinds.CORRECT: (entry, kinds.Correct(version=2, content=content, reason="erreur")),
        kinds.VOID: (entry, kinds.Void(reason="erreur")),
        kinds.QUALIFY: (entry, kinds.Qualify(changes={"gravity": 2})),
        kinds.LINK: (entry, _link(entry, things.second)),
        kinds.UNLINK: (entry, _link(entry, things.second)),
        kinds.DOSSIER_EDIT: (dossier, kinds.EditDossier(title="autre titre")),
        kinds.FOLLOWUP_OPEN: ("", kinds.OpenFollowUp(entry=entry, owner_post="COS", due=None, text="x")),
        kinds.FOLLOWUP_UPDATE: (entity or things.followup, kinds.UpdateFollowUp(status="done")),
        kinds.FIGURE_RECORD: ("", kinds.RecordFigure(
            dossier=dossier, indicator="blessés", value="5", source="x", as_of=1)),
        kinds.FIGURE_ARBITRATE: ("", kinds.Arbitrate(
            dossier=dossier, indicator="blessés", kept="5", reason="x", figures=(things.figure,))),
        **{put_of(sheet): (entity or uid, PutSheet(fields={"title": "réécrit"}))
           for sheet, uid in things.sheets.items()},
        **{drop_of(sheet): (entity or uid, DropSheet()) for sheet, uid in things.sheets.items()},
    }  # fmt: skip
    uid, payload = target[kind]
    return signed(pen, kind, uid, payload, marking, caveats)


def _link(source: str, target: str) -> kinds.Link:
    return kinds.Link(source=source, kind=LinkKind.CAUSES, target=target)


ACTS = (
    kinds.CORRECT, kinds.VOID, kinds.QUALIFY, kinds.LINK, kinds.UNLINK, kinds.DOSSIER_EDIT,
    kinds.FOLLOWUP_OPEN, kinds.FOLLOWUP_UPDATE, kinds.FIGURE_RECORD, kinds.FIGURE_ARBITRATE,
)  # fmt: skip


@pytest.mark.parametrize("kind", [*ACTS, *PUTS, *DROPS])
def test_what_another_wrote(house: House, kind: str) -> None:
    for held in OF_OURS:
        pen = house.pen(held.account, WS)
        tried = [upon(pen, kind, house, place) for place in PLACES]
        absent = upon(
            pen, kind, house, "np", house.things[WS, "np"].followup if kind in PUTS else MISSING
        )
        *outcomes, nothing = house.push(held.account, *tried, absent)
        assert (nothing.status, nothing.why) == ("refused", "unknown_entity"), held
        for place, outcome in zip(PLACES, outcomes, strict=True):
            told = (outcome.status, outcome.why)
            if not held.sees(WS, place):
                assert told == ("refused", "unknown_entity"), (held, place)
            elif may_push(held.role, kind, own=False):
                assert told == ("kept", ""), (held, place)
            else:
                assert told == ("refused", "rights"), (held, place)


def test_what_one_wrote_oneself(house: House) -> None:
    for held in OF_OURS:
        if held.role not in WRITERS:
            continue
        pen = house.pen(held.account, WS)
        mine = publish(pen, "à moi", marking="NP")
        assert house.push(held.account, mine)[0].status == "kept", held
        for kind in (kinds.CORRECT, kinds.QUALIFY, kinds.LINK, kinds.UNLINK, kinds.VOID):
            [outcome] = house.push(held.account, upon(pen, kind, house, "np", mine.entity))
            right = may_push(held.role, kind, own=True)
            assert outcome.status == ("kept" if right else "refused"), (held, kind, outcome)
            assert outcome.why == ("" if right else "rights"), (held, kind)


def test_something_new_is_placed_no_further_than_its_author_sees(house: House) -> None:
    for held in OF_OURS:
        pen = house.pen(held.account, WS)
        tried = [publish(pen, "neuf", marking=m, caveats=c) for m, c in PLACES.values()]
        for place, outcome in zip(PLACES, house.push(held.account, *tried), strict=True):
            if held.role not in WRITERS:
                assert outcome.why == "rights", (held, place)
            elif held.sees(WS, place):
                assert outcome.status == "kept", (held, place)
            else:
                assert outcome.why == "marking", (held, place)


def test_a_dossier_is_opened_by_who_keeps_the_main_courante(house: House) -> None:
    for held in OF_OURS:
        opened = kinds.OpenDossier(number=2, title="neuf", gravity=1, entries=())
        op = signed(house.pen(held.account, WS), kinds.DOSSIER_OPEN, "", opened, "NP")
        [outcome] = house.push(held.account, op)
        assert outcome.why == ("" if held.role in LOGGERS else "rights"), held


def test_only_who_leads_lowers_a_marking_or_lifts_a_caveat(house: House) -> None:
    author = house.pen("auteur", WS)
    for held in OF_OURS:
        if held.shape != "med" or held.role not in LOGGERS:
            continue
        pen = house.pen(held.account, WS)
        for caveats in ((), ("MEDICAL",)):
            high = publish(author, "protégé", marking="DR_SF", caveats=caveats)
            assert house.push("auteur", high)[0].status == "kept"
            lower = kinds.Correct(
                version=2, content=Content(text="protégé", marking="DR"), reason="x",
                fields=("marking", "caveats"), seen=(high.op_id,),
            )  # fmt: skip
            [outcome] = house.push(
                held.account, signed(pen, kinds.CORRECT, high.entity, lower, "DR")
            )
            leads = held.role in LEADERS
            assert outcome.why == ("" if leads else "marking"), (held, caveats)


def test_raising_out_of_ones_own_sight_is_refused(house: House) -> None:
    held = Held("writer", "dr")
    pen = house.pen(held.account, WS)
    mine = publish(pen, "à moi", marking="DR")
    assert house.push(held.account, mine)[0].status == "kept"
    up = kinds.Correct(
        version=2, content=Content(text="à moi", marking="DR_SF"), reason="x", fields=("marking",)
    )
    [outcome] = house.push(held.account, signed(pen, kinds.CORRECT, mine.entity, up, "DR_SF"))
    assert outcome.why in ("marking", "unknown_entity")


def test_a_hidden_thing_cannot_be_drawn_in_by_what_one_writes(house: House) -> None:
    """A link, a follow-up or a figure about something hidden is about nothing."""
    held = Held("writer", "dr")
    pen = house.pen(held.account, WS)
    visible, hidden = house.things[WS, "dr"], house.things[WS, "medical"]
    ops = [
        signed(pen, kinds.LINK, visible.entry, _link(visible.entry, hidden.entry), "DR"),
        signed(pen, kinds.LINK, visible.entry, _link(visible.entry, MISSING), "DR"),
    ]
    assert [o.why for o in house.push(held.account, *ops)] == ["unknown_entity"] * 2


def test_an_entry_of_another_workspace_is_not_there(house: House) -> None:
    held = Held("writer", "dr")
    pen = house.pen(held.account, WS)
    other = house.things["exercice", "np"].entry
    for kind in (kinds.CORRECT, kinds.VOID, kinds.QUALIFY):
        [outcome] = house.push(held.account, upon(pen, kind, house, "np", other))
        assert outcome.why == "unknown_entity", kind


def test_an_operation_of_the_exercise_does_not_enter_the_real_workspace(house: House) -> None:
    real, exercise = house.pen("auteur", WS), house.pen("auteur", "exercice")
    crossed = [
        # signed for the exercise with its key, then said to be of the real one
        msgspec.structs.replace(
            publish(exercise, "simulé", workspace="exercice", mode="exercise"), workspace=WS
        ),
        # the exercise's key under a true text
        publish(exercise, "simulé"),
        # the real key, but meant for an exercise
        publish(real, "simulé", mode="exercise"),
        # and the other way round
        publish(real, "vrai", workspace="exercice", mode="exercise"),
        publish(exercise, "vrai", workspace="exercice", mode="real"),
    ]
    outcomes = house.push("auteur", *crossed)
    assert {o.status for o in outcomes} == {"refused"}
    assert {o.why for o in outcomes} <= {"signature", "mode", "workspace"}


SIGNED = ("op_id", "kind", "entity", "hlc", "made_at", "post", "station", "marking", "payload")


@pytest.mark.parametrize("field", SIGNED)
def test_what_was_signed_cannot_be_altered(house: House, field: str) -> None:
    op = publish(house.pen("auteur", WS), "signé")
    value = getattr(op, field)
    other = {
        "op_id": MISSING, "entity": MISSING, "kind": kinds.VOID, "marking": "NP",
        "payload": msgspec.Raw(bytes(op.payload).replace(b"sign", b"sing")),
    }.get(field, value + 1 if isinstance(value, int) else f"{value}x")  # fmt: skip
    [outcome] = house.push("auteur", msgspec.structs.replace(op, **{field: other}))
    assert outcome.status == "refused"


def test_nobody_pushes_in_the_name_of_who_never_sat_there(house: House) -> None:
    pen = house.pen("writer-dr", WS)
    op = publish(pen, "au nom d’un autre")
    forged = msgspec.structs.replace(op, author="auteur")
    forged = msgspec.structs.replace(forged, signature=pen.signer.sign(signed_text(forged, "real")))
    assert house.push("writer-dr", forged)[0].why == "author"
    stolen = msgspec.structs.replace(op, device=house.pen("auteur", WS).device)
    stolen = msgspec.structs.replace(stolen, signature=pen.signer.sign(signed_text(stolen, "real")))
    assert house.push("writer-dr", stolen)[0].why == "device"


def test_those_who_read_nothing_are_told_that_it_is_not_their_role(house: House) -> None:
    for role in BLIND:
        held = Held(role, "med")
        op = publish(house.pen(held.account, WS), "essai", marking="NP")
        assert house.push(held.account, op)[0].why == "rights", role


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_is_made_and_kept_up_by_who_may(house: House, sheet: str) -> None:
    for held in OF_OURS:
        pen = house.pen(held.account, WS)
        made = signed(pen, put_of(sheet), "", PutSheet(fields={"title": "à moi"}), "NP")
        [outcome] = house.push(held.account, made)
        may = may_push(held.role, made.kind, own=True)
        assert (outcome.status, outcome.why) == (("kept", "") if may else ("refused", "rights")), (
            held
        )
        if not may:
            continue
        acts = (PutSheet(fields={"title": "mieux"}, seen=(made.op_id,)), DropSheet())
        for kind, payload in zip((put_of(sheet), drop_of(sheet)), acts, strict=True):
            [outcome] = house.push(held.account, signed(pen, kind, made.entity, payload, "NP"))
            assert outcome.status == "kept", (held, kind, outcome)


def test_a_sheet_moves_with_its_marking_and_only_who_leads_lowers_it(house: House) -> None:
    author, blind = house.pen("auteur", WS), Held("cartographer", "np")
    for role in ("cartographer", "room_chief"):
        held = Held(role, "med")
        pen = house.pen(held.account, WS)
        made = signed(author, "layer.put", "", PutSheet(fields={"title": "zonage"}), "NP")
        assert house.push("auteur", made)[0].status == "kept"
        fields = PutSheet(fields={"title": "zonage protégé"}, seen=(made.op_id,))
        raised = signed(pen, "layer.put", made.entity, fields, "DR_SF")
        assert house.push(held.account, raised)[0].status == "kept", held
        hidden = signed(house.pen(blind.account, WS), "layer.drop", made.entity, DropSheet(), "NP")
        assert house.push(blind.account, hidden)[0].why == "unknown_entity"
        lower = PutSheet(fields={"title": "zonage"}, seen=(raised.op_id,))
        [outcome] = house.push(held.account, signed(pen, "layer.put", made.entity, lower, "NP"))
        assert outcome.why == ("" if role == "room_chief" else "marking"), held


def test_a_thing_of_one_kind_is_not_touched_as_if_it_were_of_another(house: House) -> None:
    things, pen = house.things[WS, "np"], house.pen("auteur", WS)
    crossed = [
        signed(pen, "layer.put", things.entry, PutSheet(fields={"title": "x"}), "NP"),
        signed(pen, "layer.drop", things.dossier, DropSheet(), "NP"),
        signed(pen, "shape.put", things.sheets["layer"], PutSheet(fields={}), "NP"),
        signed(pen, kinds.VOID, things.sheets["layer"], kinds.Void(reason="x"), "NP"),
    ]
    assert {o.why for o in house.push("auteur", *crossed)} == {"unknown_entity"}
