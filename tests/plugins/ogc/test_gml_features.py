"""Features in GML: every generation, every order of axes."""

from pathlib import Path

import pytest

from tests.plugins.conftest import ReadSample

PARIS = [2.35, 48.85]
GML = {
    "2": "http://www.opengis.net/gml",
    "3": "http://www.opengis.net/gml",
    "3.2": "http://www.opengis.net/gml/3.2",
}
WFS = {
    "2": "http://www.opengis.net/wfs",
    "3": "http://www.opengis.net/wfs",
    "3.2": "http://www.opengis.net/wfs/2.0",
}


def collection(version: str, shape: str, uri: str = "http://exemple.fr", fields: str = "") -> str:
    member = "wfs:member" if version == "3.2" else "gml:featureMember"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
    <wfs:FeatureCollection xmlns:wfs="{WFS[version]}" xmlns:gml="{GML[version]}" xmlns:ex="{uri}">
    <gml:boundedBy><gml:Box srsName="EPSG:4326"><gml:coordinates>0,0 1,1</gml:coordinates></gml:Box></gml:boundedBy>
    <{member}><ex:site gml:id="site.1"><ex:nom>Poste 1</ex:nom>{fields}<ex:geom>{shape}</ex:geom></ex:site>
    </{member}></wfs:FeatureCollection>"""


@pytest.mark.parametrize(
    ("version", "shape"),
    [
        ("2", '<gml:Point srsName="EPSG:4326"><gml:coordinates>2.35,48.85</gml:coordinates></gml:Point>'),
        ("2", '<gml:Point srsName="http://www.opengis.net/gml/srs/epsg.xml#4326">'
              "<gml:coordinates>2.35,48.85</gml:coordinates></gml:Point>"),
        ("3", '<gml:Point srsName="urn:x-ogc:def:crs:EPSG:4326"><gml:pos>48.85 2.35</gml:pos></gml:Point>'),
        ("3.2", '<gml:Point srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>48.85 2.35</gml:pos></gml:Point>'),
        ("3.2", '<gml:Point srsName="http://www.opengis.net/def/crs/EPSG/0/4326"><gml:pos>48.85 2.35</gml:pos></gml:Point>'),
        ("3.2", '<gml:Point srsName="urn:ogc:def:crs:OGC:1.3:CRS84"><gml:pos>2.35 48.85</gml:pos></gml:Point>'),
        ("3", '<gml:Point srsName="EPSG:4326"><gml:pos>2.35 48.85</gml:pos></gml:Point>'),
    ],
)  # fmt: skip
def test_latitude_and_longitude_are_told_apart_by_the_name_of_the_system(
    read_sample: ReadSample, version: str, shape: str
):
    [record] = read_sample(collection(version, shape)).records
    assert (record.id, record.title) == ("site.1", "Poste 1")
    assert record.geometry == {"type": "Point", "coordinates": PARIS}


def test_mapserver_writes_latitude_first_under_the_short_name(read_sample: ReadSample):
    shape = '<gml:Point srsName="EPSG:4326"><gml:pos>48.85 2.35</gml:pos></gml:Point>'
    body = collection("3", shape, uri="http://mapserver.gis.umn.edu/mapserver")
    body = body.replace("<gml:coordinates>0,0 1,1</gml:coordinates>", "").replace(
        "gml:Box", "gml:Envelope"
    )
    [record] = read_sample(body).records
    assert record.geometry == {"type": "Point", "coordinates": PARIS}


def test_the_order_can_be_settled_by_hand(read_sample: ReadSample):
    shape = '<gml:Point srsName="EPSG:4326"><gml:pos>48.85 2.35</gml:pos></gml:Point>'
    [record] = read_sample(collection("3", shape), axes="latlon").records
    assert record.geometry == {"type": "Point", "coordinates": PARIS}


def test_lambert_93_is_brought_to_degrees(read_sample: ReadSample):
    shape = (
        '<gml:MultiSurface srsName="urn:ogc:def:crs:EPSG::2154"><gml:surfaceMember><gml:Polygon><gml:exterior>'
        "<gml:LinearRing><gml:posList>652000 6862000 653000 6862000 653000 6863000 652000 6862000"
        "</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface>"
    )
    [record] = read_sample(collection("3.2", shape)).records
    assert record.geometry is not None
    assert record.geometry["coordinates"][0][0] == pytest.approx([2.3462, 48.8565], abs=0.001)


def test_fields_are_told_under_their_own_names_nested_ones_too(read_sample: ReadSample):
    fields = "<ex:adresse><ex:rue>Beauvau</ex:rue></ex:adresse><ex:tel>1</ex:tel><ex:tel>2</ex:tel>"
    shape = '<gml:Point srsName="EPSG:4326"><gml:pos>2.35 48.85</gml:pos></gml:Point>'
    [record] = read_sample(collection("3", shape, fields=fields)).records
    assert record.properties["adresse.rue"] == "Beauvau"
    assert record.properties["tel"] == "1, 2"


def test_a_shape_that_cannot_be_kept_is_said_and_the_feature_kept(read_sample: ReadSample):
    shape = '<gml:Point srsName="EPSG:4326"><gml:pos>1e300 2</gml:pos></gml:Point>'
    read = read_sample(collection("3", shape))
    assert (len(read.records), read.records[0].geometry) == (1, None)
    assert [problem.lost for problem in read.reading.problems] == [False]


def test_features_without_a_shape_are_read(read_sample: ReadSample):
    read = read_sample(Path("wfs/getfeature-props-cities-1-1-0.xml"))
    assert (len(read.records), read.records[0].title) == (10, "Buenos Aires")


def test_the_system_of_the_shapes_is_told(read_sample: ReadSample):
    box = '<gml:Box srsName="EPSG:2154"><gml:coordinates>652000,6862000 653000,6863000</gml:coordinates></gml:Box>'
    found = read_sample(
        '<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs" xmlns:gml="http://www.opengis.net/gml">'
        f"<gml:featureMember><zone fid='z.1'><geom>{box}</geom></zone></gml:featureMember>"
        "</wfs:FeatureCollection>"
    )
    assert (found.reading.format, found.reading.crs) == ("wfs", "EPSG:2154")
    assert found.records[0].geometry["type"] == "Polygon"
