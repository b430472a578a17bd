"""A profile opens without a network, for those who know a secret, and not for those who guess."""

import json
from pathlib import Path

import pytest

from beffroi.access.keyring import FREE_TRIES, Keyring, WrongSecret, new_key
from beffroi.errors import BeffroiError
from beffroi.node import open_node
from beffroi.profile import KEYRING_FILE
from tests.conftest import CHEAP, SECRET, HeldClock


@pytest.fixture
def key() -> bytes:
    return new_key()


@pytest.fixture
def keyring(tmp_path: Path, clock: HeldClock, key: bytes) -> Keyring:
    ring = Keyring(tmp_path / "keyring.json", clock)
    ring.add("c.marchand", SECRET, key, cost=CHEAP)
    return ring


def test_each_secret_opens_the_same_key(keyring: Keyring, key: bytes) -> None:
    keyring.add("m.leroy", "un autre secret", key, cost=CHEAP)
    assert keyring.unlock("c.marchand", SECRET) == key
    assert keyring.unlock("m.leroy", "un autre secret") == key
    assert keyring.accounts() == ["c.marchand", "m.leroy"]


def test_the_file_tells_nothing(keyring: Keyring, key: bytes, tmp_path: Path) -> None:
    text = (tmp_path / "keyring.json").read_bytes()
    assert SECRET.encode() not in text
    assert key not in text
    assert key.hex().encode() not in text


def test_a_wrong_secret_and_an_unknown_account_sound_the_same(keyring: Keyring) -> None:
    with pytest.raises(WrongSecret) as wrong:
        keyring.unlock("c.marchand", "pas le bon secret")
    with pytest.raises(WrongSecret) as unknown:
        keyring.unlock("nobody", SECRET)
    assert str(wrong.value) == str(unknown.value)


def test_guessing_is_slowed_down_even_across_restarts(
    keyring: Keyring, tmp_path: Path, clock: HeldClock, key: bytes
) -> None:
    for _ in range(FREE_TRIES):
        with pytest.raises(WrongSecret):
            keyring.unlock("c.marchand", "mauvais secret !")
    again = Keyring(tmp_path / "keyring.json", clock)
    with pytest.raises(WrongSecret, match="recommencez dans 15 secondes"):
        again.unlock("c.marchand", SECRET)
    clock.forward(16)
    assert again.unlock("c.marchand", SECRET) == key
    assert again.failures("c.marchand") == 0


def test_the_delay_grows_and_has_a_limit(keyring: Keyring, clock: HeldClock) -> None:
    waits = []
    for _ in range(FREE_TRIES + 8):
        with pytest.raises(WrongSecret):
            keyring.unlock("c.marchand", "mauvais secret !")
        slot_wait = keyring._file.slots["c.marchand"].blocked_until - clock.now()
        waits.append(max(0, slot_wait) // 1000)
        clock.forward(901)
    assert waits[:FREE_TRIES] == [0, 0, 0, 0, 15]
    assert waits[-1] == 900


def test_a_secret_can_be_changed_by_who_knows_it(keyring: Keyring, key: bytes) -> None:
    with pytest.raises(WrongSecret):
        keyring.change_secret("c.marchand", "pas le bon secret", "nouveau secret")
    keyring.change_secret("c.marchand", SECRET, "nouveau secret")
    assert keyring.unlock("c.marchand", "nouveau secret") == key
    with pytest.raises(WrongSecret):
        keyring.unlock("c.marchand", SECRET)


def test_a_secret_alone_finds_its_account_and_a_wrong_one_counts_for_all(
    keyring: Keyring, key: bytes
) -> None:
    keyring.add("zoe", "un-secret-bien-à-elle", key, cost=CHEAP)
    assert keyring.opened_by("un-secret-bien-à-elle") == "zoe"
    assert not any(keyring.failures(name) for name in keyring.accounts())
    with pytest.raises(WrongSecret, match="aucun compte"):
        keyring.opened_by("un-secret-de-personne")
    assert all(keyring.failures(name) == 1 for name in keyring.accounts())


def test_a_short_secret_is_refused(keyring: Keyring, key: bytes) -> None:
    with pytest.raises(BeffroiError, match="12 caractères"):
        keyring.add("x", "court", key, cost=CHEAP)
    with pytest.raises(BeffroiError, match="12 caractères"):
        keyring.change_secret("c.marchand", SECRET, "court")
    assert keyring.unlock("c.marchand", SECRET) == key


def test_an_account_taken_out_opens_nothing(keyring: Keyring) -> None:
    keyring.remove("c.marchand")
    with pytest.raises(WrongSecret):
        keyring.unlock("c.marchand", SECRET)


def test_a_swapped_slot_does_not_open_another_account(
    keyring: Keyring, tmp_path: Path, clock: HeldClock
) -> None:
    path = tmp_path / "keyring.json"
    content = json.loads(path.read_text())
    content["slots"]["rssi"] = content["slots"]["c.marchand"]
    path.write_text(json.dumps(content))
    with pytest.raises(WrongSecret):
        Keyring(path, clock).unlock("rssi", SECRET)


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b"\x00" * 100, b'{"slots":{"a":{}}}', b"x" * 2_000_000]
)
def test_a_damaged_keyring_says_what_to_do(
    profile_dir: Path, clock: HeldClock, damage: bytes
) -> None:
    (profile_dir / KEYRING_FILE).write_bytes(damage)
    with pytest.raises(BeffroiError, match="restaurez"):
        open_node(profile_dir, "c.marchand", SECRET, clock=clock)


def test_failed_tries_are_told_at_the_next_login(profile_dir: Path, clock: HeldClock) -> None:
    for _ in range(2):
        with pytest.raises(WrongSecret):
            open_node(profile_dir, "c.marchand", "mauvais secret !", clock=clock)
    node = open_node(profile_dir, "c.marchand", SECRET, clock=clock)
    login = next(iter(node.audit.lines(action="login")))
    assert '"failures_before":2' in login.detail
    node.close()


def test_absurd_costs_in_the_file_are_refused(
    keyring: Keyring, tmp_path: Path, clock: HeldClock
) -> None:
    path = tmp_path / "keyring.json"
    content = json.loads(path.read_text())
    content["slots"]["c.marchand"]["memory_kib"] = 1 << 40
    path.write_text(json.dumps(content))
    with pytest.raises(BeffroiError, match="restaurez"):
        Keyring(path, clock)
