"""Which look each thing of a calque gets, and the legend that explains it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beffroi.layers.classing import numbers, said
from beffroi.layers.style import OTHERS, Class, Look, Style
from beffroi.plugin import Scalar
from beffroi.text import _, language

Places = NDArray[np.uint16]
HIDDEN = 0xFFFF
"""Not drawn: it falls in no class and the style leaves such things out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a legend: a look, its words, and its place among the looks."""

    look: Look
    words: str
    place: int


def places(style: Style, values: Sequence[Scalar], count: int) -> Places:
    """The place, among `style.looks()`, of the look of each of `count` things.

    `values` are those of `style.field`; empty when no field decides.
    """
    if not style.by_field:
        return np.zeros(count, np.uint16)
    found = _graded(style, values) if style.mode == "graduated" else _matched(style, values)
    if not style.others:
        found[found == OTHERS] = HIDDEN
    return found


def _matched(style: Style, values: Sequence[Scalar]) -> Places:
    known = {one.value: at for at, one in enumerate(style.classes, 1) if one.value is not None}
    return np.fromiter((known.get(said(v), OTHERS) for v in values), np.uint16, len(values))


def _graded(style: Style, values: Sequence[Scalar]) -> Places:
    told = numbers(values)
    found = np.zeros(len(told), np.uint16)
    last = len(style.classes)
    for at, one in enumerate(style.classes, 1):
        low = -np.inf if one.low is None else one.low
        high = np.inf if one.high is None else one.high
        found[(told >= low) & ((told < high) | (told == high if at == last else False))] = at
    return found


def legend(style: Style) -> list[Line]:
    """What must stand beside the map for it to be understood without its colours."""
    looks = style.looks()
    if not style.by_field:
        return [Line(look=looks[OTHERS], words="", place=OTHERS)]
    lines = [
        Line(look=look, words=class_words(one), place=at)
        for at, (one, look) in enumerate(zip(style.classes, looks[1:], strict=True), 1)
    ]
    if style.others:
        lines.append(Line(look=looks[OTHERS], words=_("Autres"), place=OTHERS))
    return lines


def class_words(one: Class) -> str:
    """What a class holds, in words."""
    if one.label:
        return one.label
    if one.value is not None:
        return one.value or _("(vide)")
    if one.low is None:
        return _("moins de {high}").format(high=figure(one.high or 0.0))
    if one.high is None:
        return _("{low} et plus").format(low=figure(one.low))
    return _("de {low} à {high}").format(low=figure(one.low), high=figure(one.high))


def worded(value: Scalar) -> str:
    """A value of a field as it is read here."""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    return figure(value) if isinstance(value, float) else said(value)


def figure(value: float) -> str:
    """A number as it is read here."""
    shown = f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"
    if language() != "fr":
        return shown
    return shown.replace(",", "\u202f").replace(".", ",")
