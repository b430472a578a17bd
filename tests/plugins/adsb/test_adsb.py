"""Aircraft, from services and from receivers."""

import json
from pathlib import Path

import pytest

from beffroi.plugin import Unreadable
from plugins.adsb import cpr, modes
from plugins.adsb.framing import avr_frames, beast_frames
from tests.plugins.conftest import FEEDS, ReadSample

# examples of Sun, “The 1090 MHz Riddle”
EVEN = "8D40621D58C382D690C8AC2863A7"
ODD = "8D40621D58C386435CC412692AD6"
NAMED = "8D4840D6202CC371C32CE0576098"
MOVING = "8D485020994409940838175B284F"
AIRSPEED = "8DA05F219B06B6AF189400CBC33F"


def avr(*messages: str) -> str:
    return "".join(f"*{message};\n" for message in messages)


def me(message: str) -> int:
    return int.from_bytes(bytes.fromhex(message)[4:11], "big")


def test_an_even_and_an_odd_half_make_a_place(read_sample: ReadSample):
    [record] = read_sample(avr(ODD, EVEN)).records
    assert record.id == "40621d"
    assert record.geometry == {"type": "Point", "coordinates": [3.919373, 52.257202]}
    assert record.properties["alt_baro"] == 38_000


def test_halves_that_are_minutes_apart_make_no_place(read_sample: ReadSample):
    clock = 12_000_000
    lines = f"@{0:012X}{ODD};\n@{60 * clock:012X}{EVEN};\n"
    [record] = read_sample(lines).records
    assert record.geometry is None


def test_a_name_and_a_velocity_are_told(read_sample: ReadSample):
    by_id = {record.id: record for record in read_sample(avr(NAMED, MOVING)).records}
    assert by_id["4840d6"].title == "KLM1023"
    told = by_id["485020"].properties
    assert (told["gs"], told["track"], told["baro_rate"]) == (159.2, 182.9, -832)


def test_an_airspeed_stands_for_the_speed_when_nothing_else_is_known():
    speed, heading, rate = modes.velocity(me(AIRSPEED))
    assert (speed, rate) == (375.0, -2304)
    assert heading == pytest.approx(243.98, abs=0.01)


@pytest.mark.parametrize(
    ("octal", "feet"),
    [("0040", -1200), ("0020", -1000), ("0410", -700), ("0620", 0), ("0610", 200)],
)
def test_old_transponders_count_in_hundreds(octal: str, feet: int):
    bits = {name: int(digit) for name, digit in zip("abcd", octal, strict=True)}
    order = ("c1", "a1", "c2", "a2", "c4", "a4", "x0", "b1", "q0", "b2", "d2", "b4", "d4")
    code = 0
    for name in order:
        group, weight = name[0], int(name[1])
        code = code << 1 | bool(weight and group in bits and bits[group] & weight)
    reply = bytes((0x20, 0)) + code.to_bytes(2, "big") + bytes(3)
    assert modes.reply_altitude(reply) == feet


def test_a_damaged_announcement_is_not_believed(read_sample: ReadSample):
    damaged = NAMED[:12] + "FF" + NAMED[14:]
    read = read_sample(avr(NAMED, damaged), word="adsb")
    assert [record.properties["messages"] for record in read.records] == [1]
    assert [problem.count for problem in read.reading.problems] == [1]


def test_a_doubled_escape_is_one_byte():
    payload = bytes.fromhex("1a" * 7)
    framed = b"\x1a2" + bytes(7) + payload.replace(b"\x1a", b"\x1a\x1a")
    assert [frame.payload for frame in beast_frames(b"junk" + framed + framed)] == [payload] * 2


def test_a_cut_frame_does_not_swallow_the_next():
    whole = b"\x1a3" + bytes(7) + bytes.fromhex(NAMED)
    assert [frame.payload.hex().upper() for frame in beast_frames(whole[:12] + whole)] == [NAMED]


def test_a_receiver_s_recording_is_told_as_aircraft(read_sample: ReadSample):
    read = read_sample(Path("adsb/sample_dump1090.bin"))
    by_id = {record.id: record for record in read.records}
    assert read.reading.hints["messages"] == "239"
    assert by_id["48520a"].title == "TRA89M"
    assert by_id["48520a"].geometry == {"type": "Point", "coordinates": [1.229638, 43.656647]}
    assert by_id["48520a"].properties["squawk"] == "5516"
    assert by_id["3981e4"].properties["alt_baro"] == 25_000


def test_poles_and_the_far_side_are_understood():
    assert cpr.position(cpr.Half(False, 0, 0), cpr.Half(False, 0, 0)) is None
    assert cpr.position(cpr.Half(False, 0, 0), cpr.Half(True, 0, 0)) == (0.0, 0.0)


