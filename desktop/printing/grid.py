"""The coordinate grid over a printed map, as vectors, its values written along the frame."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtGui import QColor, QPainterPath

from beffroi.layers.graticule import lines
from desktop.printing.ground import CSS_MM, Ground
from desktop.printing.ink import CENTRE, Ink
from desktop.printing.paper import Rect

_INK = QColor(40, 52, 66, 130)
_LETTERS = QColor("#2f3842")
_PAPER = QColor(255, 255, 255, 205)


class Crossing(NamedTuple):
    """Where a line of the grid meets the frame, in millimetres of the sheet."""

    x: float
    y: float
    words: str


def draw(ink: Ink, system: str, ground: Ground, place: Rect, factor: float) -> None:
    """Draw the grid of a system over the map of a sheet."""
    painter = ink.painter
    painter.save()
    painter.setClipRect(ink.rect(place))
    ink.pen(_INK, 0.12 * factor)
    crossings: list[Crossing] = []
    for words, points in _lines(system, ground, place):
        path = QPainterPath(ink.point(*points[0]))
        for point in points[1:]:
            path.lineTo(ink.point(*point))
        painter.drawPath(path)
        crossings += _crossings(points, place, words)
    painter.restore()
    for crossing in _apart(crossings, 14 * factor):
        _write(ink, crossing, place, 1.9 * factor)


def _lines(
    system: str, ground: Ground, place: Rect
) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    middle_x, middle_y = place.x + place.w / 2, place.y + place.h / 2
    for line in lines(system, ground.box(place)):
        points = []
        for x, y in line.path:
            right, down = ground.on(x, y)
            points.append((middle_x + right * CSS_MM, middle_y + down * CSS_MM))
        if len(points) > 1:
            yield line.label, points


def _crossings(points: list[tuple[float, float]], place: Rect, words: str) -> Iterator[Crossing]:
    """Where a line enters and leaves the frame."""
    for (x0, y0), (x1, y1) in pairwise(points):
        for edge_x in (place.x, place.x + place.w):
            if (x0 - edge_x) * (x1 - edge_x) < 0:
                y = y0 + (y1 - y0) * (edge_x - x0) / (x1 - x0)
                if place.y < y < place.y + place.h:
                    yield Crossing(edge_x, y, words)
        for edge_y in (place.y, place.y + place.h):
            if (y0 - edge_y) * (y1 - edge_y) < 0:
                x = x0 + (x1 - x0) * (edge_y - y0) / (y1 - y0)
                if place.x < x < place.x + place.w:
                    yield Crossing(x, edge_y, words)


def _apart(crossings: list[Crossing], least: float) -> list[Crossing]:
    """Those that can be read: none over another."""
    kept: list[Crossing] = []
    for one in crossings:
        if one.words and all(
            abs(one.x - other.x) >= least or abs(one.y - other.y) >= least / 3 for other in kept
        ):
            kept.append(one)
    return kept


def _write(ink: Ink, crossing: Crossing, place: Rect, mm: float) -> None:
    """Inside the frame, beside the line."""
    w, h = ink.width(crossing.words, mm) + mm * 0.8, mm * 1.5
    x = min(max(crossing.x - w / 2, place.x + 0.3), place.x + place.w - w - 0.3)
    y = min(max(crossing.y - h / 2, place.y + 0.3), place.y + place.h - h - 0.3)
    ink.fill((x, y, w, h), _PAPER)
    ink.text((x, y, w, h), crossing.words, mm, align=CENTRE, colour=_LETTERS)
