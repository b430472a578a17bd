"""Where the map goes: to all of the things, or to the many when a few lie far away."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.sources.extent import MANY, extent

PLACES = st.lists(
    st.tuples(st.floats(-180, 180, width=32), st.floats(-85, 85, width=32)), min_size=1
)


def test_one_site_in_tahiti_does_not_hide_those_of_france() -> None:
    lons, lats = [2.3 + n / 10 for n in range(41)], [48.8 - n / 10 for n in range(41)]
    box = extent([*lons, -149.6], [*lats, -17.5])
    assert box is not None
    assert box[0] == 2.3
    assert box[1] > 44


def test_what_is_all_over_the_world_shows_the_world() -> None:
    box = extent([-120.0, -70.0, 0.0, 100.0, 140.0], [40.0, -30.0, 10.0, 20.0, 35.0])
    assert box == (-120.0, -30.0, 140.0, 40.0)


def test_nothing_is_nowhere() -> None:
    assert extent([], []) is None
    assert extent([float("nan")], [48.0]) is None


@given(PLACES)
def test_most_things_are_always_inside(places: list[tuple[float, float]]) -> None:
    box = extent([lon for lon, _lat in places], [lat for _lon, lat in places])
    assert box is not None
    west, south, east, north = box
    inside = [west <= lon <= east and south <= lat <= north for lon, lat in places]
    assert sum(inside) >= MANY * len(places)
