"""Small drawings of a look, for legends: the point, the line or the area as the map draws it."""

import math
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from beffroi.layers.style import Look
from desktop.kit.theme import Theme
from desktop.kit.tokens import contrast

Form = Literal["point", "line", "area"]
SIDE = 18
_MID = SIDE / 2
_APART = 3.0
"""Below this contrast (WCAG 1.4.11) a colour needs a rim to be told from what it lies on."""
_HATCHES = {
    "rising": Qt.BrushStyle.BDiagPattern,
    "falling": Qt.BrushStyle.FDiagPattern,
    "crossed": Qt.BrushStyle.DiagCrossPattern,
    "dots": Qt.BrushStyle.Dense6Pattern,
}
_DASHES = {"dashed": [4.0, 2.5], "dotted": [0.6, 2.0], "long": [8.0, 3.0]}


def look_icon(look: Look, form: Form, theme: Theme, ratio: float = 1.0) -> QIcon:
    """A look as an icon of 18 points."""
    pixmap = look_pixmap(look, form, theme, ratio)
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)  # a chosen row must not tint the colour
    return icon


def look_pixmap(look: Look, form: Form, theme: Theme, ratio: float = 1.0) -> QPixmap:
    """A look as a picture of 18 points; points keep their relative size."""
    pixmap = QPixmap(QSize(SIDE, SIDE) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if form == "point":
        _point(painter, look, theme)
    elif form == "line":
        for pen in (*_casing(look, theme), _pen(look)):
            painter.setPen(pen)
            painter.drawPolyline([QPointF(2, 13), QPointF(7, 6), QPointF(11, 11), QPointF(16, 4)])
    else:
        _area(painter, look, theme)
    painter.end()
    return pixmap


def _point(painter: QPainter, look: Look, theme: Theme) -> None:
    path = shape_path(look.shape, min(7.0, 2.5 + look.size * 0.45))
    painter.translate(_MID, _MID)
    if look.shape == "ring":
        painter.setPen(QPen(QColor(look.colour), 2.4))
        painter.setBrush(theme.color("panel"))
    else:
        painter.setPen(QPen(rim(look.colour, theme), 1))
        painter.setBrush(QColor(look.colour))
    painter.drawPath(path)


def shape_path(shape: str, radius: float) -> QPainterPath:
    """The outline of a point's shape around (0, 0)."""
    path = QPainterPath()
    match shape:
        case "square":
            path.addRect(
                QRectF(-radius, -radius, 2 * radius, 2 * radius).adjusted(0.8, 0.8, -0.8, -0.8)
            )
        case "diamond":
            path.addPolygon(_polygon(4, radius * 1.15, -90))
        case "triangle":
            path.addPolygon(_polygon(3, radius * 1.2, -90).translated(0, 1))
        case "hexagon":
            path.addPolygon(_polygon(6, radius * 1.05, 0))
        case "star":
            path.addPolygon(_star(radius * 1.25))
        case "cross":
            arm, long = radius * 0.36, radius
            path.addRect(QRectF(-arm, -long, 2 * arm, 2 * long))
            path.addRect(QRectF(-long, -arm, 2 * long, 2 * arm))
            path = path.simplified()
        case _:
            path.addEllipse(QPointF(0, 0), radius * 0.95, radius * 0.95)
    path.closeSubpath()
    return path


def _area(painter: QPainter, look: Look, theme: Theme) -> None:
    patch = QRectF(2, 4, 14, 10)
    colour = QColor(look.colour)
    inside = QColor(colour)
    inside.setAlphaF(look.fill)
    painter.fillRect(patch, inside)
    if look.hatch:
        painter.fillRect(patch, QBrush(colour, _HATCHES[look.hatch]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (*_casing(look, theme), _pen(look)) if look.line else ():
        painter.setPen(pen)
        painter.drawRoundedRect(patch, 1.5, 1.5)


def rim(colour: str, theme: Theme) -> QColor:
    """What surrounds a point: the panel's colour, or a light one when the point is as dark."""
    apart = contrast(colour, theme.hex("panel")) >= _APART
    return theme.color("panel" if apart else "text")


def _casing(look: Look, theme: Theme) -> list[QPen]:
    """A light line under one too dark for a dark panel."""
    if contrast(look.colour, theme.hex("panel")) >= _APART:
        return []
    return [QPen(theme.color("muted"), max(1.0, min(4.0, look.line)) + 1.6)]


def _pen(look: Look) -> QPen:
    pen = QPen(QColor(look.colour), max(1.0, min(4.0, look.line)))
    if look.dash:
        pen.setDashPattern(_DASHES[look.dash])
    return pen


def _polygon(sides: int, radius: float, turn: float) -> QPolygonF:
    angles = [math.radians(turn + 360 / sides * side) for side in range(sides)]
    return QPolygonF([QPointF(radius * math.cos(a), radius * math.sin(a)) for a in angles])


def _star(radius: float) -> QPolygonF:
    reach = [radius if corner % 2 == 0 else radius * 0.45 for corner in range(10)]
    angles = [math.radians(-90 + 36 * corner) for corner in range(10)]
    return QPolygonF(
        [QPointF(r * math.cos(a), r * math.sin(a)) for r, a in zip(reach, angles, strict=True)]
    )
