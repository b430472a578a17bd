"""The index words of a period or a box cover every entry in it, with few words."""

from hypothesis import given
from hypothesis import strategies as st

from beffroi.logbook import facets
from beffroi.logbook.search import sphere
from beffroi.logbook.words import fold, raw_words, words

MOMENTS = st.integers(-2_000_000_000_000, 5_000_000_000_000)
LENGTHS = st.integers(0, 5 * 365 * 86_400_000) | st.integers(0, 40 * 86_400_000)
LON, LAT = st.floats(-180, 180), st.floats(-90, 90)


@given(start=MOMENTS, length=LENGTHS, part=st.floats(0, 1))
def test_every_moment_of_a_period_has_one_of_its_words(
    start: int, length: int, part: float
) -> None:
    cover = facets.time_cover(start, start + length)
    moment = start + int(length * part)
    assert cover is None or set(facets.time_words(moment)) & set(cover)
    assert cover is None or len(cover) <= facets.MAX_STEPS


@given(moment=st.integers(-(2**63), 2**63 - 1))
def test_any_moment_has_words(moment: int) -> None:
    assert len(facets.time_words(moment)) == 4


@given(west=LON, east=LON, lats=st.tuples(LAT, LAT), across=st.floats(0, 1), up=st.floats(0, 1))
def test_every_point_of_a_box_has_one_of_its_squares(
    west: float, east: float, lats: tuple[float, float], across: float, up: float
) -> None:
    south, north = min(lats), max(lats)
    cover = facets.geo_cover(west, south, east, north)
    width = east - west if west <= east else east - west + 360
    lon = west + width * across
    lon = lon - 360 if lon > 180 else lon
    lat = min(north, south + (north - south) * up)
    if sphere.inside((west, south, east, north), lon, lat):
        assert cover is None or set(facets.geo_words(lon, lat)) & set(cover)
    assert cover is None or len(cover) <= 2 * facets.MAX_SQUARES


@given(lon=LON, lat=LAT, metres=st.floats(0, 2e7), to_lon=LON, to_lat=LAT)
def test_what_is_near_lies_in_the_box_around(
    lon: float, lat: float, metres: float, to_lon: float, to_lat: float
) -> None:
    if sphere.metres(lon, lat, to_lon, to_lat) <= metres:
        assert sphere.inside(sphere.around(lon, lat, metres), to_lon, to_lat)


@given(st.text())
def test_words_are_plain_and_do_not_change_when_cut_again(text: str) -> None:
    for word in words(text):
        assert word.isascii()
        assert word.isalnum()
        assert words(word) == [word]
    assert raw_words(fold(text)) == raw_words(text)


def test_distances_are_those_of_the_earth() -> None:
    paris_marseille = sphere.metres(2.3522, 48.8566, 5.3698, 43.2965)
    assert abs(paris_marseille - 660_500) < 1_000
    assert abs(sphere.metres(179.9, 0, -179.9, 0) - 22_239) < 10
