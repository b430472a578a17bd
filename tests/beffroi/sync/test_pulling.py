"""What others did arrives, in whatever way the network and the disk behave."""

import pytest

from beffroi.store import StoreError
from beffroi.sync import wire
from beffroi.sync.cache import Cache
from beffroi.sync.status import Changed, Notice, Present, SeenBy
from beffroi.sync.trouble import HubUnreachable
from tests.beffroi.sync.conftest import NewDesk
from tests.beffroi.sync.fake_hub import Asked, Cut, FakeHub, Say
from tests.beffroi.sync.kit import Desk, until


@pytest.fixture
def pair(new_desk: NewDesk) -> tuple[Desk, Desk]:
    """Two desks that follow the same bucket already."""
    claire, marc = new_desk("claire"), new_desk("marc")
    claire.publish("Ouverture de la main courante")
    claire.once()
    marc.once()
    claire.once()
    return claire, marc


def test_an_entry_made_elsewhere_arrives_with_its_number(pair: tuple[Desk, Desk]) -> None:
    claire, marc = pair
    entry = marc.publish("Panne de signalisation")
    marc.once()
    claire.once()
    assert claire.node.logbook.entry(entry.uid).label == "MC-2024-000002"
    assert claire.tables() == marc.tables()


def test_pages_that_are_cut_anywhere_are_applied_once(
    hub: FakeHub, pair: tuple[Desk, Desk]
) -> None:
    """ODIN: the stream's token was saved before its chunk was processed: a failing chunk was lost."""
    claire, marc = pair
    for n in range(12):
        marc.publish(f"Entrée {n}")
    marc.once()
    hub.page_limit = 3
    cuts = iter(range(0, 4_000, 41))

    def cut(asked: Asked) -> None:
        hub.cut_after = next(cuts, None) if asked.path == "/sync/pull" else None

    hub.fault = cut
    broken = 0
    for _ in range(40):
        before = claire.node.journal.cursors()
        try:
            claire.once()
        except HubUnreachable:
            broken += 1
        else:
            break
        assert claire.node.journal.cursors()["jop-2024/DR"] >= before["jop-2024/DR"]
    assert broken > 5
    assert claire.texts() == marc.texts()
    assert claire.node.journal.verify() is None


def test_a_page_that_cannot_be_kept_moves_no_cursor(
    pair: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    claire, marc = pair
    marc.publish("Panne de signalisation")
    marc.once()
    before = claire.node.journal.cursors()
    real = Cache.receive

    def full(self: Cache, records: object, cursors: object) -> Changed | None:
        with self.store.write():
            real(self, records, cursors)  # type: ignore[arg-type]
            raise StoreError("Le disque est plein.")

    monkeypatch.setattr(Cache, "receive", full)
    with pytest.raises(StoreError):
        claire.once()
    assert claire.node.journal.cursors() == before
    assert len(claire.texts()) == 1
    monkeypatch.undo()
    claire.once()
    assert claire.texts() == marc.texts()


def test_a_full_disk_is_said_once_and_catching_up_goes_on_when_there_is_room(
    pair: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    claire, marc = pair
    monkeypatch.setattr("beffroi.sync.following.TRY_AGAIN_S", 0.05)
    real = Cache.receive
    full = [True]

    def receive(self: Cache, records: object, cursors: object) -> Changed | None:
        if full[0] and records and self.folder == claire.folder:
            raise StoreError("Le disque est plein : libérez de la place puis recommencez.")
        return real(self, records, cursors)  # type: ignore[arg-type]

    monkeypatch.setattr(Cache, "receive", receive)
    with claire.running():
        until(lambda: claire.status.state == "online")
        with marc.running():
            marc.publish("Panne de signalisation")
            until(lambda: claire.heard(Notice))
            until(lambda: "plein" in claire.status.sentence)
            claire.publish("Ceci part quand même")
            until(lambda: len(marc.texts()) == 3)
            full[0] = False
            until(lambda: len(claire.texts()) == 3)
            until(lambda: claire.status.sentence == "")
    assert len(claire.heard(Notice)) == 1


def test_six_months_away_are_caught_up_without_a_window(
    hub: FakeHub, pair: tuple[Desk, Desk]
) -> None:
    """TAK: changes older than the window (12 h) were silently never sent."""
    claire, marc = pair
    entry = claire.publish("Écrit il y a six mois")
    half_a_year = 183 * 86_400_000
    old = [msg for msg in hub.records if msg.op]
    assert old
    for n in range(5):
        marc.publish(f"Entrée {n}")
    marc.once()
    hub.clock.offset_ms = half_a_year
    claire.once()
    marc.once()
    assert marc.node.logbook.entry(entry.uid).content.text == "Écrit il y a six mois"
    assert claire.tables() == marc.tables()


@pytest.mark.parametrize(
    "strange",
    [
        lambda r: {**r, "cursors": {"jop-2024/DR": 0}},
        lambda r: {**r, "cursors": {"jop-2024/DR": 1, "jop-2024/SECRET": 4}},
        lambda r: {**r, "more": True, "cursors": {"jop-2024/DR": 1}},
        lambda r: {**r, "records": list(reversed(r["records"]))},
    ],
)
def test_a_page_without_sense_is_left_alone(
    hub: FakeHub, pair: tuple[Desk, Desk], strange: object
) -> None:
    import msgspec

    claire, marc = pair
    marc.publish("a")
    marc.publish("b")
    marc.once()
    before = claire.tables()
    real = hub._pull

    def pull(account: str, asked: wire.Pull) -> object:
        return strange(msgspec.json.decode(wire.encode(real(account, asked))))  # type: ignore[operator]

    hub._pull = pull  # type: ignore[method-assign,assignment]
    with pytest.raises(HubUnreachable):
        claire.once()
    assert claire.tables() == before
    assert claire.node.journal.cursors() == {"jop-2024/DR": 1}


# Live


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
        until(lambda: claire.status.waiting == 0 or True)
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


# Beside


def test_presence_and_readings_are_told_and_heard(hub: FakeHub, pair: tuple[Desk, Desk]) -> None:
    from beffroi.sync.status import HaveSeen, Looking

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


def test_states_that_are_cut_are_taken_up_where_they_stopped(
    hub: FakeHub, new_desk: NewDesk
) -> None:
    claire = new_desk("claire")
    for n in range(10):
        claire.publish(f"Entrée {n}")
    claire.once()
    marc = new_desk("marc")
    hub.page_limit = 4
    pages = []

    def cut(asked: Asked) -> None:
        if asked.path == "/sync/state":
            pages.append(asked)
            if len(pages) in (2, 4):
                raise Cut

    hub.fault = cut
    for _ in range(2):
        with pytest.raises(HubUnreachable):
            marc.once()
    marc.once()
    assert len(pages) == 5
    assert marc.texts() == claire.texts()
    assert marc.tables() == claire.tables()
