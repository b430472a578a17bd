"""Small drawings of what a layer looks like, for the tree of layers."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from beffroi.layers.catalogue import LayerSpec
from desktop.kit.theme import Theme

_SIDE = 18


def swatch(spec: LayerSpec, theme: Theme, ratio: float) -> QIcon:
    """The layer's symbol: a dot, a stroke or a patch in its colours."""
    pixmap = QPixmap(QSize(_SIDE, _SIDE) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
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


def _colour(spec: LayerSpec, key: str, theme: Theme) -> QColor | None:
    named = (theme.dark and spec.style.get(f"{key}_dark")) or spec.style.get(key)
    return QColor(str(named)) if named else None
