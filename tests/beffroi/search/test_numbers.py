"""Long lists of whole numbers come out of the store unchanged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.logbook import numbers

WHOLE = st.lists(st.integers(-(2**62), 2**62), max_size=200)


@given(WHOLE, st.integers(1, 40))
def test_numbers_are_read_whole_wherever_the_slices_fall(wanted: list[int], size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(numbers, "_SLICE", size)
        assert numbers.parsed(",".join(map(str, wanted)).encode()).tolist() == wanted


def test_nothing_is_an_empty_list() -> None:
    assert numbers.parsed(None).tolist() == []
