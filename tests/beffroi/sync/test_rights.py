"""What a person may see comes to their station, and leaves it when the right ends."""

import shutil
from pathlib import Path

import pytest
from nacl.public import PrivateKey

from beffroi.access.keyring import Keyring, WrongSecret
from beffroi.attachments.vault import Vault
from beffroi.profile import ATTACHMENTS_FOLDER, KEYRING_FILE, STORE_FILE, Erased, salvage
from beffroi.store import Store, StoreError
from beffroi.sync import wiping, wire
from beffroi.sync.joining import join, workspaces
from beffroi.sync.opening import open_joined, open_signed_in
from beffroi.sync.running import at_work
from beffroi.sync.status import Changed, Told
from beffroi.sync.status import Erased as ToldErased
from beffroi.sync.trouble import HubRefused, Revoked, WrongLogin
from tests.beffroi.store.pages import decrypted
from tests.beffroi.sync.conftest import NewDesk, enrolled, rights
from tests.beffroi.sync.fake_hub import SECRET, FakeHub, Person, salvage_pair
from tests.beffroi.sync.kit import Desk
from tests.conftest import CHEAP
from tests.means import until


@pytest.fixture
def two_markings(hub: FakeHub, new_desk: NewDesk) -> tuple[Desk, Desk]:
    """Claire sees DR_SF and Marc does not; one entry in each bucket."""
    hub.people["claire"].rights = [rights("room_chief", "DR_SF", "MEDICAL")]
    claire, marc = new_desk("claire"), new_desk("marc")
    claire.publish("Pour tous")
    claire.publish("Spécial France", marking="DR_SF")
    claire.publish("Médical", marking="DR", caveats=("MEDICAL",))
    claire.once()
    marc.once()
    return claire, marc


def test_what_a_person_may_not_see_never_comes(two_markings: tuple[Desk, Desk]) -> None:
    claire, marc = two_markings
    assert sorted(claire.texts()) == ["Médical", "Pour tous", "Spécial France"]
    assert marc.texts() == ["Pour tous"]


def test_a_right_that_grows_brings_what_was_there_before(
    hub: FakeHub, two_markings: tuple[Desk, Desk]
) -> None:
    claire, marc = two_markings
    hub.people["marc"].rights = hub.people["claire"].rights
    marc.once()
    assert marc.tables() == claire.tables()


def test_a_right_that_ends_takes_everything_back_at_once(
    hub: FakeHub, two_markings: tuple[Desk, Desk]
) -> None:
    claire, _marc = two_markings
    with claire.running():
        until(lambda: claire.status.state == "online")
        hub.people["claire"].rights = [rights()]
        hub.shout(wire.Event(rights=True, head=hub.head))
        until(lambda: claire.texts() == ["Pour tous"], 3.0)
        until(lambda: sum(len(m.removed) for m in claire.heard(Changed)) == 2)
    with claire.node.store.read() as connection:
        words = connection.execute("SELECT group_concat(payload) FROM operation").fetchone()[0]
        states = connection.execute("SELECT group_concat(state) FROM merge_state").fetchone()[0]
    assert "Spécial" not in words + (states or "")
    assert "Médical" not in words + (states or "")
    assert claire.node.journal.verify() is None


def test_what_came_as_it_stands_leaves_with_the_right_too(
    hub: FakeHub, two_markings: tuple[Desk, Desk]
) -> None:
    _claire, marc = two_markings
    hub.people["marc"].rights = hub.people["claire"].rights
    marc.once()
    assert "Spécial France" in marc.texts()
    hub.people["marc"].rights = [rights()]
    marc.once()
    assert marc.texts() == ["Pour tous"]
    with marc.node.store.read() as connection:
        states = connection.execute("SELECT group_concat(state) FROM merge_state").fetchone()[0]
    assert "Spécial" not in (states or "")


def _in_file(desk: Desk) -> bytes:
    """What lies in the file for whoever has its key: all pages, free ones and the index too."""
    desk.node.close()
    return decrypted(desk.folder / STORE_FILE, desk.opened.key).lower()


def test_no_word_of_what_was_taken_back_stays_in_the_file(
    hub: FakeHub, two_markings: tuple[Desk, Desk]
) -> None:
    claire, _marc = two_markings
    claire.publish("Hypothermie quai Malaquais", marking="DR_SF")
    claire.once()
    hub.people["claire"].rights = [rights()]
    claire.once()
    file = _in_file(claire)
    assert b"pour tous" in file
    assert b"hypothermie" not in file
    assert b"malaquais" not in file


