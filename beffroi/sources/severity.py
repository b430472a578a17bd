"""How things are told apart by gravity, alike for every source: colour, shape and word (0 to 4)."""

from collections.abc import Sequence

from beffroi.layers.classing import by_value, said
from beffroi.layers.style import Class, Shape
from beffroi.logbook.entry import GRAVITY_WORDS
from beffroi.plugin import Scalar
from beffroi.text import _

FIELD = "severity"
"""The field in which formats of alerts say it on our scale."""
_SCALE: tuple[tuple[str, Shape], ...] = (
    ("#6b7683", "ring"),
    ("#2c7a57", "disc"),
    ("#d9a400", "diamond"),
    ("#c24d08", "triangle"),
    ("#9c1038", "hexagon"),
)
"""From 0 to 4."""


def is_scale(field: str, values: Sequence[Scalar]) -> bool:
    """Whether these are gravities on our scale."""
    known = {str(level) for level in range(len(_SCALE))}
    told = {said(value) for value in values if value is not None and value != ""}
    return field == FIELD and bool(told) and told <= known


def classes_of(field: str, values: Sequence[Scalar]) -> tuple[Class, ...]:
    """A class per value; gravities are all there, in their order, whichever came first."""
    if not is_scale(field, values):
        return by_value(values)
    return tuple(
        Class(
            value=str(level),
            label=f"{level} – {_(GRAVITY_WORDS[level])}",
            colour=colour,
            shape=shape,
        )
        for level, (colour, shape) in enumerate(_SCALE)
    )
