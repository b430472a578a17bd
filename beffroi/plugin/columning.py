"""Makes a column of values plain, all at once where they are alike: as `plain` would one by one."""

import math
from collections.abc import Sequence
from typing import Any

from beffroi.plugin.flat import plain
from beffroi.plugin.limits import MAX_WORDS
from beffroi.plugin.record import Scalar

_SAFE = 2**53
_NOTHING = type(None)


def plain_column(values: Sequence[Any]) -> list[Scalar]:
    """The values as short words, exact numbers, true or false, or None."""
    kinds = set(map(type, values)) - {_NOTHING, bool}
    if not kinds or (kinds == {str} and _is_short(values)):
        return list(values)
    if kinds <= {int, float} and _is_exact(values):
        return list(values)
    return [plain(value) for value in values]


def _is_short(values: Sequence[Any]) -> bool:
    words = [value for value in values if type(value) is str]
    return "".join(words).isprintable() and max(map(len, words)) <= MAX_WORDS


def _is_exact(values: Sequence[Any]) -> bool:
    told = [value for value in values if value is not None]
    try:
        return math.isfinite(math.fsum(told)) and max(map(abs, told)) < _SAFE
    except OverflowError:
        return False