def test_a_running_station_wipes_its_file_by_itself(
    hub: FakeHub, two_markings: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiping, "LOOK_S", 0.05)
    monkeypatch.setattr(wiping, "QUIET_S", 0.05)
    claire, _marc = two_markings
    claire.publish("Hypothermie quai Malaquais", marking="DR_SF")
    with claire.running():
        until(lambda: claire.status.state == "online" and not claire.status.waiting)
        hub.people["claire"].rights = [rights()]
        hub.shout(wire.Event(rights=True, head=hub.head))
        until(lambda: claire.texts() == ["Pour tous"], 3.0)
        until(lambda: claire.node.settings.get("sync/to_wipe") is None, 5.0)
    assert b"malaquais" not in _in_file(claire)


def test_what_could_not_be_wiped_is_wiped_later(
    hub: FakeHub, two_markings: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_store: Store) -> None:
        raise StoreError("disque plein")

    claire, _marc = two_markings
    hub.people["claire"].rights = [rights()]
    with monkeypatch.context() as patched:
        patched.setattr(wiping, "wipe", full)
        claire.once()
    assert claire.texts() == ["Pour tous"]
    claire.once()
    assert "spécial".encode() not in _in_file(claire)


def test_attachments_leave_with_the_entries_that_named_them(
    hub: FakeHub, two_markings: tuple[Desk, Desk]
) -> None:
    claire, _marc = two_markings
    ref = claire.node.attachments.add_bytes("plan.pdf", b"%PDF-1.4 secret", claire.who)
    claire.publish("Avec le plan", marking="DR_SF", attachments=(ref,))
    claire.once()
    vault = Vault(claire.folder / ATTACHMENTS_FOLDER, claire.opened.key)
    assert vault.holds(ref.sha256)
    assert bytes(hub.blobs[ref.sha256]) == b"%PDF-1.4 secret"
    hub.people["claire"].rights = [rights()]
    claire.once()
    assert not vault.holds(ref.sha256)


def test_an_answer_that_was_under_way_does_not_hide_what_was_just_sent(
    hub: FakeHub, new_desk: NewDesk
) -> None:
    """The first entry of a bucket: the hub's list of buckets may be older than it."""
    desk = new_desk("claire")
    desk.publish("La toute première")
    real = hub.visible_to
    hub.visible_to = lambda _account: []  # type: ignore[method-assign]
    desk.once()
    assert desk.texts() == ["La toute première"]
    assert desk.heard(Changed)[-1].removed == []
    hub.visible_to = real  # type: ignore[method-assign]
    desk.once()
    assert desk.texts() == ["La toute première"]


def test_a_workspace_that_is_closed_to_someone_leaves_nothing_behind(
    hub: FakeHub, two_markings: tuple[Desk, Desk]
) -> None:
    claire, _marc = two_markings
    hub.people["claire"].rights = []
    with pytest.raises(HubRefused, match="accès"):
        claire.once()
    assert claire.texts() == []
    assert claire.node.journal.cursors() == {}


def test_offline_the_next_person_does_not_see_what_the_last_one_might(
    hub: FakeHub, tmp_path: Path
) -> None:
    hub.people["claire"].rights = [rights("room_chief", "DR_SF")]
    station = enrolled(hub, tmp_path / "poste")
    folder = tmp_path / "profil"
    join(folder, station, workspaces(station, "claire", SECRET), "jop-2024", SECRET, cost=CHEAP)
    for account in ("marc", "claire"):
        desk = Desk(folder, account, SECRET)
        if account == "claire":
            desk.publish("Spécial France", marking="DR_SF")
        desk.once()
        desk.close()
    hub.stop()
    marc = Desk(folder, "marc", SECRET)
    assert marc.texts() == []
    marc.close()


# Getting in


def test_without_the_hub_the_last_secret_opens(hub: FakeHub, new_desk: NewDesk) -> None:
    desk = new_desk("claire")
    desk.close()
    hub.stop()
    opened = open_joined(desk.folder, "claire", SECRET)
    assert opened.session is None
    assert "ne répond pas" in opened.sentence
    assert opened.start().secret == SECRET
    assert SECRET not in repr(opened)
    opened.node.close()
    with pytest.raises(WrongSecret):
        open_joined(desk.folder, "claire", "une autre phrase de passe")


def test_a_hub_that_says_no_is_not_gone_round_by_the_last_secret(
    hub: FakeHub, new_desk: NewDesk
) -> None:
    desk = new_desk("claire")
    desk.close()
    hub.people["claire"].secret = "une phrase toute neuve"
    with pytest.raises(WrongLogin):
        open_joined(desk.folder, "claire", SECRET)


