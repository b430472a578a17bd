"""People in two letters: a disc with initials, and a pencil for those who write."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from beffroi.sync.wire import Presence
from beffroi.text import _
from desktop.kit.theme import Theme


def initials(name: str) -> str:
    """« CM » for Claire Marchand, « JL » for Jean-Luc."""
    parts = [part for part in name.replace("-", " ").replace(".", " ").split() if part]
    if not parts:
        return "?"
    last = parts[-1][0] if len(parts) > 1 else ""
    return (parts[0][0] + last).upper()


def spoken(people: Sequence[Presence]) -> str:
    """« Marc Leroy (OL-SNCF) écrit, Anne Petit lit »."""
    return ", ".join(_one(person) for person in people)


def _one(one: Presence) -> str:
    name = one.person or one.account
    named = f"{name} ({one.post})" if one.post else name
    said = _("{who} écrit") if one.doing == "writing" else _("{who} lit")
    return said.format(who=named)


def paint_face(painter: QPainter, box: QRectF, one: Presence, theme: Theme) -> None:
    """Draw the disc of a person; whoever writes is ringed and full, whoever reads is outlined."""
    writes = one.doing == "writing"
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.color("accent"))
    painter.setBrush(theme.color("accent" if writes else "accent_soft"))
    painter.drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5))
    font = theme.font("tiny", bold=True)
    font.setPixelSize(max(8, round(box.height() * 0.46)))
    painter.setFont(font)
    painter.setPen(theme.color("accent_text" if writes else "accent"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, initials(one.person or one.account))
    painter.restore()


def face_picture(theme: Theme, one: Presence, side: int) -> QPixmap:
    """The disc of a person, to be put into a label."""
    pixmap = QPixmap(side * 2, side * 2)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_face(painter, QRectF(0, 0, side, side), one, theme)
    painter.end()
    return pixmap
