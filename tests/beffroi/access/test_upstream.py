"""A profile that follows a hub opens through it or without it, signs, and numbers provisionally."""

from pathlib import Path

import pytest

from beffroi.access import Account, Keyring
from beffroi.access.keyring import WrongSecret
from beffroi.errors import BeffroiError
from beffroi.journal import Signer
from beffroi.journal.signing import genuine
from beffroi.logbook.entry import Content
from beffroi.node import Node, open_node, open_unlocked
from beffroi.profile import KEYRING_FILE, Contact, is_joined
from beffroi.sync.wire import Outcome
from tests.beffroi.access.joined import SEED, UNLOCK, link, make
from tests.conftest import CHEAP, SECRET, START, HeldClock


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make(tmp_path / "joint")


@pytest.fixture
def joined(folder: Path, clock: HeldClock) -> Node:
    return open_node(folder, "c.marchand", SECRET, clock=clock)


def test_it_is_known_before_anyone_has_given_a_secret(folder: Path, profile_dir: Path) -> None:
    assert is_joined(folder)
    assert not is_joined(profile_dir)
    assert Keyring(folder / KEYRING_FILE, HeldClock()).accounts() == ["c.marchand"]


def test_the_hub_opens_it_and_nobody_else_with_its_words(folder: Path, clock: HeldClock) -> None:
    keyring = Keyring(folder / KEYRING_FILE, clock)
    key = keyring.unlock_hub(UNLOCK)
    assert key == keyring.unlock("c.marchand", SECRET)
    with pytest.raises(WrongSecret):
        keyring.unlock_hub("00" * 32)
    with pytest.raises(WrongSecret):
        keyring.unlock("@hub", UNLOCK)
    with pytest.raises(WrongSecret):
        keyring.opened_by(UNLOCK)


def test_a_secret_that_changed_at_the_hub_opens_offline_from_then_on(
    folder: Path, clock: HeldClock
) -> None:
    keyring = Keyring(folder / KEYRING_FILE, clock)
    key = keyring.unlock_hub(UNLOCK)
    keyring.rewrap("c.marchand", "un-autre-secret-long", key)
    with pytest.raises(WrongSecret):
        open_node(folder, "c.marchand", SECRET, clock=clock)
    open_node(folder, "c.marchand", "un-autre-secret-long", clock=clock).close()


def test_someone_new_whom_the_hub_lets_in_opens_offline_afterwards(
    folder: Path, clock: HeldClock
) -> None:
    keyring = Keyring(folder / KEYRING_FILE, clock)
    key = keyring.unlock_hub(UNLOCK)
    keyring.rewrap("m.leroy", SECRET, key, cost=CHEAP)
    leroy = Account(name="m.leroy", display="Marc Leroy", organisation="SNCF", posts=("OL-SNCF",))
    open_unlocked(
        folder, key, "m.leroy", clock=clock, contact=Contact(at=START), known_as=leroy
    ).close()
    node = open_node(folder, "m.leroy", SECRET, clock=clock)
    assert node.who.post == "OL-SNCF"
    node.close()


def test_rewrapping_the_same_secret_writes_nothing(folder: Path, clock: HeldClock) -> None:
    keyring = Keyring(folder / KEYRING_FILE, clock)
    before = (folder / KEYRING_FILE).read_bytes()
    keyring.rewrap("c.marchand", SECRET, keyring.unlock_hub(UNLOCK))
    assert (folder / KEYRING_FILE).read_bytes() == before


def test_what_is_written_is_signed_and_numbered_for_a_while(joined: Node) -> None:
    entry = joined.logbook.publish(Content(text="Feu rue Lebour"), joined.who)
    assert entry.label == "MC-2024-000001~S4"
    (operation,) = joined.journal.outbox()
    assert genuine(operation, "real", Signer("d-1", SEED).public)
    joined.close()


def test_provisional_numbers_follow_the_highest_that_is_known(joined: Node) -> None:
    first = joined.logbook.publish(Content(text="un"), joined.who)
    (operation,) = joined.journal.outbox()
    joined.journal.acknowledge(
        [Outcome(op_id=operation.op_id, status="kept", seq=1, number=142, at=START)]
    )
    assert joined.logbook.entry(first.uid).label == "MC-2024-000142"
    second = joined.logbook.publish(Content(text="deux"), joined.who)
    third = joined.logbook.publish(Content(text="trois"), joined.who)
    assert (second.label, third.label) == ("MC-2024-000143~S4", "MC-2024-000144~S4")
    joined.close()


@pytest.mark.parametrize(
    "said", ["MC-2024-000001~S4", "1~S4", "n° 1~s4", "mc-2024-1~s4", "000001~S4"]
)
def test_the_first_number_finds_the_entry_for_ever(joined: Node, said: str) -> None:
    entry = joined.logbook.publish(Content(text="un"), joined.who)
    assert joined.logbook.by_number(said) == entry
    (operation,) = joined.journal.outbox()
    joined.journal.acknowledge(
        [Outcome(op_id=operation.op_id, status="kept", seq=1, number=142, at=START)]
    )
    found = joined.logbook.by_number(said)
    assert found is not None
    assert (found.uid, found.label) == (entry.uid, "MC-2024-000142")
    assert joined.logbook.by_number("142") == found
    assert joined.logbook.former_labels(entry.uid) == ["MC-2024-000001~S4"]
    joined.close()


def test_a_profile_keeps_the_clock_that_the_hub_set_right(
    folder: Path, joined: Node, clock: HeldClock
) -> None:
    joined.met_hub(Contact(at=START + 7_000, offset_ms=7_000))
    assert clock.now() == START + 7_000
    joined.close()
    later = HeldClock()
    again = open_node(folder, "c.marchand", SECRET, clock=later)
    assert later.now() == START + 7_000
    assert again.hub == link(last_contact=START + 7_000, latest=START + 7_000, offset_ms=7_000)
    again.close()


def test_a_profile_alone_has_no_hub(node: Node) -> None:
    assert node.hub is None
    node.met_hub(Contact(at=START))
    assert node.hub is None


def test_the_hub_s_word_on_an_account_replaces_the_one_kept_here(
    folder: Path, clock: HeldClock
) -> None:
    key = Keyring(folder / KEYRING_FILE, clock).unlock_hub(UNLOCK)
    gone = Account(
        name="c.marchand", display="Claire Marchand", organisation="CNCS", posts=("Chef de salle",),
        role="security",
    )  # fmt: skip
    node = open_unlocked(
        folder, key, "c.marchand", clock=clock, contact=Contact(at=START), known_as=gone
    )
    with pytest.raises(BeffroiError, match="pas d’écrire"):
        node.logbook.publish(Content(text="x"), node.who)
    node.close()


def test_two_processes_of_a_station_never_give_the_same_provisional_number(
    folder: Path, joined: Node, clock: HeldClock
) -> None:
    second = open_node(folder, "c.marchand", SECRET, clock=clock)
    labels = [
        opened.logbook.publish(Content(text="x"), opened.who).label
        for opened in (joined, second, joined, second, second, joined)
    ]
    assert labels == [f"MC-2024-00000{n}~S4" for n in range(1, 7)]
    assert second.journal.verify() is None
    second.close()
    joined.close()
