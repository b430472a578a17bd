"""What GDAL reads besides: TopoJSON, FlatGeobuf, MapInfo, DXF."""

import json
import zipfile
from pathlib import Path

import geopandas
import pytest
import shapely

from tests.plugins.conftest import ReadSample


@pytest.fixture
def frame() -> geopandas.GeoDataFrame:
    points = [shapely.Point(2.3522, 48.8566), shapely.Point(5.37, 43.3)]
    return geopandas.GeoDataFrame({"nom": ["Élysée", "Port"]}, geometry=points, crs="EPSG:4326")


def places(found: object) -> list[list[float]]:
    return sorted(record.geometry["coordinates"] for record in found.records)


def test_flatgeobuf_is_read(frame: geopandas.GeoDataFrame, tmp_path: Path, read_sample: ReadSample):
    frame.to_file(tmp_path / "a.fgb", driver="FlatGeobuf")
    found = read_sample(tmp_path / "a.fgb")
    assert found.reading.format == "flatgeobuf"
    assert {record.properties["nom"] for record in found.records} == {"Élysée", "Port"}


def test_mapinfo_is_read_from_its_archive(
    frame: geopandas.GeoDataFrame, tmp_path: Path, read_sample: ReadSample
):
    frame.to_file(tmp_path / "a.tab", driver="MapInfo File")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as target:
        for file in tmp_path.glob("a.*"):
            if file.suffix != ".zip":
                target.write(file, f"export/{file.name}")
    found = read_sample(tmp_path / "a.zip")
    assert found.reading.format == "mapinfo"
    assert places(found)[0] == pytest.approx([2.3522, 48.8566], abs=1e-5)


def test_dxf_in_lambert_93_is_guessed_and_said(
    frame: geopandas.GeoDataFrame, tmp_path: Path, read_sample: ReadSample
):
    frame.to_crs("EPSG:2154")[["geometry"]].to_file(tmp_path / "a.dxf", driver="DXF")
    found = read_sample(tmp_path / "a.dxf")
    assert found.reading.format == "dxf"
    assert places(found)[0] == pytest.approx([2.3522, 48.8566], abs=1e-4)
    assert "Lambert-93" in found.reading.problems[0].why


def test_what_arcgis_servers_answer_is_read(read_sample: ReadSample):
    document = {
        "geometryType": "esriGeometryPoint", "spatialReference": {"wkid": 102100, "latestWkid": 3857},
        "fields": [{"name": "nom", "type": "esriFieldTypeString"}],
        "features": [{"attributes": {"nom": "A"}, "geometry": {"x": 261848, "y": 6250566}}],
    }  # fmt: skip
    found = read_sample(json.dumps(document).encode())
    assert found.reading.format == "esrijson"
    assert found.reading.crs == "EPSG:3857"
    assert places(found)[0] == pytest.approx([2.3522, 48.8566], abs=1e-3)


def test_topojson_is_read(read_sample: ReadSample):
    point = {"type": "Point", "properties": {"nom": "A"}, "coordinates": [4000, 5000]}
    document = {
        "type": "Topology", "arcs": [],
        "transform": {"scale": [0.0005, 0.0001], "translate": [0.3522, 48.3566]},
        "objects": {"sites": {"type": "GeometryCollection", "geometries": [point]}},
    }  # fmt: skip
    found = read_sample(json.dumps(document).encode())
    assert found.reading.format == "topojson"
    assert places(found)[0] == pytest.approx([2.3522, 48.8566], abs=1e-6)
