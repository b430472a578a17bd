"""Files and folders: whole, settled, only those that a person chose."""

import io
import os
import zipfile
from pathlib import Path

import pytest

from beffroi.plugin import Door, Unreachable
from tests.plugins.transports.conftest import call, fetch


def _written(path: Path, data: bytes = b"a;b\n1;2\n", age_s: float = 60.0) -> Path:
    path.write_bytes(data)
    moment = path.stat().st_mtime - age_s
    os.utime(path, (moment, moment))
    return path


def test_a_file_is_read_again_when_it_changed(tmp_path: Path):
    path = _written(tmp_path / "été.csv")
    (first,) = fetch("file", call(str(path)))
    assert first.name == "été.csv"
    assert fetch("file", call(path.as_uri(), memory=first.memory)) == []
    _written(path, b"a;b\n3;4\n5;6\n")
    assert fetch("file", call(str(path), memory=first.memory))[0].data.endswith(b"5;6\n")


def test_a_file_that_is_being_written_waits(tmp_path: Path):
    (first,) = fetch("file", call(str(_written(tmp_path / "a.csv"))))
    _written(tmp_path / "a.csv", b"half", age_s=0)
    assert fetch("file", call(str(tmp_path / "a.csv"), memory=first.memory)) == []


def test_a_shapefile_comes_with_what_belongs_to_it(tmp_path: Path):
    for ending in (".shp", ".shx", ".DBF", ".prj"):
        _written(tmp_path / f"zones{ending}", ending.encode())
    (got,) = fetch("file", call(str(tmp_path / "zones.shp")))
    names = zipfile.ZipFile(io.BytesIO(got.data)).namelist()
    assert sorted(names) == ["zones.DBF", "zones.prj", "zones.shp", "zones.shx"]


@pytest.mark.parametrize("transport", ["file", "folder"])
def test_a_server_reads_no_file_of_its_own(transport: str, tmp_path: Path):
    with pytest.raises(Unreachable, match="serveur"):
        fetch(transport, call(str(tmp_path), door=Door(files=False)))
    with pytest.raises(Unreachable, match=r"lu|incomplet"):
        fetch(transport, call(str(tmp_path / "absent")))
    with pytest.raises(Unreachable, match="incomplet"):
        fetch(transport, call("relative/path"))


def test_a_folder_gives_what_is_new_oldest_first_and_nothing_foreign(tmp_path: Path):
    outside = _written(tmp_path / "secret.csv")
    folder = tmp_path / "depot"
    folder.mkdir()
    _written(folder / "b.csv", b"b", age_s=60)
    _written(folder / "a.csv", b"a", age_s=30)
    _written(folder / ".caché.csv")
    _written(folder / "notes.txt")
    _written(folder / "en-cours.csv", age_s=0)
    (folder / "lien.csv").symlink_to(outside)
    (folder / "sous.csv").mkdir()
    got = fetch("folder", call(str(folder), pattern="*.csv"))
    assert [one.name for one in got] == ["b.csv", "a.csv"]
    assert fetch("folder", call(str(folder), pattern="*.csv", memory=got[-1].memory)) == []
    _written(folder / "a.csv", b"changed", age_s=10)
    again = fetch("folder", call(str(folder), pattern="*.csv", memory=got[-1].memory))
    assert [one.data for one in again] == [b"changed"]
