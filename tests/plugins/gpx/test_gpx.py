"""GPX as receivers and applications write it."""

import re
from pathlib import Path

import pytest

from beffroi.plugin import Unreadable, times
from tests.plugins.conftest import DATA, FEEDS, ReadSample

GPX = '<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">{}</gpx>'


def test_waypoints_tracks_and_routes_are_records_even_empty_ones(read_sample: ReadSample):
    found = read_sample(Path("gpx/garmin_extensions.gpx"))
    assert [record.properties["kind"] for record in found.records] == [
        "waypoint", "waypoint", "route", "route", "track", "track", "track",
    ]  # fmt: skip
    point, _bare, route, empty, track = list(found.records)[:5]
    assert point.geometry == {"type": "Point", "coordinates": [1, 0]}
    assert point.properties["ele"] == 2
    assert times.iso(point.time) == "2007-11-25T16:58:00Z"
    assert route.geometry["coordinates"] == [[6, 5], [9, 8], [12, 11]]
    assert empty.geometry is None
    assert track.geometry["type"] == "MultiLineString"
    assert track.properties["DisplayColor"] == "Magenta"


def test_a_track_lasts_from_its_first_fix_to_its_last(read_sample: ReadSample):
    fixes = "".join(
        f'<trkpt lat="48.{n}" lon="2.{n}"><time>2024-07-26T08:0{n}:00Z</time></trkpt>'
        for n in range(3)
    )
    (record,) = read_sample(GPX.format(f"<trk><trkseg>{fixes}</trkseg></trk>").encode()).records
    assert times.iso(record.time) == "2024-07-26T08:00:00Z"
    assert times.iso(record.until) == "2024-07-26T08:02:00Z"
    assert record.properties["points"] == 3


def test_a_bad_fix_among_good_ones_is_left_out_and_said(read_sample: ReadSample):
    fixes = '<trkpt lat="48" lon="2"/><trkpt lat="x" lon="2"/><trkpt lat="49" lon="3"/>'
    found = read_sample(GPX.format(f"<trk><trkseg>{fixes}</trkseg></trk>").encode())
    assert next(iter(found.records)).geometry["coordinates"] == [[2, 48], [3, 49]]
    assert [(p.where, p.count) for p in found.reading.problems] == [("trk 1", 1)]


def test_another_document_is_refused(read_sample: ReadSample):
    with pytest.raises(Unreadable, match="GPX"):
        read_sample(b"<a/>", word="gpx")


@pytest.mark.skipif(not FEEDS.is_dir(), reason="real samples are elsewhere")
def test_real_files_have_as_many_records_as_things(read_sample: ReadSample):
    for file in sorted((FEEDS / "kml_gpx").glob("*.gpx")):
        count = len(re.findall(r"<(?:wpt|trk|rte)[\s>/]", file.read_text("utf-8")))
        assert len(list(read_sample(file).records)) == count, file.name


def test_a_file_cut_short_is_read_as_far_as_it_goes_and_said(read_sample: ReadSample):
    whole = (DATA / "gpx" / "wpt.gpx").read_text()
    found = read_sample(whole[: whole.rindex("</wpt>")])
    assert found.records
    assert [problem.why for problem in found.reading.problems] == [
        "document mal formé, lu en partie"
    ]
