"""Where things lie on a sheet, and where a sheet lies on the ground."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from beffroi.layers.mercator import mercator, to_degrees
from desktop.printing.ground import CSS_MM, SCALES, Ground, fitting, tiles
from desktop.printing.paper import PAPERS, Rect, lay_out
from desktop.printing.scalebar import bar, length, ratio

grounds = st.builds(
    Ground,
    lon=st.floats(-170, 170), lat=st.floats(-70, 70),
    scale=st.floats(500, 5_000_000), rotation=st.floats(-180, 180),
)  # fmt: skip


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
@pytest.mark.parametrize("landscape", [True, False])
def test_nothing_on_a_sheet_covers_another_thing_or_leaves_it(paper, landscape):
    sheet = lay_out(paper, landscape=landscape)
    parts = [sheet.header, sheet.map, sheet.margin, sheet.footer]
    for number, one in enumerate(parts):
        assert one.x >= 0
        assert one.y >= 0
        assert one.x + one.w <= sheet.width
        assert one.y + one.h <= sheet.height
        for other in parts[number + 1 :]:
            apart_x = one.x + one.w <= other.x + 1e-6 or other.x + other.w <= one.x + 1e-6
            apart_y = one.y + one.h <= other.y + 1e-6 or other.y + other.h <= one.y + 1e-6
            assert apart_x or apart_y
    assert sheet.map.w * sheet.map.h > 0.45 * sheet.width * sheet.height


@given(grounds, st.floats(-2_000, 2_000), st.floats(-2_000, 2_000))
def test_a_place_on_the_sheet_comes_back_from_the_ground(ground, right, down):
    back = ground.on(*ground.at(right, down))
    assert back == pytest.approx((right, down), abs=1e-3)


def test_a_length_on_the_paper_is_what_the_scale_says_on_the_ground():
    ground = Ground(lon=2.35, lat=48.85, scale=25_000, rotation=30)
    (x0, y0), (x1, y1) = ground.at(-50 / CSS_MM, 0), ground.at(50 / CSS_MM, 0)
    (w, s, _e, _n), (e, n, *_rest) = to_degrees((x0, y0, x0, y0)), to_degrees((x1, y1, x1, y1))
    _azimuth, _back, metres = Geod(ellps="WGS84").inv(w, s, e, n)
    assert metres == pytest.approx(2_500, rel=0.004), "100 mm at 1:25 000"


def test_the_top_of_a_turned_sheet_looks_where_it_was_turned():
    x, y = Ground(lon=0, lat=0, scale=10_000, rotation=90).at(0, -100)
    assert x > 0
    assert y == pytest.approx(0, abs=1e-6)


@settings(max_examples=25)
@given(grounds, st.sampled_from(PAPERS), st.booleans(), st.sampled_from([96, 150, 300]))
def test_tiles_cover_the_map_and_nothing_twice(ground, paper, landscape, dpi):
    place = lay_out(paper, landscape=landscape).map
    parts = list(tiles(ground, place, dpi))
    assert sum(t.place.w * t.place.h for t in parts) == pytest.approx(place.w * place.h)
    for tile in parts:
        assert tile.look.width * tile.look.ratio <= 2_500, "a picture stays small"
        assert tile.kept.x + tile.kept.w <= tile.look.width * tile.look.ratio + 1
        right = (tile.place.x + tile.place.w / 2 - place.x - place.w / 2) / CSS_MM
        down = (tile.place.y + tile.place.h / 2 - place.y - place.h / 2) / CSS_MM
        off = math.dist(ground.on(tile.look.x, tile.look.y), (right, down))
        assert off < 1, "a picture is taken where it goes"


def test_a_world_file_puts_the_middle_of_the_map_where_it_is():
    ground, place = Ground(lon=2.35, lat=48.85, scale=25_000, rotation=20), Rect(8, 16, 200, 150)
    a, d, b, e, c, f = (float(line) for line in ground.world_file(place, 6).split())
    column, row = (8 + 100) * 6 - 0.5, (16 + 75) * 6 - 0.5
    there = (a * column + b * row + c, d * column + e * row + f)
    assert there == pytest.approx(mercator(2.35, 48.85), abs=0.01)


@pytest.mark.parametrize(
    "box", [(2.2, 48.8, 2.5, 48.95), (-5.0, 42.0, 8.0, 51.0), (2.35, 48.85, 2.36, 48.86)]
)
def test_a_sheet_is_fitted_inside_a_view_at_a_usual_scale(box):
    place = lay_out(PAPERS[0], landscape=True).map
    ground = fitting(box, place)
    west, south, east, north = to_degrees(ground.box(place))
    assert ground.scale in SCALES or ground.scale % 1_000_000 == 0
    assert box[0] < west < east < box[2]
    assert box[1] < south < north < box[3]
    assert max((east - west) / (box[2] - box[0]), (north - south) / (box[3] - box[1])) > 0.3


@given(st.floats(500, 20_000_000), st.floats(30, 120))
def test_a_bar_is_round_and_has_room(scale, room):
    parts, metres, mm = bar(scale, room)
    assert parts * mm <= room + 1e-6
    assert parts * mm >= room * 0.35
    assert round(metres / 10 ** math.floor(math.log10(metres) + 1e-9), 6) in {1, 2, 2.5, 5}
    assert mm / 1000 * scale == pytest.approx(metres)


def test_lengths_and_scales_are_said_in_french():
    assert (length(250), length(2_500), ratio(25_000)) == (
        "250\u00a0m",
        "2,5\u00a0km",
        "1:25\u202f000",
    )
