"""Classes, looks and legends: what falls where, and what is said of it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.layers.classing import breaks, by_value, graduated, numbers
from beffroi.layers.painting import HIDDEN, legend, places
from beffroi.layers.style import Class, Method, Style

METHODS: tuple[Method, ...] = ("equal", "quantile", "jenks")
finite = st.floats(-1e6, 1e6).map(lambda x: round(x, 3))


def test_natural_breaks_fall_between_the_heaps() -> None:
    heaps = np.array([1, 1.5, 2, 10, 10.5, 11, 50, 51.0])
    assert breaks(heaps, 3, "jenks") == [1, 10, 50, 51]


def test_equal_numbers_share_the_values_evenly() -> None:
    assert breaks(np.arange(1, 101.0), 4, "quantile") == [1, 25, 50, 75, 100]


@given(st.lists(finite, min_size=1, max_size=60), st.integers(1, 9), st.sampled_from(METHODS))
def test_every_number_always_falls_in_a_class(
    values: list[float], count: int, method: Method
) -> None:
    classes = graduated(breaks(np.array(values), count, method), "cividis")
    style = Style(mode="graduated", field="x", classes=classes)
    assert 1 <= len(classes) <= count
    assert (places(style, values, len(values)) > 0).all()


def test_numbers_are_read_as_they_are_written_here() -> None:
    read = numbers(["1,5", "2 000", 3, True, None, "n/a"])
    assert read[:4].tolist() == [1.5, 2000, 3, 1]
    assert np.isnan(read[4:]).all()


def test_values_differ_by_more_than_their_colour() -> None:
    classes = by_value(["a"] * 3 + ["b"] * 2 + ["c"])
    assert [one.value for one in classes] == ["a", "b", "c"]
    assert len({one.shape for one in classes}) == 3
    assert len({one.hatch for one in classes}) == 3
    assert len({one.dash for one in classes}) == 3


def test_what_falls_in_no_class_is_drawn_or_left_out_as_asked() -> None:
    style = Style(mode="values", field="k", classes=(Class(value="1"), Class(value="true")))
    assert places(style, [1, 1.0, "1", True, "x", None], 6).tolist() == [1, 1, 1, 2, 0, 0]
    strict = Style(mode="values", field="k", classes=(Class(value="1"),), others=False)
    assert places(strict, [1, "x"], 2).tolist() == [1, HIDDEN]


def test_a_legend_says_every_look_in_words() -> None:
    style = Style(mode="graduated", field="m", classes=(Class(low=0, high=2.5), Class(low=2.5, high=None, label="Fort")))  # fmt: skip
    assert [line.words for line in legend(style)] == ["de 0 à 2,5", "Fort", "Autres"]


@pytest.mark.parametrize("method", METHODS)
def test_nothing_to_class_makes_no_class(method: Method) -> None:
    assert breaks(np.array([np.nan]), 4, method) == []
    assert graduated([], "cividis") == ()
