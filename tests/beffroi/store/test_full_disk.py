"""A full disk loses nothing that was kept, and the reserve lets the last entries in."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from beffroi.access import Account
from beffroi.journal import Identity
from beffroi.logbook.entry import Content
from beffroi.node import Node, open_node
from beffroi.profile import ProfileInfo, create_profile
from beffroi.store import StoreError
from beffroi.store.ballast import Ballast
from tests.conftest import CHEAP, SECRET, HeldClock

LONG = Content(text="Un texte assez long pour remplir le disque. " * 60)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 40 MB."""
    folder = tmp_path / "disque"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("only root can mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False)


def publish_for_ever(node: Node, kept: list[str]) -> None:
    """Write until refused; `kept` says what was acknowledged."""
    while True:
        kept.append(node.logbook.publish(LONG, node.who).uid)


def fill(folder: Path, leave: int) -> Path:
    """Take all the room but `leave` bytes."""
    filler = folder / "filler"
    left = os.statvfs(folder)
    room = left.f_bavail * left.f_frsize - leave
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, room)
    return filler


def test_on_a_full_disk_writing_goes_on_in_the_reserve_then_stops_cleanly(
    small_disk: Path, info: ProfileInfo, clock: HeldClock
) -> None:
    folder = small_disk / "profil"
    account = Account(name="a", display="A", organisation="CNCS", posts=("P",))
    create_profile(folder, info, [(account, SECRET)], clock, cost=CHEAP)
    node = open_node(folder, "a", SECRET, clock=clock)
    assert not node.store.short_of_room
    filler = fill(small_disk, 300_000)

    kept = [node.logbook.publish(LONG, node.who).uid for _ in range(300)]
    assert node.store.short_of_room, "the reserve was freed without a word to the writer"
    assert not (folder / "reserve").exists()

    with pytest.raises(StoreError, match="plein : libérez de la place"):
        publish_for_ever(node, kept)
    assert node.logbook.total() == len(kept)
    assert node.journal.verify() is None

    filler.unlink()
    kept.append(node.logbook.publish(LONG, node.who).uid)
    assert node.logbook.by_number(str(len(kept))) is not None
    node.close()
    node = open_node(folder, "a", SECRET, clock=clock)
    with node.store.read() as connection:
        stored = {row[0] for row in connection.execute("SELECT uid FROM entry")}
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert stored == set(kept)
    assert node.journal.verify() is None
    node.close()


def test_a_store_that_cannot_grow_refuses_and_goes_on_later(node: Node, who: Identity) -> None:
    kept = [node.logbook.publish(LONG, who).uid]
    with node.store.write() as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
    node.store._writer.execute(f"PRAGMA max_page_count = {pages + 20}")
    with pytest.raises(StoreError, match="plein"):
        publish_for_ever(node, kept)
    assert node.logbook.total() == len(kept)
    node.store._writer.execute("PRAGMA max_page_count = 1000000")
    kept.append(node.logbook.publish(LONG, who).uid)
    assert node.logbook.total() == len(kept)
    assert node.journal.verify() is None


def test_the_reserve_takes_room_and_gives_it_back(tmp_path: Path) -> None:
    reserve = Ballast(tmp_path, size=100_000)
    assert reserve.fill()
    assert reserve.whole()
    assert (tmp_path / "reserve").stat().st_blocks * 512 >= 100_000
    assert reserve.drop()
    assert not reserve.drop()
    assert reserve.fits()


def test_the_reserve_is_taken_again_when_there_is_room(node: Node, who: Identity) -> None:
    node.store.ballast.drop()
    node.store.short_of_room = True
    node.logbook.publish(LONG, who)
    assert node.store.ballast.whole()
    assert not node.store.short_of_room
