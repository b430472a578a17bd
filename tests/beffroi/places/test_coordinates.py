"""Coordinates as people type and paste them, and what may never happen while reading them."""

import math
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from beffroi import text
from beffroi.errors import BeffroiError
from beffroi.places import coordinates

PARIS = (2.3522, 48.8566)
TAHITI = (-149.2667, -17.85)
METRES = {"dd": 2, "ddm": 4, "dms": 4, "utm": 2, "mgrs": 3, "l93": 2}


def metres(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    east = (lon - other_lon + 180) % 360 - 180
    return math.hypot(east * math.cos(math.radians(lat)), lat - other_lat) * 111_200


@pytest.fixture(autouse=True)
def french(tmp_path):
    text.use("fr", tmp_path)
    yield
    text.use("fr", tmp_path)


@pytest.mark.parametrize(
    ("typed", "system"),
    [
        ("48,8566 2,3522", "dd"),
        ("48.8566, 2.3522", "dd"),
        ("48,8566, 2,3522", "dd"),
        ("48,8566,2,3522", "dd"),
        ("48,8566 ; 2,3522", "dd"),
        ("48.8566N 2.3522E", "dd"),
        ("48,8566° N, 2,3522° E", "dd"),
        ("Nord 48,8566 Est 2,3522", "dd"),
        ("lat: 48.8566 lon: 2.3522", "dd"),
        ("lon=2.3522 lat=48.8566", "dd"),
        ("2.3522, 48.8566", "dd"),
        ("+48.8566+2.3522", "dd"),
        ("geo:48.8566,2.3522", "dd"),
        ("https://www.openstreetmap.org/#map=15/48.8566/2.3522", "dd"),
        ("POINT(2.3522 48.8566)", "dd"),
        ("48°51'23,8\" N 2°21'07,9\" E", "dms"),
        ("48°51′23,8″N 2°21′7,9″E", "dms"),
        ("48 51 23.8 2 21 07.9", "dms"),
        ("N 48 51 23,8 E 2 21 07,9", "dms"),
        ("2°21'07,9\"E 48°51'23,8\"N", "dms"),
        ("48°51,396' N 2°21,132' E", "ddm"),
        ("48° 51.396', 2° 21.132'", "ddm"),
        ("31U DQ 52482 11717", "mgrs"),
        ("31UDQ5248211717", "mgrs"),
        ("31u dq 5248211717", "mgrs"),
        ("31N 452483 5411717", "utm"),
        ("452483 5411717 31N", "utm"),
        ("UTM 31 452 483 5 411 717", "utm"),
        ("31U 452483 m 5411717 m", "utm"),
        ("652469 6862035", "l93"),
        ("652 469 6 862 035", "l93"),
        ("652469,2 6862035,4", "l93"),
        ("X=652469 Y=6862035", "l93"),
        ("6862035 652469", "l93"),
        ("L93 652 469 6 862 035", "l93"),
        ("Lambert 93 : 652469 6862035", "l93"),
    ],
)
def test_a_place_in_paris_is_understood_however_it_is_written(typed: str, system: str):
    reading = coordinates.parse(typed)[0]
    assert reading.system == system
    assert metres(reading.lon, reading.lat, *PARIS) < 4
    assert coordinates.name(system) in reading.label


@pytest.mark.parametrize(
    ("typed", "lon", "lat"),
    [
        ("17°51′S 149°16′O", *TAHITI),
        ("149°16′O 17°51′S", *TAHITI),
        ("-17.85 -149.2667", *TAHITI),
        ("-149.2667, -17.85", *TAHITI),
        ("40S 338000 7690000", 55.44259, -20.88314),
        ("338000 7690000", 55.44259, -20.88314),
        ("353000 545000", -52.32581, 4.92934),
        ("446000 214000", -51.48555, 1.93605),
        ("6S 230000 8050000", -149.54440, -17.62036),
    ],
)
def test_overseas_positions_are_understood(typed: str, lon: float, lat: float):
    reading = coordinates.parse(typed)[0]
    assert metres(reading.lon, reading.lat, lon, lat) < 20


def test_bare_metres_that_fit_two_territories_give_both_with_their_names():
    labels = [reading.label for reading in coordinates.parse("338000 7690000")]
    assert len(labels) == 2
    assert "La Réunion" in labels[0]
    assert "Polynésie française" in labels[1]


def test_a_coarse_grid_reference_is_the_middle_of_its_square():
    reading = coordinates.parse("31U DQ 524 117")[0]
    exact = coordinates.parse("31U DQ 52450 11750")[0]
    assert metres(reading.lon, reading.lat, exact.lon, exact.lat) < 2


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "75001", "12 rue de Rivoli", "26/07/2024", "18h30", "112", "1 2", "0 0", "48.85",
        "95.5 190.5", "91,5 181,5", "48 N 2 N", "48°61' N 2°00' E", "48°51'61\" N 2°00'00\" E",
        "-48.85 S 2.35 E", "48.5°51' N 2° E", "1e400 1e400", "nan nan", "inf inf", "9" * 200,
        "x" * 400, "61A 500000 5000000", "31I 452483 5411717", "31U DQ 524 11717", "99U DQ 1 1",
        "31UDQ", "É 48", "48.85\u0000 2.35\ud800", "-- ++ ,,", "''''\"\"", "T4 10 20",
    ],
)  # fmt: skip
def test_what_is_no_position_is_left_alone(typed: str):
    assert coordinates.parse(typed) == []


