"""The small drawings of the main courante: gravity badges, tag chips, text with found words lit.

Gravity is never told by colour alone: each level has its shape and shows its number.
"""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF

from desktop.kit.theme import Theme

_SIDES = {2: (4, 0.0), 3: (3, 0.0), 4: (8, 22.5)}
"""Levels 2–4 are polygons: sides, and by how many degrees they are turned."""


def gravity_badge(painter: QPainter, box: QRectF, level: int, theme: Theme) -> None:
    """Draw a gravity: ring, disc, diamond, triangle, octagon, with its number inside."""
    fill, ink = theme.gravity(level)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if level == 0:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(fill, 1.5))
        ink = theme.color("muted")
        painter.drawEllipse(box.adjusted(2, 2, -2, -2))
    else:
        painter.setBrush(fill)
        painter.setPen(Qt.PenStyle.NoPen)
        if level in _SIDES:
            painter.drawPolygon(_polygon(box, *_SIDES[level]))
        else:
            painter.drawEllipse(box.adjusted(1, 1, -1, -1))
    font = theme.font("tiny", bold=True)
    font.setPixelSize(max(9, round(box.height() * 0.54)))
    painter.setFont(font)
    painter.setPen(ink)
    lowered = box.translated(0, box.height() * 0.12) if level == 3 else box
    painter.drawText(lowered, Qt.AlignmentFlag.AlignCenter, str(level))
    painter.restore()


def _polygon(box: QRectF, sides: int, turn: float) -> QPolygonF:
    centre, radius = box.center(), box.height() / 2
    if sides == 3:
        centre, radius = centre + QPointF(0, box.height() * 0.12), radius * 1.14
    angles = [math.radians(turn - 90 + 360 / sides * i) for i in range(sides)]
    return QPolygonF([centre + QPointF(math.cos(a) * radius, math.sin(a) * radius) for a in angles])


def chip(
    painter: QPainter, at: QPointF, word: str, theme: Theme, *, colour: str, room: float
) -> float:
    """Draw a tag with the colour of its domain; returns the width taken, 0 when it does not fit."""
    font = theme.font("tiny")
    metrics = QFontMetrics(font)
    side, pad = metrics.height(), theme.px(5)
    width = metrics.horizontalAdvance(word) + pad * 2 + theme.px(10)
    if width > room:
        return 0.0
    box = QRectF(at.x(), at.y(), width, side + 2)
    tint = QColor(colour)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = QColor(tint)
    ground.setAlphaF(0.22 if theme.dark else 0.11)
    painter.setBrush(ground)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(box, 3, 3)
    painter.setBrush(tint)
    dot = theme.px(6)
    painter.drawRoundedRect(QRectF(box.x() + pad, box.center().y() - dot / 2, dot, dot), 1.5, 1.5)
    painter.setFont(font)
    painter.setPen(theme.color("text"))
    painter.drawText(box.adjusted(pad + theme.px(10), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, word)
    painter.restore()
    return width


def lit_text(
    painter: QPainter,
    box: QRectF,
    text: str,
    font: QFont,
    ink: QColor,
    *,
    lit: list[tuple[int, int]],
    glow: QColor,
) -> None:
    """Draw one line of text, cut with an ellipsis, with `lit` spans on a marker's colour."""
    metrics = QFontMetrics(font)
    cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
    painter.setFont(font)
    for start, end in lit:
        if start >= len(cut):
            break
        left = metrics.horizontalAdvance(cut[:start])
        width = metrics.horizontalAdvance(cut[start:end])
        height = metrics.height()
        painter.fillRect(
            QRectF(box.x() + left - 1, box.center().y() - height / 2, width + 2, height), glow
        )
    painter.setPen(ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
