"""What others do appears as they do it; any doubt means fetching."""

import pytest

from beffroi.sync import wire
from beffroi.sync.status import Changed
from tests.beffroi.sync.conftest import NewDesk
from tests.beffroi.sync.fake_hub import FakeHub
from tests.beffroi.sync.kit import Desk
from tests.means import until


def test_an_entry_made_elsewhere_appears_in_less_than_two_seconds(pair: tuple[Desk, Desk]) -> None:
    claire, marc = pair
    with claire.running(), marc.running():
        until(lambda: claire.status.state == marc.status.state == "online")
        marc.publish("Panne de signalisation")
        until(lambda: len(claire.texts()) == 2, 2.0, "two seconds were not enough")
        until(lambda: any(m.added for m in claire.heard(Changed)))


def test_what_the_live_stream_lost_is_fetched(hub: FakeHub, pair: tuple[Desk, Desk]) -> None:
    claire, marc = pair
    with claire.running(), marc.running():
        until(lambda: claire.status.state == marc.status.state == "online")
        hub.live_fault = True
        marc.publish("Jamais annoncé")
        until(lambda: len(hub.records) == 2)
        hub.live_fault = False
        for queue in hub.listeners:
            queue.told = hub.head  # type: ignore[attr-defined]
        marc.publish("Annoncé")
        until(lambda: len(claire.texts()) == 3)


def test_an_event_without_records_never_moves_a_cursor(
    hub: FakeHub, pair: tuple[Desk, Desk]
) -> None:
    claire, marc = pair
    with claire.running():
        until(lambda: claire.status.state == "online")
        hub.live_fault = True
        marc.publish("Jamais annoncé")
        marc.once()
        hub.shout(wire.Event(head=hub.head, now=1))
        until(lambda: len(claire.texts()) == 2)


def test_records_that_come_twice_or_in_pieces_count_once(
    hub: FakeHub, pair: tuple[Desk, Desk]
) -> None:
    claire, marc = pair
    with claire.running():
        until(lambda: claire.status.state == "online")
        hub.live_fault = True
        for n in range(4):
            marc.publish(f"Entrée {n}")
        marc.once()
        page = hub.records[1:]
        hub.shout(wire.Event(records=page[:2], after=1, head=3))
        hub.shout(wire.Event(records=page[:3], after=1, head=4))
        hub.shout(wire.Event(records=page, after=1, head=5))
        until(lambda: len(claire.texts()) == 5)
    assert claire.tables() == marc.tables()
    assert claire.node.journal.verify() is None


def test_a_broken_link_is_said_and_taken_up_again(hub: FakeHub, pair: tuple[Desk, Desk]) -> None:
    claire, marc = pair
    with claire.running():
        until(lambda: claire.status.state == "online")
        hub.stop()
        until(lambda: claire.status.state == "offline")
        claire.publish("Écrit sans le hub")
        until(lambda: claire.status.waiting == 1)
        assert claire.status.last_contact > 0
        hub.start()
        until(lambda: claire.status.state == "online", 15.0)
        until(lambda: len(hub.records) == 2)
    marc.once()
    assert "Écrit sans le hub" in marc.texts()


def test_two_desks_of_the_same_account_hear_each_other(hub: FakeHub, new_desk: NewDesk) -> None:
    """ODIN: own events were filtered by account: the same account on two desks never agreed."""
    one, other = new_desk("claire"), new_desk("claire")
    one.publish("Du premier poste")
    one.once()
    other.once()
    other.publish("Du second poste")
    other.once()
    one.once()
    assert one.tables() == other.tables()
    assert len(one.texts()) == 2


def test_unsent_work_survives_a_fresh_start_from_states(
    hub: FakeHub, pair: tuple[Desk, Desk]
) -> None:
    """CloudTAK: a refresh deleted all local features, unsent edits included."""
    claire, marc = pair
    entry = claire.publish("Pas encore envoyé")
    hub.people["claire"].rights = []
    with pytest.raises(Exception, match="accès"):
        claire.once()
    assert claire.texts() == ["Pas encore envoyé"]
    hub.people["claire"].rights = hub.people["marc"].rights
    claire.once()
    marc.once()
    assert marc.node.logbook.entry(entry.uid).content.text == "Pas encore envoyé"
    assert claire.tables() == marc.tables()
