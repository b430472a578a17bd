"""Ships, from receivers and from services."""

import json
from functools import reduce
from pathlib import Path

import pytest

from beffroi.plugin import Unreadable
from tests.plugins.conftest import DATA, ReadSample

POSITION = "!AIVDM,1,1,,B,15NBj>PP1gG>1PVKTDTUJOv00<0M,0*09"
FIRST = "!AIVDM,2,1,1,A,55?MbV02;H;s<HtKR20EHE:0@T4@Dn2222222216L961O5Gf0NSQEp6ClRp8,0*1C"
SECOND = "!AIVDM,2,2,1,A,88888888880,2*25"


def test_a_position_is_told_in_degrees_and_knots(read_sample: ReadSample):
    [record] = read_sample(POSITION).records
    assert (record.id, record.title) == ("367309370", "")
    assert record.geometry == {"type": "Point", "coordinates": [-122.765622, 48.177737]}
    assert record.properties["speed"] == 11.1
    assert "heading" not in record.properties, "511 means that nobody knows"


def test_the_parts_of_a_message_are_put_together(read_sample: ReadSample):
    read = read_sample(f"{FIRST}\r\n{POSITION}\r\n{SECOND}\r\n")
    named = next(record for record in read.records if record.title)
    assert (named.id, named.title, named.geometry) == ("351759000", "EVER DIADEM", None)
    assert named.properties["destination"] == "NEW YORK"
    assert not read.reading.problems


def test_a_part_that_never_comes_is_said(read_sample: ReadSample):
    read = read_sample(f"{FIRST}\n{POSITION}\n")
    assert len(read.records) == 1
    assert [p.why for p in read.reading.problems] == ["message dont une partie manque"]


def test_a_false_checksum_is_not_believed(read_sample: ReadSample):
    read = read_sample(f"{POSITION}\n{POSITION.replace('*09', '*0A')}\n")
    assert len(read.records) == 1
    assert [p.why for p in read.reading.problems] == ["somme de contrôle fausse"]


def test_moments_come_from_tags_and_from_the_lines_of_gatehouse(read_sample: ReadSample):
    body = "c:1721995200"
    mark = reduce(lambda value, letter: value ^ ord(letter), body, 0)
    [tagged] = read_sample(f"\\{body}*{mark:02X}\\{POSITION}").records
    assert tagged.time == 1_721_995_200_000
    for logged in (
        f"1721995200 {POSITION}",
        f"{POSITION},1721995200",
        f"{POSITION},r1,1721995200.0",
    ):
        assert read_sample(logged).records[0].time == 1_721_995_200_000
    first = read_sample(Path("ais/gatehouse.nmea")).records[0]
    assert first.time == 1_210_291_200_010


def test_every_sentence_of_a_recording_is_read_or_said(read_sample: ReadSample):
    read = read_sample(Path("ais/nmea_data_sample_part1.nmea"))
    said = sum(problem.count for problem in read.reading.problems)
    assert (len(read.records), len(read.records) + said) == (516, 598)
    assert all(len(record.id) == 9 for record in read.records)


def test_ships_of_services_are_told_alike(read_sample: ReadSample):
    stream = {
        "MessageType": "PositionReport",
        "MetaData": {"MMSI": 227000001, "ShipName": "ABEILLE  ", "latitude": 48.4, "longitude": -4.5,
                     "time_utc": "2024-07-26 12:00:00.5 +0000 UTC"},
        "Message": {"PositionReport": {"Sog": 3.2, "Cog": 90}},
    }  # fmt: skip
    rows = [{"mmsi": 227000001, "lat": 48.4, "lon": -4.5, "shipname": "ABEILLE",
             "timestamp": "2024-07-26T12:00:00.5Z"}]  # fmt: skip
    hub = [[{"ERROR": False}], [{"MMSI": 227000001, "LATITUDE": 48.4, "LONGITUDE": -4.5, "NAME": "ABEILLE",
            "TIME": "2024-07-26 12:00:00.5 GMT"}]]  # fmt: skip
    assert read_sample(json.dumps(hub)).records[0].title == "ABEILLE"
    for document in (json.dumps(stream), json.dumps(rows), "\n".join([json.dumps(stream)] * 2)):
        record = read_sample(document).records[0]
        assert (record.id, record.title, record.time) == ("227000001", "ABEILLE", 1_721_995_200_500)
        assert record.geometry == {"type": "Point", "coordinates": [-4.5, 48.4]}


def test_words_without_a_whole_message_are_refused(read_sample: ReadSample):
    with pytest.raises(Unreadable, match="Aucun message AIS"):
        read_sample(f"{FIRST}\n", word="ais")


def test_a_time_beyond_any_calendar_does_not_stop_a_receiver(read_sample: ReadSample):
    log = (DATA / "ais" / "gatehouse.nmea").read_text()
    year = log.split(",")[2]
    assert read_sample(log.replace(f",{year},", ",99999999999999,", 1)).records


def test_the_hour_that_a_receiver_logs_before_a_sentence_is_that_of_the_sentence(
    read_sample: ReadSample,
):
    said = "!AIVDM,1,1,,A,13HOI:0P0000VOHLCnHQKwvL05Ip,0*23"
    (record,) = read_sample(f"2024-07-26T06:00:01Z {said}\n").records
    assert record.time == 1_721_973_601_000
