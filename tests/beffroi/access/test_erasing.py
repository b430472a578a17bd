"""A profile that may no longer live is destroyed, and what it had not sent is saved for the hub."""

import os
import tomllib
from pathlib import Path

import msgspec
import pytest

from beffroi.access import Keyring
from beffroi.errors import BeffroiError
from beffroi.journal import Signer
from beffroi.journal.signing import genuine
from beffroi.logbook.entry import AttachmentRef, Content
from beffroi.node import Node, open_node, open_unlocked
from beffroi.profile import (
    KEYRING_FILE,
    STORE_FILE,
    Contact,
    Erased,
    erase_profile,
    is_profile,
    salvage,
)
from beffroi.profile.erasing import CERTIFICATE_FILE
from beffroi.store import Store, StoreError
from beffroi.sync.wire import Op, Outcome
from tests.beffroi.access.joined import HUB_KEY, SEED, UNLOCK, link, make
from tests.conftest import SECRET, START, HeldClock

DAY_S = 86_400
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make(tmp_path / "profil")


def opened(folder: Path, clock: HeldClock) -> Node:
    return open_node(folder, "c.marchand", SECRET, clock=clock)


def erased(folder: Path, clock: HeldClock) -> Erased:
    with pytest.raises(Erased) as raised:
        opened(folder, clock)
    return raised.value


def test_too_long_without_the_hub_the_profile_is_gone(folder: Path, clock: HeldClock) -> None:
    opened(folder, clock).close()
    clock.forward(30 * DAY_S)
    opened(folder, clock).close()
    clock.forward(1)
    (folder / "basemaps").mkdir()
    (folder / "basemaps" / "grounds.db").write_bytes(b"...")
    assert "trop longtemps" in str(erased(folder, clock))
    assert not is_profile(folder)
    assert [p.name for p in folder.iterdir()] == [CERTIFICATE_FILE]


def test_a_contact_gives_as_many_days_again(folder: Path, clock: HeldClock) -> None:
    clock.forward(29 * DAY_S)
    node = opened(folder, clock)
    node.met_hub(Contact(at=clock.now(), keep_days=2))
    node.close()
    clock.forward(2 * DAY_S)
    opened(folder, clock).close()
    clock.forward(1)
    erased(folder, clock)


def test_whoever_the_hub_lets_in_finds_the_profile_however_late(
    folder: Path, clock: HeldClock
) -> None:
    clock.forward(400 * DAY_S)
    key = Keyring(folder / KEYRING_FILE, clock).unlock_hub(UNLOCK)
    contact = Contact(at=clock.now())
    open_unlocked(folder, key, "c.marchand", clock=clock, contact=contact).close()
    opened(folder, clock).close()


def test_a_clock_set_back_gains_no_time(folder: Path, clock: HeldClock) -> None:
    clock.forward(29.5 * DAY_S)
    opened(folder, clock).close()
    clock.at = START
    erased(folder, clock)


def test_a_clock_that_lost_its_battery_still_opens(folder: Path, clock: HeldClock) -> None:
    clock.forward(DAY_S)
    opened(folder, clock).close()
    clock.at = 0
    for _ in range(3):
        node = opened(folder, clock)
        node.logbook.publish(Content(text="x"), node.who)
        node.close()


def test_what_was_not_sent_is_saved_for_the_hub_alone(folder: Path, clock: HeldClock) -> None:
    node = opened(folder, clock)
    photo = node.attachments.add_bytes("photo.png", PNG, node.who)
    sent = node.logbook.publish(Content(text="déjà transmis"), node.who)
    (operation,) = node.journal.outbox()
    node.journal.acknowledge(
        [Outcome(op_id=operation.op_id, status="kept", seq=1, number=1, at=START)]
    )
    node.logbook.publish(Content(text="secret en attente", attachments=(photo,)), node.who)
    node.logbook.correct(sent.uid, Content(text="refusé"), "erreur", node.who)
    refused = node.journal.outbox()[-1]
    node.journal.acknowledge([Outcome(op_id=refused.op_id, status="refused", why="rights")])
    photographed = node.attachments.open_bytes(photo.sha256)
    node.close()
    clock.forward(31 * DAY_S)
    gone = erased(folder, clock)
    assert gone.salvage is not None
    assert gone.salvage.name == "a-transmettre-2024-08-26.beffroi"
    assert gone.salvage.name in str(gone)
    sealed = gone.salvage.read_bytes()
    assert b"secret" not in sealed
    with pytest.raises(BeffroiError, match="clé"):
        salvage.read(gone.salvage, bytes(32))
    what, contents = salvage.read(gone.salvage, bytes(HUB_KEY))
    assert (what.workspace, what.mode, what.device) == ("jop-2024", "real", "d-1")
    ops = msgspec.json.decode(msgspec.json.encode(what.ops), type=list[Op])
    assert [op.kind for op in ops] == ["entry.publish", "entry.correct"]
    assert all(genuine(op, "real", Signer("d-1", SEED).public) for op in ops)
    assert list(contents) == [photographed]


