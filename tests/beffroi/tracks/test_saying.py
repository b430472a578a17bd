"""Distances and durations read at a glance."""

import pytest

from beffroi.tracks.saying import distance, duration


@pytest.mark.parametrize(
    ("metres", "said"),
    [(0, "0 m"), (279.6, "280 m"), (999.4, "999 m"), (999.6, "1,0 km"), (1240, "1,2 km"), (108_077, "108 km")],
)  # fmt: skip
def test_a_distance(metres: float, said: str) -> None:
    assert distance(metres).replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(71, "71 s"), (119, "119 s"), (120, "2 min"), (190, "3 min 10 s"), (3600, "1 h 00"), (7500, "2 h 05")],
)  # fmt: skip
def test_a_duration(seconds: float, said: str) -> None:
    assert duration(seconds).replace("\u00a0", " ") == said
