"""Cuts the values of a field into classes: equal steps, equal numbers, natural breaks, each value."""

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from beffroi.layers.ramps import OKABE, ramp
from beffroi.layers.style import Class, Dash, Hatch, Method, Shape
from beffroi.plugin import Scalar

Numbers = NDArray[np.float64]
_SAMPLE = 1_000
"""Natural breaks are looked for among so many values, evenly taken from all in order."""
_SHAPES: tuple[Shape, ...] = (
    "disc", "square", "triangle", "diamond", "hexagon", "star", "cross", "ring",
)  # fmt: skip
_HATCHES: tuple[Hatch, ...] = ("", "rising", "falling", "crossed", "dots")
_DASHES: tuple[Dash, ...] = ("", "dashed", "dotted", "long")
MOST_VALUES = 12


def numbers(values: Sequence[Scalar]) -> Numbers:
    """The values as numbers, NaN where they are none; decimal commas are understood."""
    return np.fromiter((_number(value) for value in values), np.float64, len(values))


def _number(value: Scalar) -> float:
    if isinstance(value, int | float):
        return float(value)
    try:
        return float(str(value).replace("\u202f", "").replace(" ", "").replace(",", "."))
    except ValueError:
        return float("nan")


def said(value: Scalar) -> str:
    """A value as a class names it: whole numbers without a point, truth as `true`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return "" if value is None else str(value)


def breaks(values: Numbers, count: int, method: Method) -> list[float]:
    """The bounds of at most `count` classes, from the least to the greatest value.

    Fewer come back when there are fewer different values; none when there is none.
    """
    known = np.unique(values[np.isfinite(values)])
    if not len(known):
        return []
    count = max(1, min(count, len(known)))
    if method == "quantile":
        whole = np.sort(values[np.isfinite(values)])
        bounds = np.quantile(whole, np.linspace(0, 1, count + 1), method="inverted_cdf")
    elif method == "jenks":
        bounds = _natural(np.sort(values[np.isfinite(values)]), count)
    else:
        bounds = np.linspace(known[0], known[-1], count + 1)
    found = np.unique(bounds)
    if len(found) < 2:
        return [float(known[0])] * 2
    return _readable(found)


def _readable(bounds: Numbers) -> list[float]:
    """The bounds with no more digits than keep them apart; none is lost at either end."""
    least = float(np.diff(bounds).min())
    digits = max(0, 1 - int(np.floor(np.log10(least))))
    scale = 10.0**digits
    inner = np.round(bounds[1:-1], digits)
    low, high = np.floor(bounds[0] * scale) / scale, np.ceil(bounds[-1] * scale) / scale
    rounded = np.unique([low, *inner, high])
    if len(rounded) < len(bounds) or not np.isfinite(rounded).all():
        rounded = bounds
    return [float(bound) for bound in rounded]


def _natural(ordered: Numbers, count: int) -> Numbers:
    """Fisher's optimal partition (Jenks's natural breaks), by dynamic programming."""
    if len(ordered) > _SAMPLE:
        ordered = ordered[np.linspace(0, len(ordered) - 1, _SAMPLE).astype(int)]
    size = len(ordered)
    sums = np.concatenate([[0.0], np.cumsum(ordered - ordered[0])])
    squares = np.concatenate([[0.0], np.cumsum((ordered - ordered[0]) ** 2)])

    def spread(starts: NDArray[np.int64], end: int) -> Numbers:
        """How far the values from each start to before `end` lie from their mean."""
        total = sums[end] - sums[starts]
        found: Numbers = squares[end] - squares[starts] - total * total / (end - starts)
        return found

    cost = np.array([0.0, *(spread(np.array([0]), end)[0] for end in range(1, size + 1))])
    cuts: list[NDArray[np.int64]] = []
    for _more in range(1, count):
        better, cut = cost.copy(), np.zeros(size + 1, np.int64)
        for end in range(2, size + 1):
            starts = np.arange(1, end)
            tried = cost[starts] + spread(starts, end)
            best = int(np.argmin(tried))
            if tried[best] < better[end]:
                better[end], cut[end] = tried[best], starts[best]
        cuts.append(cut)
        cost = better
    bounds, end = [ordered[-1]], size
    for cut in reversed(cuts):
        end = int(cut[end])
        if end:
            bounds.append(ordered[end])
    return np.array([*bounds, ordered[0]][::-1])


def graduated(bounds: Sequence[float], ramp_name: str) -> tuple[Class, ...]:
    """A class per interval: colour, size and width grow together."""
    steps = list(itertools.pairwise(bounds))
    colours = ramp(ramp_name, len(steps)) if steps else []
    return tuple(
        Class(
            low=low, high=high, colour=colour,
            size=round(4 + 8 * (at + 1) / len(steps), 1),
            line=round(1 + 4 * (at + 1) / len(steps), 1), fill=0.55,
        )
        for at, ((low, high), colour) in enumerate(zip(steps, colours, strict=True))
    )  # fmt: skip


def by_value(values: Iterable[Scalar]) -> tuple[Class, ...]:
    """A class per value, the most frequent first: colour, shape, hatching and dash all differ."""
    counted = Counter(said(value) for value in values if value is not None and value != "")
    ranked = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(class_for(value, at) for at, (value, _n) in enumerate(ranked[:MOST_VALUES]))


def class_for(value: str, at: int) -> Class:
    """The class of a value, as the `at`-th of its style."""
    return Class(
        value=value, colour=OKABE[at % len(OKABE)], shape=_SHAPES[at % len(_SHAPES)],
        hatch=_HATCHES[at % len(_HATCHES)], dash=_DASHES[at % len(_DASHES)],
    )  # fmt: skip
