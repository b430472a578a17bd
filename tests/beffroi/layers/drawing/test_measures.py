"""Measures are those of the ground, and shapes cover what they say."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.layers.drawing.geodesic import area, leg, length, reach
from beffroi.layers.drawing.measure import measures
from beffroi.layers.drawing.outline import circle, geometry, moved, sector, turned
from beffroi.layers.shapes import Shape

PARIS, LYON = (2.3522, 48.8566), (4.8357, 45.7640)
calm = st.tuples(st.floats(-179, 179), st.floats(-80, 80))


def test_paris_to_lyon_is_392_km_to_the_south_east() -> None:
    metres, bearing = leg(PARIS, LYON)
    assert metres / 1000 == pytest.approx(391.5, abs=1)
    assert bearing == pytest.approx(150, abs=2)


@given(calm, st.floats(1, 500_000), st.floats(0, 359))
def test_one_always_arrives_at_the_distance_and_bearing_asked(
    start: tuple[float, float], metres: float, bearing: float
) -> None:
    distance, direction = leg(start, reach(start, metres, bearing))
    assert distance == pytest.approx(metres, rel=1e-6)
    assert abs((direction - bearing + 180) % 360 - 180) < 1e-3


@given(calm, st.floats(10, 50_000))
def test_a_circle_is_always_round_on_the_ground(centre: tuple[float, float], radius: float) -> None:
    ring = circle(centre, radius)
    assert all(leg(centre, point)[0] == pytest.approx(radius, rel=1e-6) for point in ring)
    assert area(ring) == pytest.approx(math.pi * radius**2, rel=0.01)


def test_a_quarter_of_a_disc_covers_a_quarter() -> None:
    quarter = area(sector(PARIS, 1000, 350, 80))
    assert quarter == pytest.approx(math.pi * 1000**2 / 4, rel=0.01)


def test_a_line_across_the_antimeridian_is_short() -> None:
    assert length([(179.9, -17.0), (180.1, -17.0)]) < 25_000


def test_a_shape_carried_north_keeps_its_size() -> None:
    square = Shape(layer="c", kind="area", points=((2, 45), (2.1, 45), (2.1, 45.1), (2, 45.1)))
    there = moved(square, (2, 45), (2, 49))
    assert area(there) == pytest.approx(area(square.points), rel=0.01)


def test_a_shape_turned_keeps_its_size() -> None:
    square = Shape(layer="c", kind="area", points=((2, 45), (2.1, 45), (2.1, 45.1), (2, 45.1)))
    assert area(turned(square, 37)) == pytest.approx(area(square.points), rel=0.001)


def test_a_hole_counts_for_nothing() -> None:
    ring = ((2.0, 45.0), (2.1, 45.0), (2.1, 45.1), (2.0, 45.1))
    hole = ((2.02, 45.02), (2.04, 45.02), (2.04, 45.04), (2.02, 45.04))
    whole = Shape(layer="c", kind="area", points=ring)
    holed = Shape(layer="c", kind="area", points=ring, holes=(hole,))
    assert measures(holed).area_m2 == pytest.approx((measures(whole).area_m2 or 0) - area(hole))
    assert len(geometry(holed)["coordinates"]) == 2
