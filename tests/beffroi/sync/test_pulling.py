"""What others did arrives, in whatever way the network and the disk behave."""

import pytest

from beffroi.store import StoreError
from beffroi.sync import wire
from beffroi.sync.cache import Cache
from beffroi.sync.status import Changed, Notice
from beffroi.sync.trouble import HubUnreachable
from tests.beffroi.sync.conftest import NewDesk
from tests.beffroi.sync.fake_hub import Asked, Cut, FakeHub
from tests.beffroi.sync.kit import Desk
from tests.means import until


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
        lambda r: {**r, "records": [{**one, "seq": 99} for one in r["records"]]},
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
