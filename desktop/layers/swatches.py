"""Small drawings of what a layer looks like, for the tree of layers."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from beffroi.layers.catalogue import LayerSpec
from desktop.kit.theme import Theme

_SIDE = 18
_SHAPES = {2: (4, 8.5, -90.0, 0.0), 3: (3, 9.5, -90.0, 1.8), 4: (8, 8.0, 22.5, 0.0)}
"""Polygons by gravity: sides, radius, turn, how far down; the same as in the list."""


def swatch(spec: LayerSpec, theme: Theme, ratio: float) -> QIcon:
    """The layer's symbol: a dot, a stroke or a patch in its colours."""
    pixmap, painter = _sheet(ratio)
    stroke, fill = _colour(spec, "color", theme), _colour(spec, "fill", theme)
    width = min(3.0, max(1.2, float(str(spec.style.get("width", 1.2))) * 1.3))
    if spec.kind == "point":
        painter.setPen(QPen(theme.color("panel"), 1))
        painter.setBrush(stroke or theme.color("muted"))
        painter.drawEllipse(QPointF(9, 9), 5.5, 5.5)
    elif spec.kind == "line":
        painter.setPen(QPen(stroke or theme.color("muted"), width))
        painter.drawPolyline([QPointF(2, 13), QPointF(7, 6), QPointF(11, 11), QPointF(16, 4)])
    else:
        painter.setPen(QPen(stroke or theme.color("control"), width if stroke else 0.8))
        painter.setBrush(fill or Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(2, 4, 14, 10), 2, 2)
    painter.end()
    return QIcon(pixmap)


def entry_symbol(gravity: int, theme: Theme, ratio: float) -> QIcon:
    """The symbol of an entry of this gravity: its shape and its number."""
    fill, ink = theme.gravity(gravity)
    pixmap, painter = _sheet(ratio)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    if gravity < 2:
        radius = 4.5 if gravity == 0 else 7.0
        painter.drawEllipse(QPointF(9, 9), radius, radius)
    else:
        painter.drawPolygon(_polygon(*_SHAPES[gravity]))
    if gravity:
        font = theme.font("tiny", bold=True)
        font.setPixelSize(9)
        painter.setFont(font)
        painter.setPen(ink)
        low = 2.2 if gravity == 3 else 0.0
        painter.drawText(QRectF(0, low, _SIDE, _SIDE), Qt.AlignmentFlag.AlignCenter, str(gravity))
    painter.end()
    return QIcon(pixmap)


def domain_symbol(colour: str, theme: Theme, ratio: float) -> QIcon:
    """The colour of a theme."""
    pixmap, painter = _sheet(ratio)
    painter.setPen(QPen(theme.color("panel"), 1))
    painter.setBrush(QColor(colour))
    painter.drawEllipse(QPointF(9, 9), 6, 6)
    painter.end()
    return QIcon(pixmap)


def _polygon(sides: int, radius: float, turn: float, down: float) -> QPolygonF:
    angles = [math.radians(turn + 360 / sides * i) for i in range(sides)]
    return QPolygonF(
        [QPointF(9 + radius * math.cos(a), 9 + down + radius * math.sin(a)) for a in angles]
    )


def _sheet(ratio: float) -> tuple[QPixmap, QPainter]:
    pixmap = QPixmap(QSize(_SIDE, _SIDE) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return pixmap, painter


def _colour(spec: LayerSpec, key: str, theme: Theme) -> QColor | None:
    named = (theme.dark and spec.style.get(f"{key}_dark")) or spec.style.get(key)
    return QColor(str(named)) if named else None
