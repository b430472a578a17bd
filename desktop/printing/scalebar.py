"""A scale bar of round lengths."""

from math import floor, log10
from typing import NamedTuple

from beffroi.text import number


class Bar(NamedTuple):
    """A bar of `parts` equal parts, each of so many metres and millimetres."""

    parts: int
    metres: float
    mm: float


def bar(scale: float, room_mm: float) -> Bar:
    """The longest bar of two, four or five parts, of a round length each, that has room."""
    whole = room_mm / 1000 * scale
    power = 10 ** floor(log10(whole))
    length, parts = max(
        (step * power * shrink, parts)
        for step, parts in ((1, 4), (2, 4), (4, 4), (5, 5), (8, 4))
        for shrink in (1, 0.1)
        if step * power * shrink <= whole
    )
    return Bar(parts, length / parts, length / parts / scale * 1000)


def length(metres: float) -> str:
    """`250 m`, `2,5 km`."""
    length, unit = (metres / 1000, "km") if metres >= 1000 else (metres, "m")
    digits = len(f"{length:g}".partition(".")[2])
    return f"{number(length, digits)}\u00a0{unit}"


def ratio(scale: float) -> str:
    """`1:25 000`."""
    return "1:" + number(scale)
