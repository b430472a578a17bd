"""Shapes that come from anywhere are drawn, or refused in one sentence; never anything else."""

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.errors import BeffroiError
from beffroi.layers.drawing.outline import geometry
from beffroi.layers.shapes import KIND_WORDS, Kind, Shape, fields_of, shape_of

SQUARE = ((2.0, 48.0), (2.1, 48.0), (2.1, 48.1), (2.0, 48.1))
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
likely = st.fixed_dictionaries(
    {"layer": st.just("c"), "kind": st.sampled_from(sorted(KIND_WORDS))},
    optional={
        "points": st.lists(st.tuples(st.floats(), st.floats()), max_size=5) | anything,
        "radius_m": st.floats() | anything,
        "from_deg": st.floats(),
        "symbol": st.text(max_size=100),
        "colour": st.text(max_size=8),
        "since": anything,
        "until": anything,
    },
)


@given(likely | st.dictionaries(st.sampled_from(Shape.__struct_fields__), anything))
def test_whatever_comes_is_a_shape_that_can_be_drawn_or_a_sentence(fields: dict[str, Any]) -> None:
    try:
        shape = shape_of(fields)
    except BeffroiError:
        return
    assert geometry(shape)["coordinates"]
    assert shape_of(fields_of(shape)) == shape


def test_fields_of_a_later_beffroi_are_left_alone() -> None:
    shape = Shape(layer="c", kind="area", points=SQUARE)
    assert shape_of({**fields_of(shape), "shadow": "soft"}) == shape


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"points": [[2, 95]]}, "globe"),
        ({"kind": "area", "points": [[2, 48], [3, 48]]}, "points"),
        ({"kind": "circle", "radius_m": 0}, "rayon"),
        ({"kind": "symbol"}, "symbole"),
        ({"since": 5, "until": 5}, "validité"),
        ({"colour": "url(x)"}, "couleur"),
        ({"label": "x" * 201}, "longs"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_remedy(wrong: dict[str, Any], said: str) -> None:
    fields = {"layer": "c", "kind": "point", "points": [[2, 48]], **wrong}
    with pytest.raises(BeffroiError, match=said):
        shape_of(fields)


def test_every_kind_has_its_word() -> None:
    assert set(KIND_WORDS) == set(get_args(Kind))
