"""Shapes as the formats write them: GML, WKT, GeoRSS, circles; systems and the order of axes."""

import math

import pytest
from lxml import etree

from beffroi.plugin import Refused, Unreadable, crs, geometry, gml, pairs

GML = 'xmlns:gml="http://www.opengis.net/gml"'


def shape(words: str) -> dict:
    return gml.read(etree.fromstring(words))


def test_gml_that_names_its_system_in_full_is_latitude_first():
    full = shape(
        f'<gml:Point {GML} srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>48 2</gml:pos></gml:Point>'
    )
    short = shape(f'<gml:Point {GML} srsName="EPSG:4326"><gml:pos>2 48</gml:pos></gml:Point>')
    assert full == short == {"type": "Point", "coordinates": [2.0, 48.0]}


def test_gml_in_lambert_93_is_brought_to_longitude_and_latitude():
    found = shape(
        f'<gml:Point {GML} srsName="urn:ogc:def:crs:EPSG::2154"><gml:pos>652469 6862035</gml:pos></gml:Point>'
    )
    assert found["coordinates"] == pytest.approx([2.3522, 48.8566], abs=1e-4)


def test_gml_2_and_3_write_the_same_area():
    old = shape(
        f"<gml:Polygon {GML}><gml:outerBoundaryIs><gml:LinearRing><gml:coordinates>"
        "0,0 4,0 4,4 0,0</gml:coordinates></gml:LinearRing></gml:outerBoundaryIs></gml:Polygon>"
    )
    new = shape(
        f'<gml:Polygon {GML} srsDimension="3"><gml:exterior><gml:LinearRing><gml:posList>'
        "0 0 9 4 0 9 4 4 9 0 0 9</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>"
    )
    assert old == new


def test_several_surfaces_with_holes_are_one_shape():
    ring = "<gml:LinearRing><gml:posList>{}</gml:posList></gml:LinearRing>"
    hole = f"<gml:interior>{ring.format('1 1 2 1 2 2 1 1')}</gml:interior>"
    one = f"<gml:surfaceMember><gml:Polygon><gml:exterior>{ring.format('0 0 4 0 4 4 0 0')}</gml:exterior>{hole}</gml:Polygon></gml:surfaceMember>"
    found = shape(f"<gml:MultiSurface {GML}>{one}{one}</gml:MultiSurface>")
    assert found["type"] == "MultiPolygon"
    assert [len(polygon) for polygon in found["coordinates"]] == [2, 2]


@pytest.mark.parametrize(
    "body",
    ["", "<gml:pos>48</gml:pos>", "<gml:pos>a b</gml:pos>", "<gml:coordinates>1</gml:coordinates>",
     "<gml:pos>480 20</gml:pos>", "<gml:pos>nan inf</gml:pos>"],
)  # fmt: skip
def test_gml_that_places_nothing_is_refused(body: str):
    with pytest.raises(Refused) as refusal:
        shape(f"<gml:Point {GML}>{body}</gml:Point>")
    assert refusal.value.why


@pytest.mark.parametrize(
    ("name", "code", "latitude_first"),
    [
        ("urn:ogc:def:crs:EPSG::4326", "EPSG:4326", True),
        ("urn:x-ogc:def:crs:EPSG:6.11:4326", "EPSG:4326", True),
        ("http://www.opengis.net/def/crs/EPSG/0/4326", "EPSG:4326", True),
        ("http://www.opengis.net/gml/srs/epsg.xml#4326", "EPSG:4326", False),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", False),
        ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", "EPSG:4326", False),
        ("EPSG:2154", "EPSG:2154", False),
        ("urn:ogc:def:crs:EPSG::2154", "EPSG:2154", False),
        ("urn:ogc:def:crs:EPSG::3035", "EPSG:3035", True),
        ("IGNF:LAMB93", "EPSG:2154", False),
        ("EPSG:900913", "EPSG:3857", False),
        ("", "EPSG:4326", False),
    ],
)
def test_a_system_is_known_by_all_its_names(name: str, code: str, latitude_first: bool):
    assert crs.named(name) == code
    assert crs.latitude_first(name) is latitude_first


def test_an_esri_prj_is_recognised():
    prj = (
        'PROJCS["RGF93_Lambert_93",GEOGCS["GCS_RGF_1993",DATUM["D_RGF_1993",SPHEROID["GRS_1980",'
        '6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],'
        'PROJECTION["Lambert_Conformal_Conic"],PARAMETER["False_Easting",700000.0],'
        'PARAMETER["False_Northing",6600000.0],PARAMETER["Central_Meridian",3.0],'
        'PARAMETER["Standard_Parallel_1",49.0],PARAMETER["Standard_Parallel_2",44.0],'
        'PARAMETER["Latitude_Of_Origin",46.5],UNIT["Meter",1.0]]'
    )
    assert crs.named(prj) == "EPSG:2154"


@pytest.mark.parametrize("name", ["maison", "IGNF:NULLEPART", "PROJCS[", "EPSG:0"])
def test_an_unknown_system_is_refused_with_a_remedy(name: str):
    with pytest.raises(Unreadable, match="EPSG:4326"):
        crs.reprojection(crs.named(name))


def test_a_circle_is_as_wide_as_it_says_even_near_the_pole():
    for lat in (0, 48.85, 84):
        ring = geometry.circle(2.35, lat, 1_000)["coordinates"][0]
        north = max(y for _x, y in ring)
        assert (north - lat) * math.pi / 180 * 6_371_008.8 == pytest.approx(1_000, rel=1e-3)


def test_shapes_of_one_kind_are_gathered_as_one():
    points = [geometry.point(1, 2), geometry.point("3,5", "4")]
    assert geometry.gathered(points) == {"type": "MultiPoint", "coordinates": [[1, 2], [3.5, 4.0]]}
    mixed = geometry.gathered([*points, geometry.line([(0, 0), (1, 1)])])
    assert mixed is not None
    assert mixed["type"] == "GeometryCollection"
    assert geometry.gathered([]) is None


def test_georss_is_latitude_first():
    assert pairs.georss_point("48.85 2.35")["coordinates"] == [2.35, 48.85]
    assert pairs.georss_box("43 5 44 6")["coordinates"][0][0] == [5, 43]
    assert pairs.georss_line("48 2 49 3")["coordinates"] == [[2, 48], [3, 49]]


def test_wkt_tells_its_system_when_it_has_one():
    assert pairs.wkt("SRID=2154;POINT Z (1 2 3)") == (
        {"type": "Point", "coordinates": [1, 2]},
        "EPSG:2154",
    )
    with pytest.raises(Refused):
        pairs.wkt("POINT (1")
