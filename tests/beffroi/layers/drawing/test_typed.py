"""What people type beside the pointer is understood, or said to be wrong in one sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.errors import BeffroiError
from beffroi.layers.drawing.geodesic import leg
from beffroi.layers.drawing.typed import Typed, read_bearing, read_distance, spot

PARIS = (2.3522, 48.8566)


@pytest.mark.parametrize(
    ("said", "metres"),
    [("350", 350), ("350 m", 350), ("1,2 km", 1200), ("1.2km", 1200), ("12 500", 12500),
     ("3 NM", 5556), ("2 mi", 3218.688)],
)  # fmt: skip
def test_distances_are_read_as_they_are_said(said: str, metres: float) -> None:
    assert read_distance(said) == pytest.approx(metres)


@pytest.mark.parametrize(
    ("said", "degrees"),
    [("045", 45), ("45°", 45), ("360", 0), ("NE", 45), ("nord-est", 45), ("SO", 225), ("W", 270),
     ("22,5", 22.5)],
)  # fmt: skip
def test_bearings_are_read_as_they_are_said(said: str, degrees: float) -> None:
    assert read_bearing(said) == pytest.approx(degrees)


@pytest.mark.parametrize("said", ["loin", "12 parsecs", "-5", "9999999 km", ""])
def test_what_is_no_distance_is_said_so(said: str) -> None:
    with pytest.raises(BeffroiError):
        read_distance(said)


@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=30))
def test_whatever_is_typed_gives_a_position_or_a_sentence(
    where: str, distance: str, azimuth: str
) -> None:
    try:
        lon, lat = spot(Typed(coordinates=where, distance=distance, azimuth=azimuth), PARIS)
    except BeffroiError:
        return
    assert -90 <= lat <= 90
    assert -540 <= lon <= 540


def test_a_distance_and_a_bearing_lead_from_the_last_point() -> None:
    found = spot(Typed(distance="1,5 km", azimuth="NE"), PARIS)
    metres, bearing = leg(PARIS, found)
    assert (metres, bearing) == (pytest.approx(1500), pytest.approx(45))


def test_a_distance_alone_goes_towards_the_pointer() -> None:
    assert leg(PARIS, spot(Typed(distance="800"), PARIS, towards=200))[1] == pytest.approx(200)


def test_coordinates_of_any_system_are_a_position() -> None:
    assert spot(Typed(coordinates="48° 51′ 24″ N 2° 21′ 8″ E"), None) == pytest.approx(
        PARIS, abs=1e-3
    )
