"""What is written here reaches the hub once, whatever breaks, and nothing stands in its way."""

import itertools

import pytest

from beffroi.sync import wire
from beffroi.sync.status import Delivered, Notice, Poke
from beffroi.sync.trouble import HubRefused, HubUnreachable
from tests.beffroi.sync.conftest import NewDesk
from tests.beffroi.sync.fake_hub import Asked, Cut, FakeHub, Say
from tests.means import until


def ops_at(hub: FakeHub) -> list[str]:
    return [record.op.op_id for record in hub.records if record.op]


def test_what_was_written_gets_its_definitive_number(hub: FakeHub, new_desk: NewDesk) -> None:
    desk = new_desk("claire")
    entry = desk.publish("Colis suspect")
    assert entry.label == "MC-2024-000001~S1"
    desk.once()
    assert desk.node.logbook.entry(entry.uid).label == "MC-2024-000001"
    assert desk.node.journal.waiting() == 0
    assert [d.reached for m in desk.heard(Delivered) for d in m.deliveries] == ["hub"]


def test_a_push_that_is_cut_is_sent_again_and_counts_once(hub: FakeHub, new_desk: NewDesk) -> None:
    desk = new_desk("claire")
    for n in range(3):
        desk.publish(f"Entrée {n}")

    def cut(asked: Asked) -> None:
        if asked.path == "/sync/push":
            raise Cut

    hub.fault = cut
    with pytest.raises(HubUnreachable):
        desk.once()
    assert desk.node.journal.waiting() == 3
    hub.fault = lambda _asked: None
    desk.once()
    desk.once()
    assert len(ops_at(hub)) == len(set(ops_at(hub))) == 3
    assert desk.node.journal.waiting() == 0


def test_an_answer_cut_at_any_byte_loses_nothing_and_doubles_nothing(
    hub: FakeHub, new_desk: NewDesk
) -> None:
    desk = new_desk("claire")
    whole = len(
        wire.encode(
            wire.PushReply(
                outcomes=[
                    wire.Outcome(
                        op_id="x" * 36, status="kept", seq=1, number=1, at=1_700_000_000_000
                    )
                ]
            )
        )
    )
    for cut in itertools.chain(range(0, whole, 7), [whole - 2]):
        desk.publish(f"Coupé à {cut}")
        hub.cut_after = None

        def fault(asked: Asked, cut: int = cut) -> None:
            hub.cut_after = cut if asked.path == "/sync/push" else None

        hub.fault = fault
        with pytest.raises(HubUnreachable):
            desk.once()
    hub.fault, hub.cut_after = (lambda _asked: None), None
    desk.once()
    assert desk.node.journal.waiting() == 0
    assert len(ops_at(hub)) == len(set(ops_at(hub))) == len(desk.texts())


def test_a_refused_operation_waits_in_quarantine_and_the_others_go_on(
    hub: FakeHub, new_desk: NewDesk
) -> None:
    """ODIN: a refused message at the head of the queue blocked all that came after it."""
    desk = new_desk("claire")
    hub.refuse = lambda op: "rights" if b"interdit" in bytes(op.payload) else ""
    first, bad, last = (desk.publish(text) for text in ("un", "interdit", "trois"))
    desk.once()
    assert {r.op.entity for r in hub.records if r.op} == {first.uid, last.uid}
    (refused,) = desk.node.journal.refused()
    assert (refused.operation.entity, refused.why) == (bad.uid, "rights")
    assert desk.status.quarantined == 1
    assert [m.code for m in desk.heard(Notice)] == ["quarantine"]
    assert desk.node.logbook.entry(bad.uid).content.text == "interdit"
    hub.refuse = lambda _op: ""
    desk.node.journal.retry([refused.operation.op_id])
    desk.once()
    assert desk.node.journal.refused() == []
    assert len(ops_at(hub)) == 3


def test_a_batch_that_the_hub_cannot_read_is_halved_until_one_is_left(
    hub: FakeHub, new_desk: NewDesk
) -> None:
    desk = new_desk("claire")
    for n in range(9):
        desk.publish("poison" if n == 4 else f"Entrée {n}")

    def choke(asked: Asked) -> None:
        if asked.path == "/sync/push" and b"poison" in asked.body:
            raise Say(400, "malformed")

    hub.fault = choke
    desk.once()
    assert len(ops_at(hub)) == 8
    assert [one.why for one in desk.node.journal.refused()] == ["payload"]


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"outcomes":[]}', b"\xff\xfe", b"[" * 100_000,
    b'{"outcomes":[{"op_id":"of another","status":"kept","seq":4}]}'])  # fmt: skip
def test_an_answer_without_sense_acknowledges_nothing(
    hub: FakeHub, new_desk: NewDesk, body: bytes
) -> None:
    desk = new_desk("claire")
    desk.publish("Colis suspect")

    def babble(asked: Asked) -> None:
        if asked.path == "/sync/push":
            raise Say(200, "", body=body)

    hub.fault = babble
    with pytest.raises(HubUnreachable):
        desk.once()
    assert desk.node.journal.waiting() == 1
    assert desk.node.journal.refused() == []


def test_a_refusal_of_the_person_quarantines_nothing(hub: FakeHub, new_desk: NewDesk) -> None:
    desk = new_desk("claire")
    desk.publish("Colis suspect")

    def forbid(asked: Asked) -> None:
        if asked.path == "/sync/push":
            raise Say(403, "device")

    hub.fault = forbid
    with pytest.raises(HubRefused):
        desk.once()
    assert desk.node.journal.waiting() == 1
    assert desk.node.journal.refused() == []


def test_what_is_written_leaves_at_once_when_the_link_stands(
    hub: FakeHub, new_desk: NewDesk
) -> None:
    desk = new_desk("claire")
    with desk.running():
        until(lambda: desk.status.state == "online")
        desk.publish("Colis suspect")
        until(lambda: len(hub.records) == 1, 2.0, "two seconds were not enough")
        until(lambda: desk.status.waiting == 0)


def test_what_another_program_wrote_leaves_without_being_told(
    hub: FakeHub, new_desk: NewDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("beffroi.sync.pushing.LOOK_AGAIN_S", 0.1)
    desk = new_desk("claire")
    with desk.running():
        until(lambda: desk.status.state == "online")
        desk.node.logbook.publish(desk.publish("a").content, desk.who)
        until(lambda: len(hub.records) == 2)


def test_a_hub_that_is_asked_to_hurry_is_tried_at_once(hub: FakeHub, new_desk: NewDesk) -> None:
    desk = new_desk("claire")
    hub.stop()
    with desk.running():
        until(lambda: desk.status.state == "offline" and desk.status.sentence)
        hub.start()
        desk.ask(Poke())
        until(lambda: desk.status.state == "online", 5.0)
