"""Durations read at a glance."""

import pytest

from beffroi.tracks.saying import duration


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(71, "71 s"), (119, "119 s"), (120, "2 min"), (190, "3 min 10 s"), (3600, "1 h 00"), (7500, "2 h 05")],
)  # fmt: skip
def test_a_duration(seconds: float, said: str) -> None:
    assert duration(seconds).replace("\u00a0", " ") == said
