"""Layers of images (WMS) and of tiles (WMTS, TMS)."""

from pathlib import Path

import pytest

from beffroi.plugin import Unreadable
from plugins.wmts.grids import Grid
from tests.plugins.conftest import DATA, FEEDS, ReadSample


def test_a_layer_has_from_above_what_it_does_not_say(read_sample: ReadSample):
    read = read_sample(Path("wms/capabilities-brgm-1-3-0.xml"))
    by_id = {record.id: record for record in read.records}
    assert (read.reading.format, len(by_id)) == ("wms", 7)
    geology = by_id["GEOLOGIE"].properties
    assert geology["systems"] == "EPSG:4326, CRS:84, EPSG:3857, EPSG:4171, EPSG:2154"
    assert geology["attribution"] == "Brgm"
    assert str(geology["group"]).startswith("GéoServices")
    assert by_id["SCAN_F_GEOL1M"].properties["attribution"] == "BRGM (modified attribution)"


def test_a_layer_comes_with_the_request_that_draws_it(read_sample: ReadSample):
    layer = read_sample(Path("wms/capabilities-brgm-1-3-0.xml")).records[0]
    assert layer.properties["request"] == (
        "http://geoservices.brgm.fr/geologie?language=fre&SERVICE=WMS&VERSION=1.3.0&REQUEST=GetMap"
        "&LAYERS=GEOSERVICES_GEOLOGIE&STYLES=&FORMAT=image/png&TRANSPARENT=TRUE&CRS=EPSG:3857"
    )


def test_old_encodings_and_declarations_of_types_are_read(read_sample: ReadSample):
    read = read_sample(Path("wms/capabilities-brgm-1-1-1-iso-8859-15.xml"))
    assert (len(read.records), read.reading.title[-1]) == (5, "€")


def test_a_layer_without_a_box_is_kept_and_its_dimensions_told(read_sample: ReadSample):
    [layer] = read_sample(Path("wms/capabilities-dimensions-1-1-1.xml")).records
    assert layer.geometry is None
    assert str(layer.properties["dimensions.time"]).startswith("2024-01-01")


def test_where_the_objects_of_a_layer_are_is_told(read_sample: ReadSample):
    [layer] = read_sample(Path("wms/describelayer-wfs.xml")).records
    assert "SERVICE=WFS" in str(layer.properties["request"])


def test_an_error_of_a_wms_is_said_in_its_words(read_sample: ReadSample):
    with pytest.raises(Unreadable, match="Incomplete or unsupported WMS request"):
        read_sample(Path("wms/service-exception-report-1-3-0.xml"))


def test_tiles_of_ign_are_asked_for_as_the_web_asks(read_sample: ReadSample):
    [layer] = read_sample(Path("wmts/ign.xml")).records
    assert layer.id == "ORTHOIMAGERY.ORTHOPHOTOS"
    assert (layer.properties["min_zoom"], layer.properties["max_zoom"]) == (0, 19)
    assert "TILEMATRIX={z}&TILEROW={y}&TILECOL={x}" in str(layer.properties["tiles"])
    assert "TILEMATRIXSET=PM" in str(layer.properties["tiles"])


def test_the_grid_of_the_web_is_chosen_among_several(read_sample: ReadSample):
    [layer] = read_sample(Path("wmts/ogcsample.xml")).records
    assert layer.properties["grid"] == "google3857"


def test_a_grid_in_degrees_makes_no_web_tiles(read_sample: ReadSample):
    for layer in read_sample(Path("wmts/capabilities_wgs84.xml")).records:
        assert "tiles" not in layer.properties
        assert "{TileMatrix}" in str(layer.properties["request"])


def test_a_grid_whose_levels_have_other_names_is_not_the_web_s():
    assert Grid(name="a", system="EPSG:3857", levels=(("0", 0), ("1", 1))).is_web
    assert not Grid(name="a", system="EPSG:3857", levels=(("PM:0", 0),)).is_web
    assert not Grid(name="a", system="EPSG:4326", levels=(("0", None),)).is_web


def test_rows_are_counted_from_where_the_map_says(read_sample: ReadSample):
    [plan] = read_sample(Path("tms/tileMap-resource-geopf.xml")).records
    assert plan.properties["tiles"] == "https://data.geopf.fr/tms/1.0.0/PLAN.IGN/{z}/{x}/{y}.pbf"
    assert (plan.title, plan.properties["max_zoom"]) == ("Plan IGN", 18)
    text = (Path(__file__).parents[2] / "data/tms/tileMap-resource-geopf.xml").read_text("utf-8")
    south = text.replace('y="20037508.342789199"', 'y="-20037508.342789199"')
    [standard] = read_sample(south).records
    assert str(standard.properties["tiles"]).endswith("/{z}/{x}/{-y}.pbf")


def test_the_maps_of_a_service_are_listed(read_sample: ReadSample):
    read = read_sample(Path("tms/tms-resource-geopf.xml"))
    assert (read.reading.format, len(read.records)) == ("tms", 6)


@pytest.mark.skipif(not FEEDS.exists(), reason="the feeds are not on this machine")
@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("wms/capabilities-brgm-1-1-1", 7), ("wms/capabilities-dimensions-1-3-0", 1),
        ("wmts/capabilities_epsg4326_with_boundingbox", 39), ("wmts/capabilities_wrapx", 4),
        ("wmts/capabilities_wgs84_with_boundingbox", 7), ("wmts/capabilities_with_tilematrixsetlink", 2),
    ],
)  # fmt: skip
def test_real_services_are_read_whole(read_sample: ReadSample, name: str, count: int):
    assert len(read_sample(FEEDS / "ogc" / f"{name}.xml").records) == count


def test_a_level_without_a_scale_does_not_lose_the_layers(read_sample: ReadSample):
    file = next((DATA / "wmts").glob("*.xml"))
    words = file.read_text()
    scale = words.partition("<ScaleDenominator>")[2].partition("<")[0]
    assert len(read_sample(words.replace(scale, "0")).records) == len(read_sample(file).records)