def test_a_secret_changed_at_the_hub_opens_here_and_the_old_one_no_more(
    hub: FakeHub, new_desk: NewDesk
) -> None:
    desk = new_desk("claire")
    desk.publish("Avant")
    desk.close()
    hub.people["claire"].secret = "une phrase toute neuve"
    opened = open_joined(desk.folder, "claire", "une phrase toute neuve")
    assert opened.node.logbook.total() == 1
    opened.node.close()
    hub.stop()
    keyring = Keyring(desk.folder / KEYRING_FILE, opened.node.clock)
    keyring.unlock("claire", "une phrase toute neuve")
    with pytest.raises(WrongSecret):
        keyring.unlock("claire", SECRET)


def test_someone_new_to_the_station_gets_in_through_the_hub(
    hub: FakeHub, new_desk: NewDesk
) -> None:
    desk = new_desk("claire")
    desk.close()
    hub.people["paul"] = Person([rights("authority")])
    paul = Desk(desk.folder, "paul", SECRET)
    assert paul.who.person == "Paul"
    assert not paul.who.may_write
    paul.close()


def test_whoever_the_identity_provider_vouches_for_gets_in_without_a_secret(
    hub: FakeHub, new_desk: NewDesk
) -> None:
    desk = new_desk("claire")
    start = desk.opened.start()
    session = desk.opened.session
    assert session is not None
    desk.close()
    opened = open_signed_in(desk.folder, session, 0)
    assert opened.start().secret == ""
    assert opened.start().token == start.token
    opened.node.close()
    hub.stop()
    open_joined(desk.folder, "claire", SECRET).node.close()


def test_a_wrong_secret_is_not_tried_twice(hub: FakeHub, new_desk: NewDesk) -> None:
    """Trying again by itself would lock the account of someone who has just changed it."""
    desk = new_desk("claire")
    hub.people["claire"].secret = "une phrase toute neuve"
    hub.sessions.clear()
    hub.asked.clear()
    with desk.running():
        until(lambda: desk.status.state == "refused")
        desk.publish("Poussé du coude")
        until(lambda: [a.path for a in hub.asked].count("/session") == 2)
        from beffroi.sync.status import LogIn

        desk.ask(LogIn(secret="une phrase toute neuve"))
        until(lambda: desk.status.state == "online")
        until(lambda: len(hub.records) == 1)
    assert [a.path for a in hub.asked if a.method == "POST"].count("/session") == 2


def test_a_session_that_ends_is_opened_again_without_a_question(
    hub: FakeHub, new_desk: NewDesk
) -> None:
    desk = new_desk("claire")
    with desk.running():
        until(lambda: desk.status.state == "online")
        hub.sessions.clear()
        desk.publish("Après la session")
        until(lambda: len(hub.records) == 1)
        until(lambda: desk.status.state == "online")


# Going out


def test_a_revoked_device_is_erased_after_what_it_had_not_sent_was_sealed(
    hub: FakeHub, new_desk: NewDesk
) -> None:
    import asyncio

    private, hub.salvage = salvage_pair()
    desk = new_desk("claire")
    desk.publish("Envoyé")
    desk.once()
    entry = desk.publish("Jamais envoyé")
    start = desk.opened.start()
    desk.close()
    hub.revoked.add("device-1")
    told: list[Told] = []
    asyncio.run(at_work(start, told.append, lambda engine: engine.run()))
    (erased,) = [m for m in told if isinstance(m, ToldErased)]
    assert not (desk.folder / STORE_FILE).exists()
    assert not (desk.folder / KEYRING_FILE).exists()
    unsent, _attachments = salvage.read(Path(erased.salvage), private)
    assert [op["entity"] for op in unsent.ops] == [entry.uid]
    assert bytes(PrivateKey(private).public_key)


def test_a_revoked_device_is_erased_when_someone_opens_it(hub: FakeHub, new_desk: NewDesk) -> None:
    _private, hub.salvage = salvage_pair()
    desk = new_desk("claire")
    desk.publish("Jamais envoyé")
    desk.close()
    hub.revoked.add("device-1")
    with pytest.raises(Erased) as caught:
        open_joined(desk.folder, "claire", SECRET)
    assert caught.value.salvage is not None
    assert not (desk.folder / STORE_FILE).exists()


def test_a_copy_of_an_erased_profile_opens_for_nobody(
    hub: FakeHub, new_desk: NewDesk, tmp_path: Path
) -> None:
    desk = new_desk("claire")
    desk.close()
    copy = tmp_path / "copie"
    shutil.copytree(desk.folder, copy)
    hub.revoked.add("device-1")
    with pytest.raises(Erased):
        open_joined(copy, "claire", SECRET)


def test_revocation_is_heard_live(hub: FakeHub, new_desk: NewDesk) -> None:
    desk = new_desk("claire")
    with desk.running():
        until(lambda: desk.status.state == "online")
        hub.shout(wire.Event(revoked=True))
        until(lambda: desk.status.state == "revoked")
        until(lambda: isinstance(desk.failure, Revoked))
