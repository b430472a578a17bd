"""Shapefiles as they come: in a folder, in a ZIP file, without their companions, in old encodings."""

import io
import zipfile
from pathlib import Path

import geopandas
import pytest
import shapely

from beffroi.plugin import Unreadable
from tests.plugins.conftest import FEEDS, ReadSample

SUFFIXES = (".shp", ".shx", ".dbf", ".prj", ".cpg")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two police stations of Paris in Lambert-93, in Latin-1."""
    frame = geopandas.GeoDataFrame(
        {"nom": ["Commissariat du Xe", "Hôtel de police"], "agents": [40, 120]},
        geometry=[shapely.Point(652469, 6862035), shapely.Point(653000, 6863000)],
        crs="EPSG:2154",
    )
    frame.to_file(tmp_path / "police.shp", encoding="ISO-8859-1")
    return tmp_path


def zipped(folder: Path, *suffixes: str, inside: str = "") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as target:
        for suffix in suffixes or SUFFIXES:
            target.write(folder / f"police{suffix}", f"{inside}POLICE{suffix.upper()}")
    return held.getvalue()


def names(found: object) -> list[object]:
    return [record.properties.get("nom") for record in found.records]


def test_a_shapefile_in_its_folder_is_read_with_its_companions(
    folder: Path, read_sample: ReadSample
):
    found = read_sample(folder / "police.shp")
    assert names(found) == ["Commissariat du Xe", "Hôtel de police"]
    assert found.reading.crs == "EPSG:2154"
    assert found.reading.encoding == "iso8859-1"
    assert next(iter(found.records)).geometry["coordinates"] == pytest.approx(
        [2.3522, 48.8566], abs=1e-4
    )


def test_a_zip_file_is_read_whatever_its_folders_and_capitals(
    folder: Path, read_sample: ReadSample
):
    found = read_sample(zipped(folder, inside="Données/2024/"))
    assert names(found) == ["Commissariat du Xe", "Hôtel de police"]


def test_without_a_cpg_the_words_themselves_tell_their_encoding(
    folder: Path, read_sample: ReadSample
):
    (folder / "police.cpg").unlink()
    assert names(read_sample(folder / "police.shp"))[1] == "Hôtel de police"
    table = bytearray((folder / "police.dbf").read_bytes())
    table[29] = 0
    utf8 = bytes(table).replace("Hôtel de police".encode("latin-1"), "Hôtel de polic".encode())
    (folder / "police.dbf").write_bytes(utf8)
    found = read_sample(folder / "police.shp")
    assert names(found)[1] == "Hôtel de polic"
    assert found.reading.encoding == "utf-8"


def test_an_encoding_may_be_chosen(folder: Path, read_sample: ReadSample):
    assert names(read_sample(folder / "police.shp", encoding="cp850"))[1] == "H¶tel de police"


def test_without_its_table_the_shapes_are_read_and_the_loss_is_said(
    folder: Path, read_sample: ReadSample
):
    found = read_sample((folder / "police.shp").read_bytes(), name="police.shp")
    assert len(list(found.records)) == 2
    assert ".dbf" in found.reading.problems[0].why


def test_a_table_alone_is_read_without_places(folder: Path, read_sample: ReadSample):
    found = read_sample((folder / "police.dbf").read_bytes(), name="police.dbf")
    assert names(found) == ["Commissariat du Xe", "Hôtel de police"]
    assert all(record.geometry is None for record in found.records)


@pytest.mark.parametrize("suffix", [".shx", ".prj", ".cpg"])
def test_a_piece_of_a_shapefile_is_refused_with_the_remedy(
    folder: Path, read_sample: ReadSample, suffix: str
):
    with pytest.raises(Unreadable, match=r"déposez le \.shp"):
        read_sample(folder / f"police{suffix}")


def test_a_broken_shapefile_is_refused_in_one_sentence(folder: Path, read_sample: ReadSample):
    data = (folder / "police.shp").read_bytes()
    with pytest.raises(Unreadable):
        read_sample(data[:30] + b"\xff" * 40)


def test_several_shapefiles_in_one_archive_are_layers(folder: Path, read_sample: ReadSample):
    held = io.BytesIO(zipped(folder))
    with zipfile.ZipFile(held, "a") as target:
        for suffix in SUFFIXES:
            target.write(folder / f"police{suffix}", f"autre{suffix}")
    found = read_sample(held.getvalue())
    assert [part.value for part in found.reading.parts] == ["POLICE", "autre"]
    assert len(list(found.records)) == 4
    assert len(list(read_sample(held.getvalue(), layer="autre").records)) == 2


@pytest.mark.skipif(not FEEDS.is_dir(), reason="real samples are elsewhere")
@pytest.mark.parametrize(
    ("name", "read", "word"),
    [
        ("l93_latin1_police/police_l93.shp", 55, "accessibil"),
        ("l93_latin1_sans_cpg/communes91_l93.shp", 196, "nom"),
        ("sdis_centers_final_shape.zip", 4716, "nom_dept"),
    ],
)
def test_real_files_are_read_whole_with_their_accents(
    read_sample: ReadSample, name: str, read: int, word: str
):
    records = list(read_sample(FEEDS / "shapefile" / name).records)
    assert len(records) == read
    words = " ".join(str(value) for record in records for value in record.properties.values())
    assert any(letter in words for letter in "éèêôç")
    assert "RÃ©publique" not in words  # four addresses are badly encoded at the source
    assert word in {key for record in records for key in record.properties}
