"""Numbers and distances as people read them, in their language."""

from collections.abc import Iterator

import pytest

from beffroi import resources, text
from beffroi.text import distance, number


@pytest.fixture
def english() -> Iterator[None]:
    text.use("en", resources.root() / "locale")
    yield
    text.use("fr", resources.root() / "locale")


def test_a_number_in_french() -> None:
    assert number(12345.67, 1) == "12\u202f345,7"
    assert number(-1234567) == "-1\u202f234\u202f567"


@pytest.mark.usefixtures("english")
def test_a_number_and_a_distance_in_english() -> None:
    assert number(12345.67, 1) == "12,345.7"
    assert distance(1240) == "1.2\u00a0km"


@pytest.mark.parametrize(
    ("metres", "said"),
    [(0, "0 m"), (279.6, "280 m"), (999.4, "999 m"), (999.6, "1,0 km"), (1240, "1,2 km"), (108_077, "108 km")],
)  # fmt: skip
def test_a_distance(metres: float, said: str) -> None:
    assert distance(metres).replace("\u00a0", " ") == said