@pytest.mark.parametrize("system", ["dd", "dms", "ddm", "utm", "mgrs"])
@given(lon=st.floats(-180, 180), lat=st.floats(-79.9, 83.9))
@example(lon=-180.0, lat=0.0)
@example(lon=180.0, lat=-79.0)
@example(lon=179.99999999, lat=59.99999999)
@example(lon=0.0, lat=0.0)
@example(lon=0.0, lat=0.0078125)
@example(lon=0.0, lat=-4e-10)
@example(lon=-0.0000001, lat=-0.0000001)
def test_what_is_written_is_read_back_at_the_same_place(system: str, lon: float, lat: float):
    written = coordinates.format(lon, lat, system)
    found = coordinates.parse(written)
    assert found, written
    best = min(metres(r.lon, r.lat, lon, lat) for r in found)
    assert best <= METRES[system], (written, found)


@given(st.floats(-5, 9.5), st.floats(41.5, 51))
def test_lambert_93_is_read_back_all_over_the_mainland(lon: float, lat: float):
    found = coordinates.parse(coordinates.format(lon, lat, "l93"))
    assert found[0].system == "l93"
    assert metres(found[0].lon, found[0].lat, lon, lat) <= 2


@given(st.floats(-180, 180), st.floats(-90, 90))
@example(0.0, 41.0)
@example(0.0, 90.0)
def test_near_the_poles_every_system_still_writes_something_readable(lon: float, lat: float):
    for system in coordinates.SYSTEMS:
        assert coordinates.parse(coordinates.format(lon, lat, system))


@pytest.mark.parametrize("system", ["dd", "dms", "ddm"])
def test_english_writes_a_point_and_a_w(system: str, tmp_path):
    assert "," in coordinates.format(*TAHITI, system)
    assert coordinates.format(*TAHITI, system).endswith(" O")
    text.use("en", tmp_path)
    assert "," not in coordinates.format(*TAHITI, system)
    assert coordinates.format(*TAHITI, system).endswith(" W")
    reading = coordinates.parse(coordinates.format(*TAHITI, system))[0]
    assert metres(reading.lon, reading.lat, *TAHITI) < 4


def test_seconds_never_reach_sixty():
    for lat, lon in product((47.9999999, 48.01666666, 0.99999999), repeat=2):
        for system in ("dms", "ddm"):
            assert "60" not in coordinates.format(lon, lat, system).split("°", 1)[1][:4]


@pytest.mark.parametrize("position", [(200, 0), (0, 91), (math.nan, 0), (0, math.inf)])
def test_an_impossible_position_is_not_written(position):
    with pytest.raises(BeffroiError, match="hors du globe"):
        coordinates.format(*position)


def never_wrong(typed: str) -> None:
    for reading in coordinates.parse(typed):
        assert -180 <= reading.lon <= 180
        assert -90 <= reading.lat <= 90
        assert reading.label


@given(st.text(max_size=320))
def test_no_text_breaks_the_reader(typed: str):
    never_wrong(typed)


@given(st.text(alphabet="0123456789°'\".,;:/ -+NSEWOUDQXY=()@?&#\u00a0\u202f′″", max_size=80))
def test_no_text_that_resembles_coordinates_breaks_the_reader(typed: str):
    never_wrong(typed)
