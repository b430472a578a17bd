"""GeoPackages as people export them: several layers, other systems, none at all."""

import sqlite3
from contextlib import closing
from pathlib import Path

import geopandas
import pytest
import shapely

from beffroi.plugin import Unreadable
from tests.plugins.conftest import FEEDS, ReadSample, sample_of

PARIS_L93 = (652469, 6862035)


def frame(
    *shapes: shapely.Geometry, crs: object = "EPSG:2154", **fields: list
) -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame(
        fields or {"n": range(len(shapes))}, geometry=list(shapes), crs=crs
    )


@pytest.fixture
def two_layers(tmp_path: Path) -> Path:
    file = tmp_path / "deux.gpkg"
    square = shapely.box(652000, 6862000, 653000, 6863000)
    frame(shapely.Point(PARIS_L93), nom=["Élysée"], effectif=[12]).to_file(file, layer="postes")
    frame(square, crs="EPSG:2154", nom=["Zone"]).to_file(file, layer="zones")
    return file


def test_all_layers_are_read_and_each_can_be_chosen(two_layers: Path, read_sample: ReadSample):
    whole = read_sample(two_layers)
    assert [record.properties["layer"] for record in whole.records] == ["postes", "zones"]
    assert [(p.option, p.value, p.count) for p in whole.reading.parts] == [
        ("layer", "postes", 1), ("layer", "zones", 1),
    ]  # fmt: skip
    alone = read_sample(two_layers, layer="postes")
    (record,) = alone.records
    assert record.properties == {"nom": "Élysée", "effectif": 12}
    assert record.geometry["coordinates"] == pytest.approx([2.3522, 48.8566], abs=1e-4)
    assert alone.reading.crs == "EPSG:2154"


def test_features_keep_the_identity_that_the_file_gives_them(
    two_layers: Path, read_sample: ReadSample
):
    assert [record.id for record in read_sample(two_layers).records] == ["postes.1", "zones.1"]
    assert [record.id for record in read_sample(two_layers, layer="zones").records] == ["1"]


def test_a_layer_that_is_not_there_is_refused_with_those_that_are(
    two_layers: Path, read_sample: ReadSample
):
    with pytest.raises(Unreadable, match="postes, zones"):
        read_sample(two_layers, layer="nulle")


@pytest.mark.parametrize(
    ("shape", "why", "crs"),
    [
        (shapely.Point(2.35, 48.85), "WGS 84", "EPSG:4326"),
        (shapely.Point(PARIS_L93), "lu comme du Lambert-93", "EPSG:2154"),
    ],
)
def test_a_missing_system_is_guessed_and_said(
    tmp_path: Path, read_sample: ReadSample, shape: shapely.Point, why: str, crs: str
):
    file = tmp_path / "sans.gpkg"
    with pytest.warns(UserWarning, match="crs"):
        frame(shape, crs=None).to_file(file)
    found = read_sample(file)
    (problem,) = found.reading.problems
    assert why in problem.why
    assert not problem.lost
    assert found.reading.crs == crs
    assert next(iter(found.records)).geometry["coordinates"] == pytest.approx(
        [2.35, 48.85], abs=0.01
    )


def test_a_system_that_cannot_be_guessed_keeps_the_records_without_a_place(
    tmp_path: Path, read_sample: ReadSample
):
    file = tmp_path / "pieds.gpkg"
    with pytest.warns(UserWarning, match="crs"):
        frame(shapely.Point(7_500_000, 600_000), crs=None).to_file(file)
    found = read_sample(file)
    assert next(iter(found.records)).geometry is None
    assert "option crs" in found.reading.problems[0].why
    chosen = read_sample(file, crs="EPSG:2269")
    assert next(iter(chosen.records)).geometry["coordinates"] == pytest.approx(
        [-122.9, 45.3], abs=1
    )


def test_altitudes_and_measures_are_left_out(read_sample: ReadSample):
    (record,) = read_sample(Path("geopackage/line_zm.gpkg")).records
    assert record.geometry["type"] == "LineString"
    assert all(len(position) == 2 for position in record.geometry["coordinates"])


def test_bytes_without_a_file_are_read_as_well(two_layers: Path, read_sample: ReadSample):
    assert len(list(read_sample(two_layers.read_bytes()).records)) == 2


def test_half_a_geopackage_is_refused_in_one_sentence(two_layers: Path, read_sample: ReadSample):
    with pytest.raises(Unreadable, match="exportez-le de nouveau"):
        read_sample(two_layers.read_bytes()[:6_000], word="geopackage")


def test_a_base_of_pictures_is_said(tmp_path: Path, read_sample: ReadSample):
    file = tmp_path / "fond.mbtiles"
    with closing(sqlite3.connect(file)) as base:
        base.execute("CREATE TABLE tiles (zoom_level, tile_column, tile_row, tile_data)")
        base.commit()
    with pytest.raises(Unreadable, match="que des tuiles"):
        read_sample(file)


def test_shapes_across_180_degrees_are_cut(tmp_path: Path, read_sample: ReadSample):
    file = tmp_path / "pacifique.gpkg"
    line = shapely.LineString([(166.4, -22.3), (-176.2, -13.3)])
    frame(line, crs="EPSG:4326").to_file(file)
    assert next(iter(read_sample(file).records)).geometry["type"] == "MultiLineString"


@pytest.mark.skipif(not FEEDS.is_dir(), reason="real samples are elsewhere")
@pytest.mark.parametrize(
    ("name", "read", "crs"),
    [
        ("mtq_martinique.gpkg", 78, "EPSG:32620"),
        ("line_zm.gpkg", 1, "EPSG:4326"),
        ("missing_crs_mixed_ranges.gpkg", 2, "EPSG:4326"),
    ],
)
def test_real_files_are_read_whole(read_sample: ReadSample, name: str, read: int, crs: str):
    found = read_sample(FEEDS / "gpkg" / name)
    assert len(list(found.records)) == read
    assert found.reading.crs == crs
    assert sample_of(FEEDS / "gpkg" / name).kind == "sqlite"
