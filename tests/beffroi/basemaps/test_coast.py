"""Sea and land on both sides of coastlines, which have the land on their left."""

import geopandas
import pytest
import shapely

from beffroi.basemaps.coast import frame_of, sea_and_land

FRAME = shapely.box(0, 0, 0.1, 0.1)


def parts(*lines: list[tuple[float, float]]) -> list[tuple[str, float, float]]:
    coast = geopandas.GeoDataFrame(
        geometry=[shapely.LineString(line).segmentize(0.01) for line in lines], crs="EPSG:4326"
    )
    found = sea_and_land(coast, FRAME)
    middles = [part.representative_point() for part in found.geometry]
    return sorted(zip(found["class"], (m.x for m in middles), (m.y for m in middles), strict=True))


def test_land_is_on_the_left_of_a_coast():
    land, sea = parts([(0.05, -0.1), (0.05, 0.2)])
    assert land[0] == "land"
    assert land[1] < 0.05
    assert sea[0] == "sea"
    assert sea[1] > 0.05


def test_an_island_lies_in_the_sea():
    ring = [(0.04, 0.04), (0.06, 0.04), (0.06, 0.06), (0.04, 0.06), (0.04, 0.04)]
    found = parts(ring)
    assert [name for name, _x, _y in found] == ["land", "sea"]
    assert 0.04 < found[0][1] < 0.06


@pytest.mark.parametrize(("end", "count"), [(0.095, 2), (0.05, 0)])
def test_a_coast_cut_with_its_extract_is_closed_only_when_little_is_missing(end: float, count: int):
    assert len(parts([(0.05, -0.1), (0.05, end)])) == count


def test_coasts_that_do_not_agree_say_nothing():
    up, down = [(0.03, -0.1), (0.03, 0.2)], [(0.06, -0.1), (0.06, 0.2)]
    names = [name for name, _x, _y in parts(up, down)]
    assert names == ["land", "sea"]  # between them lies neither


def test_a_frame_claims_nothing_far_from_things():
    corner = shapely.get_coordinates(shapely.LineString([(0, 0), (0, 1), (1, 1)]).segmentize(0.02))
    frame = frame_of([corner])
    assert frame.contains(shapely.Point(0, 0.5))
    assert not frame.contains(shapely.Point(0.9, 0.1))
