"""Operations that are truly signed but say anything at all: kept or in quarantine, shown by all."""

import json
import time

import msgspec
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from beffroi.journal.signing import signed_text
from beffroi.logbook import operations as kinds
from beffroi.logbook.sheet_operations import drop_of, put_of
from beffroi.sync import wire
from tests.hub.fuzz.nasty import NUMBERS, TEXTS, paths, put, values
from tests.hub.fuzz.target import Target
from tests.hub.pens import publish
from tests.hub.real import Person

fuzzed = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
UID = "01890000-0000-7000-8000-00000000000a"
CONTENT = {
    "text": "Foule porte 12", "marking": "DR", "tags": ["foule"], "lon": 2.3, "lat": 48.9,
    "event_time": 1_700_000_000_000, "gravity": 2, "attachments": [{"name": "a", "sha256": "ab" * 32}],
}  # fmt: skip
PAYLOADS: dict[str, object] = {
    kinds.PUBLISH: {"journal": "MC-2024~S1", "number": 1, "content": CONTENT},
    kinds.CORRECT: {"version": 2, "content": CONTENT, "reason": "x", "fields": ["text"], "seen": []},
    kinds.VOID: {"reason": "x"},
    kinds.QUALIFY: {"changes": {"gravity": 3, "tags": ["a"]}, "qualification": "sûr"},
    kinds.LINK: {"source": UID, "kind": "causes", "target": UID},
    kinds.DOSSIER_OPEN: {"number": 1, "title": "x", "gravity": 1, "entries": []},
    kinds.DOSSIER_EDIT: {"add": [], "title": "y", "gravity": 2},
    kinds.FOLLOWUP_OPEN: {"entry": UID, "owner_post": "COS", "due": 1, "text": "x"},
    kinds.FOLLOWUP_UPDATE: {"status": "done", "note": "x"},
    kinds.FIGURE_RECORD: {"dossier": UID, "indicator": "x", "value": "4", "source": "x", "as_of": 1},
    kinds.FIGURE_ARBITRATE: {"dossier": UID, "indicator": "x", "kept": "4", "reason": "x", "figures": []},
    put_of("layer"): {"fields": {"title": "Calque", "style": {"mode": "single"}}, "seen": []},
    put_of("shape"): {"fields": {"layer": UID, "points": [[2.3, 48.9]]}},
    put_of("source"): {"fields": {"address": "https://exemple.fr", "attachment": "ab" * 32}},
    drop_of("shape"): {},
}  # fmt: skip
EXTENT = {"hlc": NUMBERS, "made_at": NUMBERS, "offset": NUMBERS}
FIELDS = (
    "kind",
    "entity",
    "op_id",
    "author",
    "post",
    "station",
    "marking",
    "audience",
    "workspace",
)
_whole = [n for n in NUMBERS if isinstance(n, int) and -(2**63) <= n < 2**63]


@st.composite
def operation(draw: st.DrawFn, pen: Person, entities: tuple[str, ...]) -> wire.Op:
    """An operation with a few odd parts, signed as the station would."""
    kind = draw(st.sampled_from(sorted(PAYLOADS)))
    payload = PAYLOADS[kind]
    for _time in range(draw(st.integers(0, 3))):
        payload = put(payload, draw(st.sampled_from(paths(payload))), draw(values))
    op = publish(pen, "x")
    op = msgspec.structs.replace(
        op, kind=kind, payload=msgspec.Raw(_raw(payload)),
        entity=draw(st.sampled_from((*entities, UID, op.entity))),
    )  # fmt: skip
    for _time in range(draw(st.integers(0, 1))):
        if draw(st.booleans()):
            name = draw(st.sampled_from(sorted(EXTENT)))
            op = msgspec.structs.replace(op, **{name: draw(st.sampled_from(_whole))})
        else:
            name = draw(st.sampled_from(FIELDS))
            op = msgspec.structs.replace(op, **{name: draw(st.sampled_from(TEXTS))})
    return resigned(pen, op)


def _raw(payload: object) -> bytes:
    try:
        return msgspec.json.encode(payload)
    except (OverflowError, ValueError):
        return json.dumps(payload).encode()


def resigned(pen: Person, op: wire.Op) -> wire.Op:
    """`op`, signed for what it says now."""
    return msgspec.structs.replace(op, signature=pen.signer.sign(signed_text(op, "real")))


