"""Gravities look the same whatever source tells them."""

from beffroi.sources.severity import classes_of


def test_gravities_on_our_scale_have_their_words_colours_and_shapes_in_order() -> None:
    classes = classes_of("severity", [3, 1, None, 3.0])
    assert [one.value for one in classes] == ["0", "1", "2", "3", "4"]
    assert classes[3].label == "3 – Grave"
    assert len({one.shape for one in classes}) == len({one.colour for one in classes}) == 5


def test_anything_else_is_told_apart_value_by_value() -> None:
    assert [one.value for one in classes_of("severity", ["Rouge", "Rouge", "Vert"])] == [
        "Rouge",
        "Vert",
    ]
    assert [one.value for one in classes_of("niveau", [2, 1, 2])] == ["2", "1"]
