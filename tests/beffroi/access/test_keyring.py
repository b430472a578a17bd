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


@pytest.mark.parametrize(
    "hostile",
    [
        {"salt": "AA=="},
        {"nonce": ""},
        {"wrapped": "AAAA"},
        {"failures": -1},
        {"passes": 10**6},
    ],
)
def test_a_slot_that_beffroi_never_wrote_is_refused(
    keyring: Keyring, tmp_path: Path, clock: HeldClock, hostile: dict[str, object]
) -> None:
    altered(tmp_path / "keyring.json", **hostile)
    with pytest.raises(BeffroiError, match="restaurez"):
        Keyring(tmp_path / "keyring.json", clock)


def altered(path: Path, **changes: object) -> None:
    content = json.loads(path.read_text())
    content["slots"]["c.marchand"].update(changes)
    path.write_text(json.dumps(content))


def test_a_forged_count_of_failures_cannot_freeze_the_machine(
    keyring: Keyring, tmp_path: Path, clock: HeldClock
) -> None:
    altered(tmp_path / "keyring.json", failures=10**15)
    with pytest.raises(WrongSecret, match="900 secondes"):
        Keyring(tmp_path / "keyring.json", clock).unlock("c.marchand", "pas le bon secret")


def test_a_keyring_of_a_later_version_says_so(
    keyring: Keyring, tmp_path: Path, clock: HeldClock
) -> None:
    path = tmp_path / "keyring.json"
    path.write_text(json.dumps({"version": 2, "slots": "another shape"}))
    with pytest.raises(BeffroiError, match="plus récente"):
        Keyring(path, clock)


def test_a_keyring_that_vanished_is_not_a_wrong_secret(profile_dir: Path, clock: HeldClock) -> None:
    (profile_dir / KEYRING_FILE).unlink()
    with pytest.raises(BeffroiError, match="trousseau du profil manque"):
        open_node(profile_dir, "c.marchand", SECRET, clock=clock)


def test_a_count_that_cannot_be_written_is_a_sentence(
    keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("beffroi.access.keyring.os.fsync", full)
    with pytest.raises(BeffroiError, match="vérifiez vos droits"):
        keyring.unlock("c.marchand", "pas le bon secret")


def test_only_its_owner_reads_the_keyring(keyring: Keyring, tmp_path: Path) -> None:
    assert (tmp_path / "keyring.json").stat().st_mode & 0o077 == 0


def test_a_secret_that_is_no_text_is_only_a_wrong_one(keyring: Keyring) -> None:
    with pytest.raises(WrongSecret):
        keyring.unlock("c.marchand", b"\xff\xfe pas de l'UTF-8".decode(errors="surrogateescape"))


def test_wrong_tries_on_anyone_are_in_the_trail_once_someone_gets_in(
    profile_dir: Path, clock: HeldClock
) -> None:
    for name, times in (("m.leroy", 2), ("mot-de-passe-tapé-ici", 1)):
        for _ in range(times):
            with pytest.raises(WrongSecret):
                open_node(profile_dir, name, "mauvais secret !", clock=clock)
    tried_at = clock.now()
    clock.forward(60)
    node = open_node(profile_dir, "c.marchand", SECRET, clock=clock)
    refused = {line.object: line for line in node.audit.lines(action="login.refused")}
    assert refused.keys() == {"m.leroy", ""}
    assert json.loads(refused["m.leroy"].detail) == {"count": 2, "last": tried_at}
    assert refused["m.leroy"].actor == "?"
    assert not any("tapé" in line.object + line.detail for line in node.audit.lines())
    node.close()
    node = open_node(profile_dir, "c.marchand", SECRET, clock=clock)
    assert len(list(node.audit.lines(action="login.refused"))) == 2
    node.close()


def test_a_former_way_in_is_overwritten_where_it_lay(profile_dir: Path, clock: HeldClock) -> None:
    path = profile_dir / KEYRING_FILE
    before = path.read_bytes()
    with path.open("rb") as former:
        Keyring(path, clock).change_secret("c.marchand", SECRET, "un-autre-secret-long")
        assert former.read() != before
        assert former.tell() == len(before)
    assert [p.name for p in profile_dir.glob("keyring*")] == [KEYRING_FILE]
    Keyring(path, clock).unlock("c.marchand", "un-autre-secret-long")


def test_no_account_takes_the_hub_s_name(profile_dir: Path, clock: HeldClock) -> None:
    with pytest.raises(BeffroiError, match="réservé"):
        Keyring(profile_dir / KEYRING_FILE, clock).add("@hub", SECRET, new_key())
