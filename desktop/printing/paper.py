"""Sheets of paper, and where everything lies on one.  All lengths are millimetres."""

from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

MARGIN = 8.0
_SMALLEST = 210.0
_SIDE, _FOOT = 66.0, 54.0


class Paper(NamedTuple):
    """A format of ISO 216, upright."""

    name: str
    width: float
    height: float


PAPERS = (
    Paper("A4", 210, 297), Paper("A3", 297, 420), Paper("A2", 420, 594),
    Paper("A1", 594, 841), Paper("A0", 841, 1189),
)  # fmt: skip


class Rect(NamedTuple):
    """A place on the sheet, from its upper left corner."""

    x: float
    y: float
    w: float
    h: float

    def inset(self, by: float) -> "Rect":
        """The same, smaller by so much on each side."""
        return Rect(self.x + by, self.y + by, self.w - 2 * by, self.h - 2 * by)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet laid out.  `factor` is by how much letters grow on larger papers: 1 on A4, 2 on A0.

    `margin` holds the legend and the cartouche: a column beside the map on a sheet that lies, a strip
    under it on one that stands.
    """

    width: float
    height: float
    factor: float
    header: Rect
    map: Rect
    margin: Rect
    footer: Rect

    @property
    def lies(self) -> bool:
        """Whether it is wider than high."""
        return self.width > self.height


def lay_out(paper: Paper, *, landscape: bool) -> Sheet:
    """Where everything lies on a sheet."""
    width, height = (paper.height, paper.width) if landscape else (paper.width, paper.height)
    factor = sqrt(min(width, height) / _SMALLEST)
    band = 8.0 * factor
    left, top = MARGIN, MARGIN
    inner_w, inner_h = width - 2 * MARGIN, height - 2 * MARGIN
    body = Rect(left, top + band, inner_w, inner_h - 2 * band)
    gap = 2.5 * factor
    if landscape:
        side = _SIDE * factor
        map_ = Rect(body.x, body.y, body.w - side - gap, body.h)
        margin = Rect(map_.x + map_.w + gap, body.y, side, body.h)
    else:
        foot = _FOOT * factor
        map_ = Rect(body.x, body.y, body.w, body.h - foot - gap)
        margin = Rect(body.x, map_.y + map_.h + gap, body.w, foot)
    return Sheet(
        width=width,
        height=height,
        factor=factor,
        header=Rect(left, top, inner_w, band),
        map=map_,
        margin=margin,
        footer=Rect(left, height - MARGIN - band, inner_w, band),
    )
