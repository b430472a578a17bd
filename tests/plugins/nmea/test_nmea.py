"""Receivers say where they are; each has its name, its moments, its own past."""

import pytest

from beffroi.plugin import Sample, Unreadable
from plugins.nmea import reading
from tests.plugins.conftest import DATA, sample_of

FOLDER = DATA / "nmea"


def records(sample: Sample, **options: str):
    return list(reading.read(sample, options).records)


def test_two_sentences_of_one_moment_are_one_position() -> None:
    found = records(sample_of(FOLDER / "flamme.nmea"), name="FLAMME")
    assert len(found) == 12
    first = found[0]
    assert (first.id, first.time, first.until) == ("FLAMME", 1_718_296_200_000, 1_718_296_260_000)
    assert first.geometry == {"type": "Point", "coordinates": [-149.27, -17.84666667]}
    assert first.properties == {
        "receiver": "FLAMME", "speed": 1.59, "course": 300.0, "alt": 4.2, "satellites": 9, "hdop": 0.9,
    }  # fmt: skip


def test_tag_blocks_name_receivers_and_a_time_without_date_crosses_midnight() -> None:
    sample = sample_of(FOLDER / "two_receivers.nmea")
    found = {(one.id, one.time): one for one in records(sample)}
    assert sorted(found) == [
        ("FLAMME", 1_718_323_198_000), ("FLAMME", 1_718_323_201_000), ("QUEUE", 1_718_323_199_500),
    ]  # fmt: skip
    assert found["QUEUE", 1_718_323_199_500].geometry["coordinates"] == [2.3522, 48.8566]
    assert found["QUEUE", 1_718_323_199_500].properties["speed"] == 9.98


def test_what_is_wrong_is_told_once_per_reason_and_stops_nothing() -> None:
    told = reading.read(sample_of(FOLDER / "two_receivers.nmea"), {})
    list(told.records)
    assert sorted(problem.why for problem in told.problems) == [
        "récepteur sans position", "somme de contrôle fausse",
    ]  # fmt: skip


def test_a_time_without_any_date_is_of_the_day_it_came() -> None:
    line = b"$GPGGA,163000.00,1750.8000,S,14916.2000,W,1,09,0.9,4.2,M,5.0,M,,*5A"
    body = line[1 : line.index(b"*")]
    sum_ = 0
    for letter in body:
        sum_ ^= letter
    sample = Sample(data=b"$%s*%02X" % (body, sum_), received=1_718_296_205_000)
    assert [one.time for one in records(sample)] == [1_718_296_200_000]


@pytest.mark.parametrize("data", [b"", b"$GPRMC,163000,V,,,,,,,130624,,,N*53\n", b"bonjour\n"])
def test_a_receiver_that_sees_no_sky_is_said_in_one_sentence(data: bytes) -> None:
    with pytest.raises(Unreadable, match="ciel"):
        reading.read(Sample(data=data), {})


@pytest.mark.parametrize(
    "part",
    [
        "163000,A,9951.0,S,14916.2,W,1,2,130624,,", "163000,A,1751.0,S,18116.2,W,1,2,130624,,",
        "993000,A,1751.0,S,14916.2,W,1,2,130624,,", "163000,A,1751.0,S,14916.2,W,1,2,320624,,",
        "163000,A,1761.0,X,14916.2,W,1,2,130624,,", "163000,A,1751.0,S,14916.2,W,1e99,2,130624,,",
        "163000,A,17510,S,14916.2,,1,2,130624,,", "163000,A,1751.0,S",
    ],
)  # fmt: skip
def test_a_sentence_that_cannot_be_is_left_out(part: str) -> None:
    value = 0
    for letter in f"GPRMC,{part}".encode():
        value ^= letter
    good = (FOLDER / "flamme.nmea").read_bytes().splitlines()[0]
    sample = Sample(data=f"$GPRMC,{part}*{value:02X}\n".encode() + good)
    assert len(records(sample)) == 1
