"""KML as Google Earth, My Maps and QGIS write it."""

import io
import zipfile
from pathlib import Path

import pytest

from beffroi.plugin import Record, Unreadable, times
from tests.plugins.conftest import FEEDS, ReadSample

HEAD = '<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>'


def document(*placemarks: str, before: str = "") -> bytes:
    return f"{HEAD}<name>Test</name>{before}{''.join(placemarks)}</Document></kml>".encode()


def one(read_sample: ReadSample, body: str, before: str = "") -> Record:
    (record,) = read_sample(document(f"<Placemark>{body}</Placemark>", before=before)).records
    return record


@pytest.mark.parametrize("name", ["multitrack.kml", "non_gx_multitrack.kml"])
def test_a_track_is_a_line_with_its_first_and_last_hour(read_sample: ReadSample, name: str):
    found = read_sample(Path("kml") / name)
    start, track, end = found.records
    assert track.geometry["type"] == "LineString"
    assert len(track.geometry["coordinates"]) == 16
    assert times.iso(track.time) == "2013-08-08T15:24:47Z"
    assert times.iso(track.until) == "2013-08-08T15:25:03Z"
    assert track.id == "tour"
    assert times.iso(start.time) == "2013-08-08T15:20:40Z"
    assert end.geometry["coordinates"] == [3.682725, 51.050615]


def test_extended_data_are_fields(read_sample: ReadSample):
    (record,) = read_sample(Path("kml/schema.kml")).records
    assert record.properties["cn_cv_1109"] == "89%"
    assert record.properties["gid"] == 167001
    assert record.properties["random"] == 0.9
    assert record.properties["folder"] == "TES_124_167_28_JUL_2022_1109"
    told = one(
        read_sample, '<ExtendedData><Data name="foo"><value>bar</value></Data></ExtendedData>'
    )
    assert told.properties == {"foo": "bar"}


def test_colours_are_kept_through_shared_styles_and_maps(read_sample: ReadSample):
    shared = (
        '<Style id="n"><LineStyle><color>7f0000ff</color><width>4</width></LineStyle></Style>'
        '<StyleMap id="m"><Pair><key>normal</key><styleUrl>#n</styleUrl></Pair></StyleMap>'
    )
    record = one(read_sample, "<styleUrl>#m</styleUrl><Style><PolyStyle><fill>0</fill></PolyStyle></Style>",
                 shared)  # fmt: skip
    assert record.properties == {
        "stroke": "#ff0000", "stroke-opacity": 0.5, "stroke-width": 4.0, "fill-opacity": 0,
    }  # fmt: skip


def test_styles_that_turn_in_circles_end(read_sample: ReadSample):
    loop = '<StyleMap id="a"><Pair><key>normal</key><styleUrl>#a</styleUrl></Pair></StyleMap>'
    assert one(read_sample, "<styleUrl>#a</styleUrl>", loop).properties == {}


def test_several_shapes_and_holes(read_sample: ReadSample):
    ring = "<LinearRing><coordinates>{}</coordinates></LinearRing>"
    outer = ring.format("0,0,5 4,0,5 4,4,5 0,0,5")
    inner = ring.format("1,1 2,1 2,2 1,1")
    area = f"<Polygon><outerBoundaryIs>{outer}</outerBoundaryIs><innerBoundaryIs>{inner}</innerBoundaryIs></Polygon>"
    record = one(read_sample, f"<MultiGeometry>{area}{area}</MultiGeometry>")
    assert record.geometry["type"] == "MultiPolygon"
    assert [len(polygon) for polygon in record.geometry["coordinates"]] == [2, 2]
    mixed = one(
        read_sample,
        f"<MultiGeometry>{area}<Point><coordinates>1,2</coordinates></Point></MultiGeometry>",
    )
    assert mixed.geometry["type"] == "GeometryCollection"


@pytest.mark.parametrize("body", ["", "<Point><coordinates></coordinates></Point>", "<Point/>"])
def test_a_placemark_without_a_place_is_a_record(read_sample: ReadSample, body: str):
    record = one(read_sample, f"<name>Sans lieu</name>{body}")
    assert record.title == "Sans lieu"
    assert record.geometry is None


def test_a_place_that_cannot_be_read_is_said(read_sample: ReadSample):
    found = read_sample(
        document("<Placemark><Point><coordinates>a,b</coordinates></Point></Placemark>")
    )
    assert [(p.where, p.why, p.lost) for p in found.reading.problems] == [
        ("repère n° 1", "coordonnée non numérique", False)
    ]


@pytest.mark.parametrize(
    ("name", "words"), [("networklink.kml", "https://tiny.url"), ("ground_overlay.kml", "etna.jpg")]
)
def test_what_only_earth_can_show_is_said(read_sample: ReadSample, name: str, words: str):
    found = read_sample(Path("kml") / name)
    assert list(found.records) == []
    assert words in found.reading.problems[0].why


def test_descriptions_are_words_without_tags(read_sample: ReadSample):
    record = one(
        read_sample,
        "<description><![CDATA[<b>Pont</b> ferm&eacute;<script>x()</script>]]></description>",
    )
    assert "Pont" in str(record.properties["description"])
    assert "<" not in str(record.properties["description"])


def test_a_kmz_is_opened_at_its_main_document(read_sample: ReadSample):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as target:
        target.writestr("files/autre.kml", document())
        target.writestr("doc.kml", document("<Placemark><name>Ici</name></Placemark>"))
    found = read_sample(held.getvalue())
    assert [record.title for record in found.records] == ["Ici"]
    assert [problem.where for problem in found.reading.problems] == ["files/autre.kml"]


def test_a_badly_formed_kml_is_read_as_far_as_it_goes_and_another_document_refused(
    read_sample: ReadSample,
):
    cut = document("<Placemark><name>Un</name></Placemark>")[:-20]
    assert [record.title for record in read_sample(cut).records] == ["Un"]
    with pytest.raises(Unreadable, match="KML"):
        read_sample(b"<a/>", word="kml")


@pytest.mark.skipif(not FEEDS.is_dir(), reason="real samples are elsewhere")
def test_real_files_have_as_many_records_as_placemarks(read_sample: ReadSample):
    for file in sorted((FEEDS / "kml_gpx").glob("*.kml")):
        count = file.read_text("utf-8").count("<Placemark")
        assert len(list(read_sample(file).records)) == count, file.name
    assert len(list(read_sample(FEEDS / "kml_gpx" / "Albania.kmz").records)) == 63
