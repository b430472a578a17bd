"""A profile can be copied while it is in use, and the copy opens."""

from pathlib import Path

import pytest

from beffroi.access.keyring import WrongSecret
from beffroi.errors import BeffroiError
from beffroi.logbook.entry import Content
from beffroi.node import Node, open_node
from tests.conftest import SECRET, HeldClock


def test_a_copy_holds_everything_and_opens_with_the_same_secret(
    node: Node, tmp_path: Path, clock: HeldClock
) -> None:
    ref = node.attachments.add_bytes("note.txt", b"bonjour", node.who)
    entry = node.logbook.publish(Content(text="avant", attachments=(ref,)), node.who)
    with node.store.read() as reading:
        assert reading.execute("SELECT count(*) FROM entry").fetchone() == (1,)
        node.back_up(tmp_path / "copie")
    node.logbook.publish(Content(text="après"), node.who)
    copy = open_node(tmp_path / "copie", "m.leroy", SECRET, clock=clock)
    assert copy.logbook.total() == 1
    assert copy.logbook.entry(entry.uid) == entry
    assert copy.attachments.open_bytes(ref.sha256) == b"bonjour"
    assert copy.journal.verify() is None
    assert copy.audit.verify() is None
    copy.close()
    assert "backup" in [line.action for line in node.audit.lines()]


def test_a_copy_never_lands_on_something(node: Node, tmp_path: Path) -> None:
    (tmp_path / "plein").mkdir()
    (tmp_path / "plein" / "lettre").write_text("chère tante")
    with pytest.raises(BeffroiError, match="pas vide"):
        node.back_up(tmp_path / "plein")
    (tmp_path / "fichier").write_text("")
    with pytest.raises(BeffroiError, match="droits"):
        node.back_up(tmp_path / "fichier" / "copie")


def test_a_person_changes_their_own_secret(node: Node, profile_dir: Path, clock: HeldClock) -> None:
    node.change_secret(SECRET, "un secret tout neuf")
    with pytest.raises(WrongSecret):
        open_node(profile_dir, "c.marchand", SECRET, clock=clock)
    open_node(profile_dir, "c.marchand", "un secret tout neuf", clock=clock).close()
    assert "secret.changed" in [line.action for line in node.audit.lines()]


def test_a_copy_takes_the_room_s_own_tags_layout_and_packs_and_nothing_half_written(
    node: Node, tmp_path: Path
) -> None:
    (node.folder / "taxonomy.toml").write_text("")
    (node.folder / "desk.ini").write_text("[layout]")
    node.attachments.add_bytes("note.txt", b"bonjour", node.who)
    half = next((node.folder / "attachments").iterdir()) / "moitié.new"
    half.write_bytes(b"...")
    grounds = node.folder / "basemaps"
    grounds.mkdir()
    for name in ("paris.pmtiles", "grounds.db", "grounds.db-wal"):
        (grounds / name).write_bytes(b"...")
    node.back_up(tmp_path / "copie")
    kept = {path.name for path in (tmp_path / "copie").iterdir()}
    assert {"taxonomy.toml", "desk.ini", "profile.toml", "keyring.json", "store.db"} <= kept
    assert not list((tmp_path / "copie").rglob("*.new"))
    packs = [path.name for path in (tmp_path / "copie" / "basemaps").iterdir()]
    assert packs == ["paris.pmtiles"], "the tiles fetched from the network are not worth copying"