def test_the_certificate_says_what_went_and_is_signed(folder: Path, clock: HeldClock) -> None:
    node = opened(folder, clock)
    node.logbook.publish(Content(text="x"), node.who)
    gone = erase_profile(folder, node.store, _key(folder, clock), "revoked", clock)
    assert "retiré" in str(gone)
    told = tomllib.loads((folder / CERTIFICATE_FILE).read_text("utf-8"))
    signature = told.pop("signature")
    device = told.pop("device")
    assert told == {
        "title": "JOP Paris 2024", "workspace": "jop-2024", "why": "revoked", "not_sent": 1,
        "erased_at": "2024-07-26T08:00:00+00:00", "saved_in": "a-transmettre-2024-07-26.beffroi",
    }  # fmt: skip
    names = ("title", "workspace", "erased_at", "why", "not_sent", "saved_in")
    text = msgspec.json.encode({name: told[name] for name in names})
    assert (device, signature) == ("d-1", Signer("d-1", SEED).sign(text))


def _key(folder: Path, clock: HeldClock) -> bytes:
    return Keyring(folder / KEYRING_FILE, clock).unlock_hub(UNLOCK)


def test_without_its_keyring_a_copy_of_the_store_is_noise(folder: Path, clock: HeldClock) -> None:
    node = opened(folder, clock)
    node.logbook.publish(Content(text="confidentiel"), node.who)
    before = (folder / KEYRING_FILE).read_bytes()
    copy = (folder / STORE_FILE).read_bytes()
    erase_profile(folder, node.store, _key(folder, clock), "asked", clock)
    assert not (folder / KEYRING_FILE).exists()
    assert b"confidentiel" not in copy
    assert before not in b"".join(p.read_bytes() for p in folder.iterdir())


def test_what_a_crash_left_of_the_keyring_is_overwritten_too(
    folder: Path, clock: HeldClock, tmp_path: Path
) -> None:
    former = folder / f"{KEYRING_FILE}.0123.old"
    former.write_bytes((folder / KEYRING_FILE).read_bytes())
    blocks = tmp_path / "what the disk keeps"
    os.link(former, blocks)
    node = opened(folder, clock)
    key = Keyring(folder / KEYRING_FILE, clock).unlock_hub(UNLOCK)
    erase_profile(folder, node.store, key, "revoked", clock)
    node.close()
    assert not list(folder.glob("keyring*"))
    assert b"c.marchand" not in blocks.read_bytes()


def test_another_process_can_write_no_more(folder: Path, clock: HeldClock) -> None:
    beside = opened(folder, clock)
    key = _key(folder, clock)
    store = Store(folder / STORE_FILE, key)
    erase_profile(folder, store, key, "revoked", clock)
    with pytest.raises(StoreError, match="effacé"):
        beside.logbook.publish(Content(text="trop tard"), beside.who)
    beside.close()


def test_without_room_to_save_it_nothing_is_erased_and_the_next_opening_goes_on(
    folder: Path, clock: HeldClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = opened(folder, clock)
    node.logbook.publish(Content(text="précieux"), node.who)
    key = _key(folder, clock)

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(salvage, "write", full)
        with pytest.raises(BeffroiError, match="libérez de la place"):
            erase_profile(folder, node.store, key, "revoked", clock)
    node.close()
    assert is_profile(folder)
    gone = erased(folder, clock)
    assert gone.salvage is not None
    what, _contents = salvage.read(gone.salvage, bytes(HUB_KEY))
    assert len(what.ops) == 1


def test_nothing_to_send_leaves_no_file(folder: Path, clock: HeldClock) -> None:
    node = opened(folder, clock)
    assert erase_profile(folder, node.store, _key(folder, clock), "asked", clock).salvage is None
    assert not list(folder.glob("*.beffroi"))


def test_an_attachment_that_is_gone_does_not_keep_the_rest_from_being_saved(
    folder: Path, clock: HeldClock
) -> None:
    node = opened(folder, clock)
    lost = AttachmentRef(sha256="ab" * 32, name="perdue.png", media_type="image/png", size=1)
    node.logbook.publish(Content(text="x", attachments=(lost,)), node.who)
    gone = erase_profile(folder, node.store, _key(folder, clock), "asked", clock)
    assert gone.salvage is not None
    what, contents = salvage.read(gone.salvage, bytes(HUB_KEY))
    assert (len(what.ops), list(contents)) == (1, [])


@pytest.mark.parametrize(
    "damage", [b"", b"x", salvage.MAGIC, salvage.MAGIC + bytes(7), salvage.MAGIC + b"\xff" * 40]
)
def test_a_damaged_file_is_refused(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "a.beffroi").write_bytes(damage)
    with pytest.raises(BeffroiError, match="lisible"):
        salvage.read(tmp_path / "a.beffroi", bytes(HUB_KEY))


def test_a_tie_without_a_salvage_key_is_erased_all_the_same(
    tmp_path: Path, clock: HeldClock
) -> None:
    folder = make(tmp_path / "p", link(salvage_key=""))
    node = opened(folder, clock)
    node.logbook.publish(Content(text="x"), node.who)
    assert erase_profile(folder, node.store, _key(folder, clock), "asked", clock).salvage is None
    assert "not_sent = 1" in (folder / CERTIFICATE_FILE).read_text("utf-8")
