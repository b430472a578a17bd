"""Presence, readings and the audit trail go beside operations and never in their way."""

from beffroi.sync import wire
from beffroi.sync.status import HaveSeen, Looking, Present, SeenBy
from tests.beffroi.sync.fake_hub import Asked, FakeHub, Say
from tests.beffroi.sync.kit import Desk
from tests.means import until


def test_presence_and_readings_are_told_and_heard(hub: FakeHub, pair: tuple[Desk, Desk]) -> None:
    claire, _marc = pair
    with claire.running():
        until(lambda: claire.status.state == "online")
        claire.ask(Looking(entity="some-entry", doing="writing"))
        claire.ask(HaveSeen(entities=["some-entry"]))
        until(lambda: hub.seen == [("claire", "some-entry")])
        until(lambda: hub.desks["claire"].doing == "writing")
        hub.shout(wire.Event(head=hub.head, presence=[wire.Presence(account="marc", person="Marc")],
                             seen=[wire.Seen(entity="some-entry", account="marc", at=5)]))  # fmt: skip
        until(lambda: any("marc" in {p.account for p in m.people} for m in claire.heard(Present)))
        until(lambda: claire.heard(SeenBy))
        hub.shout(wire.Event(head=hub.head, presence=[wire.Presence(account="marc")]))
        until(lambda: "marc" not in {p.account for p in claire.heard(Present)[-1].people})
        hub.stop()
        until(lambda: claire.heard(Present)[-1].people == [])


def test_the_trail_goes_up_from_where_the_hub_has_it(hub: FakeHub, pair: tuple[Desk, Desk]) -> None:
    claire, _marc = pair
    sent = len(hub.trail)
    hub.trail = []
    claire.once()
    lines = [line.seq for line in hub.trail]
    assert lines == list(range(1, len(lines) + 1))
    assert len(lines) <= sent
    assert {line.action for line in hub.trail} >= {"login"}


def test_a_hub_without_a_trail_stops_nothing(hub: FakeHub, pair: tuple[Desk, Desk]) -> None:
    claire, _marc = pair

    def none(asked: Asked) -> None:
        if asked.path == "/sync/trail":
            raise Say(404, "unknown")

    hub.fault = none
    claire.once()
    assert claire.status.state == "online"
