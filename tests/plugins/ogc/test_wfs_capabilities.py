"""What a WFS offers, and what it says instead."""

from pathlib import Path

import pytest

from beffroi.plugin import Unreadable
from tests.plugins.conftest import FEEDS, ReadSample


def test_each_feature_type_is_offered_with_the_request_that_fetches_it(read_sample: ReadSample):
    read = read_sample(Path("wfs/capabilities-pigma-1-0-0.xml"))
    assert (read.reading.format, len(read.records)) == ("wfs", 3)
    roads = read.records[1]
    assert roads.title == "CD 16 - Comptages routiers"
    assert roads.geometry is not None
    assert roads.properties["request"] == (
        "https://www.pigma.org/geoserver/wfs?SERVICE=WFS&VERSION=1.0.0&REQUEST=GetFeature"
        "&TYPENAME=cd16:comptages_routiers_l&SRSNAME=EPSG:4326&OUTPUTFORMAT=JSON"
    )


def test_a_box_given_in_metres_by_an_old_server_is_brought_back(read_sample: ReadSample):
    read = read_sample(Path("wfs/mapserver-wfs-cap.xml"))
    assert len(read.records) == 25
    assert all(record.geometry for record in read.records)


def test_the_fields_of_a_layer_are_told(read_sample: ReadSample):
    read = read_sample(Path("wfs/describefeaturetype-pigma-2-0-0-xsd.xml"))
    assert read.records[0].properties == {
        "layer": "hierarchisation_l", "field": "axe", "type": "xsd:string", "optional": True,
    }  # fmt: skip


def test_an_error_is_said_in_the_words_of_the_service(read_sample: ReadSample):
    with pytest.raises(Unreadable, match=r"Invalid WFS request: FooBar.*InvalidParameterValue"):
        read_sample(Path("wfs/exception-report-1-1-0.xml"))


def test_a_service_that_only_counts_is_said(read_sample: ReadSample):
    counted = (
        '<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" numberMatched="12"/>'
    )
    with pytest.raises(Unreadable, match="compte 12 objets"):
        read_sample(counted)


def test_an_address_that_is_no_web_address_makes_no_request(read_sample: ReadSample):
    text = (Path(__file__).parents[2] / "data/wfs/capabilities-pigma-1-0-0.xml").read_text("utf-8")
    evil = text.replace("https://www.pigma.org/geoserver/wfs", "file:///etc/passwd")
    assert all("request" not in record.properties for record in read_sample(evil).records)


@pytest.mark.skipif(not FEEDS.exists(), reason="the feeds are not on this machine")
@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("wfs/capabilities-pigma-1-1-0", 3), ("wfs/capabilities-pigma-2-0-0", 3),
        ("owslib/wfs_dov_getcapabilities_200", 1), ("wfs/getfeature-props-states-1-0-0", 14),
        ("wfs/getfeature-props-states-1-1-0", 14), ("wfs/getfeature-props-states-2-0-0", 14),
        ("wfs/getfeature-props-cities-1-0-0", 10),
    ],
)  # fmt: skip
def test_all_generations_are_read(read_sample: ReadSample, name: str, count: int):
    assert len(read_sample(FEEDS / "ogc" / f"{name}.xml").records) == count
