"""A full disk on the desktop: said once, nothing lost, and it goes on when there is room."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from beffroi.store import StoreError
from beffroi.sync.joining import join, workspaces
from beffroi.sync.status import Notice
from tests.beffroi.sync.conftest import NewDesk, enrolled
from tests.beffroi.sync.fake_hub import SECRET, FakeHub
from tests.beffroi.sync.kit import Desk
from tests.conftest import CHEAP
from tests.means import until

LONG = "Un texte assez long pour remplir le disque. " * 60


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


def write_for_ever(desk: Desk, written: list[str]) -> None:
    """Write until refused; `written` says what was acknowledged."""
    while True:
        written.append(desk.publish(f"{LONG} {len(written)}").uid)


def test_what_comes_while_the_disk_is_full_comes_again_when_there_is_room(
    hub: FakeHub, new_desk: NewDesk, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("beffroi.sync.following.TRY_AGAIN_S", 0.1)
    monkeypatch.setattr("beffroi.sync.engine.TRY_AGAIN_S", 0.1)
    marc = new_desk("marc")
    marc.publish("Avant")
    marc.once()
    station, folder = enrolled(hub, small_disk / "poste"), small_disk / "profil"
    join(folder, station, workspaces(station, "claire", SECRET), "jop-2024", SECRET, cost=CHEAP)
    claire = Desk(folder, "claire", SECRET)
    claire.once()
    written: list[str] = []
    with claire.running():
        until(lambda: claire.status.state == "online")
        left = os.statvfs(small_disk)
        filler = small_disk / "plein"
        with filler.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, left.f_bavail * left.f_frsize - 200_000)
        (folder / "reserve").unlink(missing_ok=True)
        with (small_disk / "reste").open("wb") as file:
            left = os.statvfs(small_disk)
            os.posix_fallocate(file.fileno(), 0, left.f_bavail * left.f_frsize - 100_000)
        with pytest.raises(StoreError, match="plein"):
            write_for_ever(claire, written)
        for n in range(60):
            marc.publish(f"{LONG} pendant {n}")
        marc.once()
        until(lambda: "plein" in claire.status.sentence)
        assert {m.code for m in claire.heard(Notice)} == {"store"}
        filler.unlink()
        (small_disk / "reste").unlink()
        until(lambda: claire.status.waiting == 0 and len(claire.texts()) >= 61 + len(written), 20.0)
        until(lambda: claire.status.state == "online" and not claire.status.sentence)
    marc.once()
    assert claire.tables() == marc.tables()
    assert claire.node.journal.verify() is None
    claire.close()
