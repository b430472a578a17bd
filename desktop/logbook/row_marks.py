"""The marks at the end of a row: key event, corrected, attachments, links; and what is asked."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from beffroi.sync.wire import Presence
from beffroi.text import N_, _
from desktop.kit.initials import paint_face
from desktop.kit.theme import Theme
from desktop.logbook.faces import Face

FOLLOWUP_WORDS = {
    "open": N_("Suite ouverte"),
    "acknowledged": N_("Suite prise en compte"),
    "in_progress": N_("Suite en cours"),
    "done": N_("Suite close"),
    "dropped": N_("Sans suite"),
}
MOST_FACES = 2
_FOLLOWUP_INKS = {"open": "warning", "acknowledged": "accent", "in_progress": "accent"}


def followup_look(face: Face, *, late: bool) -> tuple[str, str]:
    """The word of the entry's follow-up and the colour token it is written in."""
    if not face.followup:
        return "", "muted"
    if late:
        return _("Suite en retard"), "danger"
    return _(FOLLOWUP_WORDS.get(face.followup, "")), _FOLLOWUP_INKS.get(face.followup, "faint")


def marks(face: Face) -> list[tuple[str, str, str]]:
    """Icon, colour token and count of each mark, from the right."""
    found: list[tuple[str, str, str]] = []
    if face.key_event:
        found.append(("star-filled", "warning", ""))
    if face.corrected:
        found.append(("pencil", "muted", ""))
    if face.attachments:
        found.append(("paperclip", "muted", str(face.attachments) if face.attachments > 1 else ""))
    if face.related:
        found.append(("link", "muted", str(face.related)))
    return found


def draw_marks(
    painter: QPainter, right: float, top: float, height: float, face: Face, theme: Theme
) -> float:
    """Draw the marks leftwards from `right`; returns where they begin."""
    for mark in marks(face):
        right = draw_mark(painter, right, top, height, mark, theme)
    return right


def draw_mark(
    painter: QPainter,
    right: float,
    top: float,
    height: float,
    mark: tuple[str, str, str],
    theme: Theme,
) -> float:
    """Draw one mark (icon, colour token, count) that ends at `right`; returns where it begins."""
    icon, token, count = mark
    side = theme.px(14)
    if count:
        font = theme.font("tiny")
        width = QFontMetrics(font).horizontalAdvance(count)
        painter.setFont(font)
        painter.setPen(theme.color(token))
        painter.drawText(
            QRectF(right - width, top, width + 1, height), Qt.AlignmentFlag.AlignVCenter, count
        )
        right -= width + theme.px(2)
    box = QRectF(right - side, top + (height - side) / 2, side, side).toRect()
    theme.icon(icon, token).paint(painter, box)
    return right - side - theme.px(6)


def draw_people(
    painter: QPainter,
    right: float,
    top: float,
    height: float,
    people: Sequence[Presence],
    theme: Theme,
) -> float:
    """Draw the initials of those who are at an entry; the first two, and how many more."""
    side = theme.px(17)
    if len(people) > MOST_FACES:
        more = f"+{len(people) - MOST_FACES}"
        right = draw_mark(painter, right, top, height, ("users", "accent", more), theme)
    for one in reversed(people[:MOST_FACES]):
        box = QRectF(right - side, top + (height - side) / 2, side, side)
        paint_face(painter, box, one, theme)
        right -= side + theme.px(3)
    return right - theme.px(3) if people else right
