"""The store is never readable without its key, and never written in clear."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from beffroi.errors import BeffroiError
from beffroi.journal import Identity
from beffroi.logbook.entry import Content
from beffroi.node import Node, open_node
from beffroi.profile import STORE_FILE
from beffroi.store import Store, StoreError, open_connection
from beffroi.store.connection import PLAIN_HEADER
from beffroi.store.spatialite import _FOLDERS, _NAMES
from tests.conftest import SECRET, HeldClock

KEY = bytes(range(32))


def test_what_lies_on_the_disk_is_not_readable(node: Node, who: Identity) -> None:
    node.logbook.publish(Content(text="Sabotage à Croisilles"), who)
    for file in node.folder.iterdir():
        if file.is_file() and file.name != "reserve":
            content = file.read_bytes()
            assert not content.startswith(PLAIN_HEADER), file
            assert b"Croisilles" not in content, file
            assert b"CREATE TABLE" not in content, file


def test_every_connection_proves_that_it_encrypts(tmp_path: Path) -> None:
    connection = open_connection(tmp_path / "s.db", KEY)
    (version,) = connection.execute("PRAGMA cipher_version").fetchone()
    assert version
    connection.close()


def test_a_driver_that_does_not_encrypt_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a plain SQLite under sqlcipher3 does: the key is ignored and nothing is said."""
    system = sqlite3

    class Plain:
        DatabaseError = sqlite3.DatabaseError

        @staticmethod
        def connect(*args: object, **options: object) -> sqlite3.Connection:
            return system.connect(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("beffroi.store.connection.driver", Plain)
    with pytest.raises(StoreError, match="refuse d’écrire en clair"):
        open_connection(tmp_path / "s.db", KEY)
    left = tmp_path / "s.db"
    assert not left.exists() or left.stat().st_size == 0


def test_a_plain_file_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    foreign = sqlite3.connect(path)
    foreign.execute("CREATE TABLE theirs (x)")
    foreign.commit()
    foreign.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="pas chiffré"):
        Store(path, KEY)
    assert path.read_bytes() == before


def test_a_wrong_key_is_refused_in_words(profile_dir: Path) -> None:
    with pytest.raises(StoreError, match="mot de passe"):
        open_connection(profile_dir / STORE_FILE, KEY)
    with pytest.raises(StoreError, match="restaurez"):
        open_connection(profile_dir / STORE_FILE, b"short")


@pytest.mark.parametrize("content", [b"hello", b"\x00" * 8192, b"%PDF-1.7" * 2000])
def test_a_foreign_file_is_refused_in_words(
    profile_dir: Path, clock: HeldClock, content: bytes
) -> None:
    (profile_dir / STORE_FILE).write_bytes(content)
    with pytest.raises(BeffroiError, match="restaurez"):
        open_node(profile_dir, "c.marchand", SECRET, clock=clock)
    assert (profile_dir / STORE_FILE).read_bytes() == content


def test_a_missing_or_emptied_store_is_not_replaced_by_an_empty_one(
    profile_dir: Path, clock: HeldClock
) -> None:
    path = profile_dir / STORE_FILE
    path.write_bytes(b"")
    with pytest.raises(BeffroiError, match="restaurez"):
        open_node(profile_dir, "c.marchand", SECRET, clock=clock)
    path.unlink()
    with pytest.raises(BeffroiError, match="restaurez"):
        open_node(profile_dir, "c.marchand", SECRET, clock=clock)
    assert not path.exists()


def test_a_store_damaged_in_the_middle_says_what_to_restore(
    profile_dir: Path, clock: HeldClock
) -> None:
    node = open_node(profile_dir, "c.marchand", SECRET, clock=clock)
    for n in range(30):
        node.logbook.publish(Content(text=f"ligne {n} " * 50), node.who)
    node.close()
    path = profile_dir / STORE_FILE
    content = bytearray(path.read_bytes())
    for offset in range(2 * 4096 + 100, len(content), 4096):
        content[offset] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(BeffroiError, match="restaurez"):
        open_node(profile_dir, "c.marchand", SECRET, clock=clock)


def python(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


USE_STORE = """
import os, pathlib, tempfile
from beffroi.store import open_connection
folder = pathlib.Path(tempfile.mkdtemp())
store = open_connection(folder / "s.db", bytes(32))
store.execute("CREATE TABLE t (x)")
wgs = store.execute("SELECT ST_X(MakePoint(2.35, 48.85, 4326)), spatialite_version()").fetchone()
assert abs(wgs[0] - 2.35) < 1e-9, wgs
assert b"SQLite format 3" not in (folder / "s.db").read_bytes()[:16]
"""
USE_PROJ = """
import pyproj
assert pyproj.proj_version_str == pyproj.__proj_compiled_version__, pyproj.proj_version_str
x, y = pyproj.Transformer.from_crs(4326, 2154, always_xy=True).transform(2.35, 48.85)
assert 652_000 < x < 653_000, x
"""
USE_FRAMES = """
import geopandas, shapely
frame = geopandas.GeoSeries([shapely.Point(2.35, 48.85)], crs=4326).to_crs(2154)
assert 652_000 < frame.x[0] < 653_000
import pyogrio, tempfile as t, os
path = os.path.join(t.mkdtemp(), "f.gpkg")
pyogrio.write_dataframe(geopandas.GeoDataFrame(geometry=frame), path)
assert len(pyogrio.read_dataframe(path)) == 1
"""


@pytest.mark.parametrize(
    "order",
    [
        (USE_STORE, USE_PROJ, USE_FRAMES),
        (USE_PROJ, USE_FRAMES, USE_STORE),
        (USE_FRAMES, USE_STORE, USE_PROJ),
    ],
    ids=["store first", "store last", "store between"],
)
def test_spatialite_and_the_geo_libraries_live_together(order: tuple[str, ...]) -> None:
    done = python("\n".join(order) + "\nprint('together')")
    assert (done.returncode, done.stdout.strip()) == (0, "together"), done.stderr


TRAP = """
import ctypes, os, pathlib, sys, tempfile
ctypes.CDLL(sys.argv[1], mode=os.RTLD_NOW | os.RTLD_GLOBAL)
path = pathlib.Path(tempfile.mkdtemp()) / "s.db"
from beffroi.errors import BeffroiError
from beffroi.store import open_connection
try:
    open_connection(path, bytes(32)).execute("CREATE TABLE t (x)")
    verdict = "encrypted"
except BeffroiError as refusal:
    verdict = "refused" if "clair" in str(refusal) else str(refusal)
assert not path.exists() or path.read_bytes()[:16] != b"SQLite format 3\\x00", "PLAIN TEXT"
print(verdict)
"""


def test_spatialite_loaded_globally_before_us_never_gives_plain_text() -> None:
    """The silent trap: Debian's libsqlite3 in the global scope takes sqlcipher3's place."""
    library = next(f / n for f in _FOLDERS for n in _NAMES if (f / n).is_file())
    done = python(TRAP, str(library))
    assert done.stdout.strip() in {"encrypted", "refused"}, done.stdout + done.stderr


def test_a_missing_spatialite_names_the_package_to_install() -> None:
    done = python(
        "from beffroi.store import open_connection, spatialite\n"
        "spatialite._candidates = lambda: ['absent.so']\n"
        "import pathlib, tempfile\n"
        "try:\n"
        "    open_connection(pathlib.Path(tempfile.mkdtemp()) / 's.db', bytes(32))\n"
        "except Exception as refusal:\n"
        "    print(type(refusal).__name__, refusal)\n"
    )
    assert "BeffroiError" in done.stdout
    assert "libsqlite3-mod-spatialite" in done.stdout
