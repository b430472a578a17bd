"""GTFS-RT: alerts, vehicles, trips, added shapes; whole feeds and partial ones."""

import contextlib
from pathlib import Path

import pytest
from google.protobuf import json_format
from google.transit import gtfs_realtime_pb2 as pb
from hypothesis import given
from hypothesis import strategies as st

from beffroi.plugin import Refused, Unreadable
from plugins.gtfs_rt import reading, shapes
from tests.plugins.conftest import ReadSample, sample_of

NOW = 1_772_438_400


def feed(partial: bool = False) -> pb.FeedMessage:
    message = pb.FeedMessage()
    message.header.gtfs_realtime_version = "2.0"
    message.header.timestamp = NOW
    message.header.incrementality = int(partial)
    return message


def read(message: pb.FeedMessage):
    found = reading.read(sample_of(message.SerializeToString()), {})
    return found, list(found.records)


def test_real_alerts_are_read(read_sample: ReadSample):
    found = read_sample(Path("gtfs-rt/bibus-brest-gtfs-rt-alerts.pb"))
    assert (found.plugin, len(found.records)) == ("gtfs-rt", 12)
    first = found.records[0]
    assert first.title.startswith("L 45 Prolongation des travaux")
    assert (first.properties["effect"], first.properties["severity"]) == ("déviation", 1)
    assert first.properties["routes"] == "45"
    assert (first.time, first.until) == (1631635200000, 1640365200000)


def test_an_alert_speaks_french_and_keeps_the_other_languages():
    message = feed()
    entity = message.entity.add(id="a")
    for language, words in (("en", "Closed"), ("fr", "Fermé")):
        entity.alert.header_text.translation.add(text=words, language=language)
    entity.alert.severity_level = pb.Alert.SEVERE
    entity.alert.active_period.add(start=NOW)
    _found, (record,) = read(message)
    assert (record.title, record.properties["header_en"]) == ("Fermé", "Closed")
    assert (record.properties["severity"], record.properties["severity_said"]) == (3, "SEVERE")
    assert (record.time, record.until) == (NOW * 1000, None)


def test_a_vehicle_keeps_its_name_from_feed_to_feed_and_its_place():
    message = feed()
    vehicle = message.entity.add(id="1").vehicle
    vehicle.vehicle.id = "BUS7"
    vehicle.trip.route_id = "12"
    vehicle.position.latitude, vehicle.position.longitude = 48.85, 2.35
    vehicle.position.bearing = 90
    vehicle.timestamp = NOW - 30
    lost = message.entity.add(id="2").vehicle
    lost.vehicle.id = "BUS8"
    lost.position.latitude = lost.position.longitude = 0
    found, (bus, nowhere) = read(message)
    assert found.snapshot
    assert (bus.id, bus.title) == ("BUS7", "Ligne 12")
    assert bus.geometry["coordinates"] == pytest.approx([2.35, 48.85])
    assert (bus.properties["course"], bus.time) == (90.0, (NOW - 30) * 1000)
    assert nowhere.geometry is None


def test_a_trip_is_late_or_cancelled():
    message = feed()
    late = message.entity.add(id="1").trip_update
    late.trip.trip_id, late.trip.route_id, late.trip.start_date = "T1", "12", "20260302"
    stop = late.stop_time_update.add(stop_id="S1")
    stop.arrival.delay = 300
    late.stop_time_update.add(stop_id="S2", schedule_relationship=1)
    gone = message.entity.add(id="2").trip_update
    gone.trip.trip_id, gone.trip.route_id = "T2", "13"
    gone.trip.schedule_relationship = pb.TripDescriptor.CANCELED
    _found, (first, second) = read(message)
    assert (first.id, first.title) == ("20260302/T1", "Ligne 12 – +5\u00a0min")
    assert (first.properties["delay_s"], first.properties["calls_cancelled"]) == (300, "S2")
    assert (second.title, second.properties["cancelled"]) == ("Ligne 13 – supprimé", True)


def test_a_partial_feed_adds_and_deletes():
    message = feed(partial=True)
    message.entity.add(id="old").is_deleted = True
    found, records = read(message)
    assert (list(found.ended), records, found.snapshot) == (["old"], [], False)


def test_the_same_feed_as_json_is_read_alike():
    message = feed()
    message.entity.add(id="a").alert.header_text.translation.add(text="Travaux")
    words = json_format.MessageToJson(message)
    sample = sample_of(words)
    assert reading.recognise(sample) > 0.9
    assert [r.title for r in reading.read(sample, {}).records] == ["Travaux"]


def test_a_shape_of_the_day_is_drawn():
    message = feed()
    message.entity.add(id="s").shape.encoded_polyline = "_p~iF~ps|U_ulLnnqC_mqNvxq`@"
    _found, (record,) = read(message)
    assert record.geometry["coordinates"] == [[-120.2, 38.5], [-120.95, 40.7], [-126.453, 43.252]]


@given(st.text(max_size=60))
def test_any_words_are_a_line_or_refused(words: str):
    with contextlib.suppress(Refused):
        assert shapes.line(words)["type"].endswith("LineString")


def test_a_feed_cut_short_is_refused():
    whole = (Path(__file__).parents[2] / "data/gtfs-rt/bibus-brest-gtfs-rt-alerts.pb").read_bytes()
    with pytest.raises(Unreadable, match="incomplet ou abîmé"):
        reading.read(sample_of(whole[: len(whole) // 2]), {})


def test_words_that_are_no_utf_8_do_not_stop_a_feed():
    message = feed()
    message.entity.add(id="a").alert.header_text.translation.add(text="Travaux Kermaria")
    damaged = message.SerializeToString().replace(b"Kermaria", b"Kerm\xe9ria")
    (record,) = reading.read(sample_of(damaged), {}).records
    assert record.title == "Travaux Kerm\ufffdria"
