"""Draws records on the small map in the look of their calque."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from beffroi.layers.style import Dash, Hatch, Look
from desktop.kit.swatch import shape_path

_HATCHES: dict[Hatch, Qt.BrushStyle] = {
    "": Qt.BrushStyle.SolidPattern,
    "rising": Qt.BrushStyle.BDiagPattern,
    "falling": Qt.BrushStyle.FDiagPattern,
    "crossed": Qt.BrushStyle.DiagCrossPattern,
    "dots": Qt.BrushStyle.Dense6Pattern,
}
_DASHES: dict[Dash, Qt.PenStyle] = {
    "": Qt.PenStyle.SolidLine,
    "dashed": Qt.PenStyle.DashLine,
    "dotted": Qt.PenStyle.DotLine,
    "long": Qt.PenStyle.DashDotLine,
}


def paint_point(painter: QPainter, look: Look, at: QPointF, edge: QColor, grow: float = 1) -> None:
    """A point as the map draws it, a little smaller."""
    painter.setPen(QPen(edge, 1.1))
    painter.setBrush(QColor(look.colour))
    path = shape_path(look.shape, max(3.0, min(8.0, look.size * 0.75)) * grow)
    painter.drawPath(path.translated(at))


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
