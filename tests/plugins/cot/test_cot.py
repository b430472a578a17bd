"""What officers see of Cursor on Target events."""

import io
import zipfile
from pathlib import Path

import pytest

from beffroi.plugin import Unreadable
from tests.plugins.conftest import FEEDS, ReadSample

EVENT = """<?xml version="1.0"?>
<event version="2.0" uid="{uid}" type="{kind}" how="{how}" time="2024-07-26T12:00:00Z"
 start="2024-07-26T12:00:00Z" stale="2024-07-26T12:01:00Z"><point lat="{lat}" lon="{lon}" hae="9999999.0"
 ce="{ce}" le="9999999.0"/><detail>{detail}</detail></event>"""


def event(uid="U1", kind="a-f-G", how="m-g", lat="48.9", lon="2.3", ce="5", detail="") -> str:
    return EVENT.format(uid=uid, kind=kind, how=how, lat=lat, lon=lon, ce=ce, detail=detail)


def test_an_event_is_valid_until_it_is_stale_and_not_a_second_longer(read_sample: ReadSample):
    [record] = read_sample(event()).records
    assert (record.time, record.until) == (1_721_995_200_000, 1_721_995_260_000)
    assert record.properties["what"] == "ami, terrestre"
    assert record.properties["origin"] == "mesuré par GPS"
    assert record.properties["ce"] == 5.0


def test_zeros_without_a_known_error_are_no_place(read_sample: ReadSample):
    [record] = read_sample(event(lat="0.0", lon="0.0", ce="9999999.0")).records
    assert record.geometry is None


def test_a_place_off_the_globe_is_said_and_the_event_kept(read_sample: ReadSample):
    read = read_sample(event(lat="95"))
    assert len(read.records) == 1
    assert [problem.lost for problem in read.reading.problems] == [False]


def test_events_in_a_row_with_junk_between_are_all_read(read_sample: ReadSample):
    read = read_sample(f"\n{event('U1')}\x00junk <t/>{event('U2')}\n<event uid='U3' type='t' how=")
    assert [record.id for record in read.records] == ["U1", "U2"]
    assert [problem.why for problem in read.reading.problems] == ["événement coupé ou mal formé"]


def test_one_badly_formed_event_does_not_lose_the_next(read_sample: ReadSample):
    read = read_sample(event("U1", detail="<remarks>a & b</remarks>") + event("U2"))
    assert [record.id for record in read.records] == ["U2"]


def test_a_route_is_a_line_and_a_closed_drawing_an_area(read_sample: ReadSample):
    [route] = read_sample(Path("cot/nodecot_cot-routes_08.xml")).records
    assert route.geometry is not None
    assert route.geometry["type"] == "LineString"
    assert len(route.geometry["coordinates"]) == 10
    assert route.title == "Route 1"
    [area] = read_sample(Path("cot/nodecot_cot-user-draw_17.xml")).records
    assert area.geometry is not None
    assert area.geometry["type"] == "Polygon"


def test_a_circle_has_the_radius_that_it_says(read_sample: ReadSample):
    [ring] = read_sample(Path("cot/nodecot_cot-shapes_09.xml")).records
    assert ring.geometry is not None
    north = max(lat for _lon, lat in ring.geometry["coordinates"][0])
    assert (north - 41.8988499) * 111_195 == pytest.approx(185_754, rel=0.001)


def test_an_ellipse_is_turned_by_its_angle(read_sample: ReadSample):
    shape = '<shape><ellipse major="2000" minor="500" angle="90"/></shape>'
    [record] = read_sample(event(kind="u-d-c-e", detail=shape)).records
    assert record.geometry is not None
    ring = record.geometry["coordinates"][0]
    tall = max(lat for _lon, lat in ring) - min(lat for _lon, lat in ring)
    assert tall * 111_195 == pytest.approx(1000, rel=0.01), "the long axis lies east to west"


def test_a_bearing_is_drawn_as_far_as_its_range(read_sample: ReadSample):
    detail = '<range value="1000"/><bearing value="0"/>'
    [record] = read_sample(event(kind="u-rb-a", detail=detail)).records
    assert record.geometry is not None
    start, end = record.geometry["coordinates"]
    assert end[0] == pytest.approx(start[0])
    assert (end[1] - start[1]) * 111_195 == pytest.approx(1000, rel=0.001)


def test_a_message_is_titled_by_who_says_what(read_sample: ReadSample):
    detail = '<__chat chatroom="PC" senderCallsign="TORY"/><remarks>Besoin d’un relais</remarks>'
    [record] = read_sample(event(kind="b-t-f", detail=detail)).records
    assert record.title == "TORY : Besoin d’un relais"


def test_a_deletion_ends_what_it_names(read_sample: ReadSample):
    read = read_sample(event(kind="t-x-d-d", detail='<link uid="U7" relation="none"/>'))
    assert read.reading.ended == ["U7"]


def test_telephones_and_network_addresses_are_left_out(read_sample: ReadSample):
    contact = '<contact callsign="JDOG" phone="0612345678" endpoint="10.1.1.1:4242:tcp"/>'
    [record] = read_sample(event(detail=contact)).records
    assert record.properties["callsign"] == "JDOG"
    assert not {"0612345678", "10.1.1.1:4242:tcp"} & set(map(str, record.properties.values()))


def test_a_data_package_gives_its_events_even_under_the_name_of_a_kmz(read_sample: ReadSample):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("MANIFEST/manifest.xml", "<MissionPackageManifest version='2'/>")
        package.writestr("a/a.cot", event("U1"))
        package.writestr("b/b.cot", event("U2"))
        package.writestr("b/photo.jpg", b"\xff\xd8\xff")
    read = read_sample(held.getvalue(), name="mission.kmz")
    assert (read.plugin, [record.id for record in read.records]) == ("cot", ["U1", "U2"])


def test_nothing_readable_is_refused(read_sample: ReadSample):
    with pytest.raises(Unreadable, match="Aucun événement CoT"):
        read_sample("<event uid='U1' how='m-g'><point></event>")


@pytest.mark.skipif(not FEEDS.exists(), reason="the feeds are not on this machine")
def test_every_captured_event_is_read_once(read_sample: ReadSample):
    for file in (FEEDS / "cot").glob("*.xml"):
        read = read_sample(file)
        assert (read.reading.format, len(read.records)) == ("cot", 1), file.name