def test_lists_of_all_families_are_told_alike(read_sample: ReadSample):
    now = 1_721_995_200
    families = {
        "readsb": {"now": now + 0.5, "messages": 9, "aircraft": [
            {"hex": "39AC45", "flight": "SAMU31 ", "lat": 48.9, "lon": 2.3, "seen_pos": 0.5}]},
        "adsb.lol": {"now": now * 1000, "total": 1, "ac": [
            {"hex": "39ac45", "flight": "SAMU31", "lat": 48.9, "lon": 2.3}]},
        "virtual radar": {"acList": [
            {"Icao": "39AC45", "Call": "SAMU31", "Lat": 48.9, "Long": 2.3, "PosTime": now * 1000}]},
        "opensky": {"time": now, "states": [
            ["39ac45", "SAMU31  ", "France", now, now, 2.3, 48.9, 300.0, False, 40.0]]},
        "traffic": {"timestamp": {"0": now * 1000}, "icao24": {"0": "39ac45"}, "callsign": {"0": "SAMU31"},
                    "latitude": {"0": 48.9}, "longitude": {"0": 2.3}},
    }  # fmt: skip
    for family, document in families.items():
        read = read_sample(json.dumps(document))
        [record] = read.records
        assert (read.plugin, record.id, record.title) == ("adsb", "39ac45", "SAMU31"), family
        assert record.geometry == {"type": "Point", "coordinates": [2.3, 48.9]}, family
        assert record.time == now * 1000, family


def test_a_trajectory_keeps_each_of_its_positions(read_sample: ReadSample):
    read = read_sample(Path("adsb/samu31.json.gz"))
    assert (len(read.records), len({record.time for record in read.records})) == (378, 378)
    assert {record.id for record in read.records} == {"39ac45"}
    assert not read.reading.snapshot


def test_lines_of_basestation_add_up_to_aircraft(read_sample: ReadSample):
    start = "MSG,{},1,1,39AC45,1,2024/07/26,12:00:0{}.000,2024/07/26,12:00:00.000,"
    lines = [
        start.format(1, 0) + "SAMU31  ,,,,,,,,,,,",
        start.format(3, 1) + ",1100,,,48.9,2.3,,,0,0,0,0",
        start.format(4, 2) + ",,87,150,,,-64,,,,,",
    ]
    [record] = read_sample("\r\n".join(lines)).records
    assert (record.id, record.title, record.time) == ("39ac45", "SAMU31", 1_721_995_202_000)
    assert record.geometry == {"type": "Point", "coordinates": [2.3, 48.9]}
    assert (record.properties["gs"], record.properties["alt_baro"]) == (87.0, 1100.0)


def test_the_day_of_one_aircraft_is_told_fix_by_fix(read_sample: ReadSample):
    trace = [[n, 48.9 + n / 100, 2.3, 1100, 87.0, 150.0, 0, -64, None] for n in range(3)]
    day = {"icao": "39ac45", "r": "F-MJBC", "timestamp": 1721995200.0, "trace": trace}
    read = read_sample(json.dumps(day))
    assert [record.time for record in read.records] == [
        1_721_995_200_000 + n * 1000 for n in range(3)
    ]
    assert {record.title for record in read.records} == {"F-MJBC"}
    assert not read.reading.snapshot


def test_an_aircraft_without_a_fix_is_kept_without_a_place(read_sample: ReadSample):
    [record] = read_sample(
        '{"now": 1721995200, "aircraft": [{"hex": "~2ab", "lat": null}]}'
    ).records
    assert (record.id, record.geometry) == ("~2ab", None)


def test_a_document_without_aircraft_is_refused(read_sample: ReadSample):
    with pytest.raises(Unreadable):
        read_sample('{"states": null}', word="adsb")


def test_lines_of_a_receiver_may_carry_its_clock():
    frames = list(avr_frames(f"@000000B71B00{NAMED};junk;*zz;".encode()))
    assert [(frame.seconds, len(frame.payload)) for frame in frames] == [(1.0, 14)]


@pytest.mark.skipif(not FEEDS.exists(), reason="the feeds are not on this machine")
@pytest.mark.parametrize(
    ("name", "count"), [("aircraft-live_valdoise.json", 20), ("nice_calibration.json.gz", 1246)]
)
def test_real_lists_are_read_whole(read_sample: ReadSample, name: str, count: int):
    assert len(read_sample(FEEDS / "adsb" / name).records) == count


def test_rows_whose_fields_go_by_position_are_read(read_sample: ReadSample):
    found = read_sample(Path("adsb/par-position.json"))
    (aircraft,) = found.records
    assert (aircraft.id, aircraft.title) == ("3c6444", "DLH123")
    assert aircraft.geometry["coordinates"] == [2.35, 48.85]
    assert aircraft.time == 1_721_973_600_000


def test_the_last_position_is_as_old_as_it_says(read_sample: ReadSample):
    last = {"lat": 48.1, "lon": 2.1, "seen_pos": 120}
    document = {"now": 1_721_973_600, "aircraft": [{"hex": "4ca", "lastPosition": last}]}
    (aircraft,) = read_sample(json.dumps(document)).records
    assert aircraft.time == 1_721_973_480_000
