"""The bubble is anchored to the last fix, in metres of the ground, anywhere on the globe."""

import pytest

from beffroi.layers.drawing.geodesic import area, leg
from beffroi.layers.shapes import Position
from beffroi.tracks.bubble import areas, circle
from beffroi.tracks.route import Route
from beffroi.tracks.rules import Bubble
from beffroi.tracks.scene import Zone
from tests.beffroi.tracks.town import ROAD, at, fix, followed


@pytest.mark.parametrize(
    "centre", [(2.35, 48.85), (-149.57, -17.53), (179.9999, -16.5), (10.0, 84.0)]
)
def test_a_circle_is_round_on_the_ground_everywhere(centre: Position) -> None:
    ring = circle(centre, 50)
    assert all(abs(leg(centre, position)[0] - 50) < 0.01 for position in ring)
    assert max(lon for lon, _lat in ring) - min(lon for lon, _lat in ring) < 1, "one ring, no wrap"


def test_the_corridor_is_as_long_and_as_wide_as_it_was_asked() -> None:
    along = ROAD.along(at(1500))
    assert along is not None
    band = areas(Bubble(), at(1500), ROAD, along).corridor
    assert area(band) == pytest.approx(1000 * 60, rel=0.01)
    assert max(leg(at(1500), position)[0] for position in band) == pytest.approx(501, abs=3)


def test_the_corridor_ends_with_the_route() -> None:
    along = ROAD.along(at(100))
    assert along is not None
    assert area(areas(Bubble(), at(100), ROAD, along).corridor) == pytest.approx(600 * 60, rel=0.01)


def test_without_a_route_there_are_circles_alone() -> None:
    found = areas(Bubble(), at(0), None, None)
    assert found.corridor == ()
    assert len(found.inner) == len(found.middle) == 48


def test_the_bubble_never_leaves_the_last_fix() -> None:
    following = followed()
    following.take([fix(0, 0, speed=10.0, course=90.0)], fix(0, 0).time)
    still = following.areas("FLAMME")
    following.tick(fix(30, 0).time)
    assert following.areas("FLAMME") == still


def test_a_route_across_the_180th_meridian_is_one_line() -> None:
    route = Route([(179.99, -17.0), (-179.99, -17.0)])
    assert route.length_m == pytest.approx(leg((179.99, -17.0), (-179.99, -17.0))[0])
    along = route.along((-179.999, -17.0))
    assert along is not None
    assert along.beside_m < 1
    assert along.along_m == pytest.approx(route.length_m * 0.55, rel=0.01)
    zone = Zone("z", "Fidji", [(179.9, -17.1), (-179.9, -17.1), (-179.9, -16.9), (179.9, -16.9)])
    assert zone.holds((180.0, -17.0))
    assert not zone.holds((0.0, -17.0))


def test_on_a_way_there_and_back_the_place_goes_on_and_does_not_jump() -> None:
    route = Route([at(0), at(1000), at(0, 1)])
    first = route.along(at(400), hint_m=380)
    back = route.along(at(400), hint_m=1500)
    assert first is not None
    assert back is not None
    assert first.along_m == pytest.approx(400, abs=2)
    assert back.along_m == pytest.approx(1600, abs=3)


def test_a_route_of_one_point_is_no_route() -> None:
    assert Route([at(0)]).along(at(5)) is None
    assert Route([at(0), at(0)]).along(at(5)) is None
    assert Route([]).length_m == 0
