"""One look of a calque drawn small, as on the map: its shape or icon, its line, its hatching."""

from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from beffroi.layers.style import Dash, Hatch, Look, Shape

_HATCHES: dict[Hatch, Qt.BrushStyle] = {
    "": Qt.BrushStyle.SolidPattern,
    "rising": Qt.BrushStyle.BDiagPattern,
    "falling": Qt.BrushStyle.FDiagPattern,
    "crossed": Qt.BrushStyle.DiagCrossPattern,
    "dots": Qt.BrushStyle.Dense5Pattern,
}
_DASHES: dict[Dash, Qt.PenStyle] = {
    "": Qt.PenStyle.SolidLine,
    "dashed": Qt.PenStyle.DashLine,
    "dotted": Qt.PenStyle.DotLine,
    "long": Qt.PenStyle.DashDotLine,
}
_SIDES: dict[Shape, tuple[int, float]] = {
    "triangle": (3, -90), "diamond": (4, -90), "square": (4, -45), "hexagon": (6, -90),
}  # fmt: skip


def outline(shape: Shape, at: QPointF, radius: float) -> QPainterPath:
    """The outline of a symbol around a point."""
    path = QPainterPath()
    if shape in _SIDES:
        sides, turn = _SIDES[shape]
        path.addPolygon(_ring(at, sides, turn, (radius * 1.15,)))
        path.closeSubpath()
    elif shape == "star":
        path.addPolygon(_ring(at, 10, -90, (radius * 1.25, radius * 0.55)))
        path.closeSubpath()
    elif shape == "cross":
        arm = radius * 0.38
        path.addRect(QRectF(at.x() - radius, at.y() - arm, 2 * radius, 2 * arm))
        upright = QPainterPath()
        upright.addRect(QRectF(at.x() - arm, at.y() - radius, 2 * arm, 2 * radius))
        path = path.united(upright)
    else:
        path.addEllipse(at, radius, radius)
        if shape == "ring":
            path.addEllipse(at, radius * 0.5, radius * 0.5)
    return path


def _ring(at: QPointF, sides: int, turn: float, radii: tuple[float, ...]) -> QPolygonF:
    return QPolygonF(
        [
            QPointF(
                at.x() + radii[n % len(radii)] * cos(2 * pi * n / sides + turn * pi / 180),
                at.y() + radii[n % len(radii)] * sin(2 * pi * n / sides + turn * pi / 180),
            )
            for n in range(sides)
        ]
    )


def paint_point(painter: QPainter, look: Look, at: QPointF, edge: QColor, grow: float = 1) -> None:
    """A point as the map draws it."""
    painter.setPen(QPen(edge, 1.1))
    painter.setBrush(QColor(look.colour))
    painter.drawPath(outline(look.shape, at, max(3.0, min(8.0, look.size * 0.75)) * grow))


def dress_line(painter: QPainter, look: Look, *, area: bool) -> None:
    """Set pen and brush for a line or an area."""
    ink = QColor(look.colour)
    painter.setPen(QPen(ink, max(1.0, min(4.0, look.line)), _DASHES[look.dash]))
    if not area:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        return
    fill = QColor(ink)
    fill.setAlphaF(max(look.fill, 0.5 if look.hatch else 0.0))
    painter.setBrush(QBrush(fill, _HATCHES[look.hatch]))


def swatch(look: Look, kind: str, edge: QColor, side: int, ratio: float = 1.0) -> QPixmap:
    """A legend's picture; `kind` is `point`, `line` or `ring`."""
    pixmap = QPixmap(QSize(side, side) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if kind == "point":
        paint_point(painter, look, QPointF(side / 2, side / 2), edge)
    else:
        dress_line(painter, look, area=kind == "ring")
        if kind == "ring":
            painter.drawRoundedRect(QRectF(2, 3, side - 4, side - 6), 2, 2)
        else:
            painter.drawLine(QPointF(1, side * 0.7), QPointF(side - 1, side * 0.3))
    painter.end()
    return pixmap
