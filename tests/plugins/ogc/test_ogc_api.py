"""Documents of an OGC API, from the landing page to the features."""

import json
from pathlib import Path

import pytest

from beffroi.plugin import Unreadable
from tests.plugins.conftest import FEEDS, ReadSample

HERE = Path("ogc-api-features")


def test_a_landing_page_leads_to_the_collections(read_sample: ReadSample):
    read = read_sample(HERE / "sample-data-2.json")
    assert (read.reading.format, read.records) == ("ogc-api-features", [])
    assert read.reading.hints["follow"].endswith("/collections")
    assert [problem.lost for problem in read.reading.problems] == [False]


def test_a_collection_leads_to_its_features_as_geojson(read_sample: ReadSample):
    read = read_sample(HERE / "roads_national.json")
    [roads] = read.records
    assert roads.geometry is not None
    assert roads.properties["count"] == 123_905
    assert str(roads.properties["request"]).endswith("/items?f=json")
    assert read.reading.hints["follow"] == roads.properties["request"]


def test_a_page_of_features_says_where_it_goes_on(read_sample: ReadSample):
    read = read_sample(HERE / "items.json")
    assert (len(read.records), read.reading.hints["matched"]) == (10, "19")
    assert "offset=10" in read.reading.hints["next"]
    assert not read.reading.snapshot, "the other pages are not gone"
    assert read.records[0].title == "CIT"
    assert read.records[0].id == "1"


def test_tiles_come_as_a_template_that_a_map_can_use(read_sample: ReadSample):
    [tiles] = read_sample(HERE / "tiles.json").records
    assert str(tiles.properties["tiles"]).endswith("/{z}/{y}/{x}?f=mvt")


def test_what_can_be_asked_for_is_told_field_by_field(read_sample: ReadSample):
    read = read_sample(HERE / "queryables.json")
    assert {record.properties["field"] for record in read.records} >= {"type", "number"}


def test_heights_in_a_box_are_left_out(read_sample: ReadSample):
    told = {"id": "a", "links": [{"rel": "items", "href": "https://a/items"}],
            "extent": {"spatial": {"bbox": [[1, 45, 0, 3, 49, 300]]}}}  # fmt: skip
    [record] = read_sample(json.dumps(told)).records
    assert record.geometry is not None
    assert record.geometry["coordinates"][0][0] == [1, 45]


def test_geojson_that_is_no_page_is_left_to_others(read_sample: ReadSample):
    plain = {"type": "FeatureCollection", "features": []}
    for document in (plain, {**plain, "totalFeatures": 0, "numberReturned": 0}):
        with pytest.raises(Unreadable):
            read_sample(json.dumps(document), word="ogc-api-features")


@pytest.mark.skipif(not FEEDS.exists(), reason="the feeds are not on this machine")
@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("sample-data/collections", 23), ("sample-data-2/collections", 11),
        ("sample-data/collections/roads_national/items", 10), ("sample-data/conformance", 0),
        ("sample-data/tiles/WebMercatorQuad", 1), ("sample-data/styles", 7),
    ],
)  # fmt: skip
def test_real_documents_are_read_whole(read_sample: ReadSample, name: str, count: int):
    read = read_sample(FEEDS / "ogc/ogc-api" / f"{name}.json")
    assert (read.plugin, len(read.records)) == ("ogc-api-features", count)