def test_whatever_is_signed_is_kept_or_refused_and_never_breaks_the_lists(target: Target) -> None:
    chef = target.person()
    opened = [
        publish(chef, "Vrai"),
        resigned(chef, msgspec.structs.replace(
            publish(chef, "x"), kind=kinds.DOSSIER_OPEN,
            payload=msgspec.Raw(_raw(PAYLOADS[kinds.DOSSIER_OPEN])))),
    ]  # fmt: skip
    assert {o.status for o in target.push(*opened)} == {"kept"}
    entities = tuple(op.entity for op in opened)

    @fuzzed
    @given(ops=st.lists(operation(chef, entities), min_size=1, max_size=8))
    def send(ops: list[wire.Op]) -> None:
        outcomes = target.push(*ops)
        assert len(outcomes) in (0, len(ops))

    send()
    target.stands()
    assert len(target.kept) > 20, "the strategy no longer reaches what is acceptable"


def test_nested_as_deep_as_it_goes(target: Target) -> None:
    chef = target.person()
    entry = publish(chef, "Profond")
    target.push(entry)
    for depth in (50, 300, 900, 5_000):
        changes = b'{"changes":{"place":' + b"[" * depth + b"]" * depth + b"}}"
        deep = msgspec.structs.replace(
            publish(chef, "x"),
            kind=kinds.QUALIFY,
            entity=entry.entity,
            payload=msgspec.Raw(changes),
        )
        target.push(resigned(chef, deep))
        unknown = b'{"version":2,"content":{"text":"a","plus":' + b"[" * depth + b"]" * depth
        more = msgspec.structs.replace(
            publish(chef, "x"), kind=kinds.CORRECT, entity=entry.entity,
            payload=msgspec.Raw(unknown + b'},"reason":"x"}'),
        )  # fmt: skip
        target.push(resigned(chef, more))
    target.stands()


def test_replayed_it_is_known_and_a_second_of_that_name_is_not(target: Target) -> None:
    chef = target.person()
    op = publish(chef, "Une fois")
    first = target.push(op)[0]
    assert [o.seq for o in target.push(op, op)] == [first.seq] * 2
    other = resigned(chef, msgspec.structs.replace(publish(chef, "Deux"), op_id=op.op_id))
    assert target.push(other)[0].status == "refused"
    target.stands()


def test_replayed_by_another_it_is_not_theirs(target: Target) -> None:
    op = publish(target.person(), "Volée")
    body = wire.encode(wire.Push(ops=[op]))
    told = target.send("POST", "/sync/push", body, account="invite").json()
    assert told["outcomes"][0]["why"] in ("device", "author")
    assert target.push(op)[0].status == "kept", "the thief does not keep the true one out"
    target.stands()


def test_a_stamp_from_the_future_wins_no_longer_than_a_minute(target: Target) -> None:
    chef = target.person()
    entry = publish(chef, "Maintenant")
    target.push(entry)
    far = (int(time.time() * 1000) + 10 * 365 * 86_400_000) << 16
    late = msgspec.structs.replace(
        publish(chef, "x"), kind=kinds.QUALIFY, entity=entry.entity, hlc=far,
        payload=msgspec.Raw(_raw({"changes": {"gravity": 4}})),
    )  # fmt: skip
    assert target.push(resigned(chef, late))[0].status in ("kept", "refused")
    target.stands()


NOT_TEXT = ("\x00", "a\x00b", "\ud800", "x" * 5_000)


def test_one_that_no_database_takes_stops_nobody(target: Target) -> None:
    """PostgreSQL keeps no NUL, UTF-8 no half of a pair: whatever field holds one."""
    chef = target.person()
    for name in ("workspace", "op_id", "entity", "kind", "author", "post", "station", "marking",
                 "audience", "device", "signature"):  # fmt: skip
        for text in NOT_TEXT:
            good = publish(chef, "Bonne")
            told = {**msgspec.json.decode(wire.encode(publish(chef, "x"))), name: text}
            body = b'{"ops":[' + json.dumps(told).encode() + b"," + wire.encode(good) + b"]}"
            answer = target.send("POST", "/sync/push", body)
            if answer.status_code == 400 and text == "\ud800":
                continue  # it is no JSON text at all
            outcomes = target.pushed(answer)
            assert [o.status for o in outcomes] == ["refused", "kept"], (name, outcomes)
    target.stands()
