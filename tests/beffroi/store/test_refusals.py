"""A store that does not open says why, and only a file that cannot be read asks for a backup."""

from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from beffroi.node import Node
from beffroi.store import Store, StoreError, connection, open_connection
from beffroi.store.ballast import Ballast

KEY = bytes(32)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("database is locked", "attendez"),
        ("attempt to write a readonly database", "lecture seule"),
        ("unable to open database file", "vérifiez vos droits"),
        ("database disk image is malformed", "abîmée"),
        ("file is not a database", "restaurez la dernière sauvegarde"),
        ("something new", "restaurez la dernière sauvegarde"),
    ],
)
def test_each_refusal_has_its_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, sentence: str
) -> None:
    def refuse(_connection: object, _key: bytes) -> None:
        raise driver.OperationalError(words)

    monkeypatch.setattr(connection, "_unlock", refuse)
    with pytest.raises(StoreError, match=sentence):
        open_connection(tmp_path / "store.db", KEY)


def test_a_folder_in_the_place_of_the_store_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "store.db").mkdir()
    with pytest.raises(StoreError, match="vérifiez vos droits"):
        Store(tmp_path / "store.db", KEY, must_exist=True)


def test_a_reserve_that_cannot_be_touched_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "reserve").mkdir()
    reserve = Ballast(tmp_path, size=1000)
    assert not reserve.fill()
    assert not reserve.drop()


def test_a_page_that_nobody_reads_is_found_damaged_all_the_same(node: Node) -> None:
    with node.store.write() as connection_:
        (root,) = connection_.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_figure_dossier'"
        ).fetchone()
        (page_size,) = connection_.execute("PRAGMA page_size").fetchone()
    assert node.store.damaged_pages() == 0
    path = node.store.path
    node.close()
    data = bytearray(path.read_bytes())
    data[(root - 1) * int(page_size) + 100] ^= 0xFF
    path.write_bytes(data)
    store = Store(path, node.store._key)
    assert store.damaged_pages() == 1
    store.close()
