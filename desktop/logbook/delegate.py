"""Paints the rows of the list: two-line cards, and the headings of the days."""

from dataclasses import dataclass, field

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from desktop.kit.theme import Theme
from desktop.logbook import highlight, paint
from desktop.logbook.beside import Beside, look
from desktop.logbook.faces import Face
from desktop.logbook.model import DAY_ROLE, FACE_ROLE, UNREAD_ROLE
from desktop.logbook.row_marks import draw_mark, draw_people

Index = QModelIndex | QPersistentModelIndex


@dataclass(slots=True)
class Lighting:
    """The words searched for, lit wherever they are painted."""

    words: tuple[str, ...] = field(default=())


class RowDelegate(QStyledItemDelegate):
    """What table rows and cards have in common: the ground, the headings, the resting look."""

    def __init__(
        self,
        theme: Theme,
        lighting: Lighting,
        beside: Beside,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.beside = beside
        self._fonts: dict[tuple[str, bool], QFont] = {}
        theme.changed.connect(self._fonts.clear)
        self.lighting = lighting
        self.pressing: frozenset[str] = frozenset()
        """Entries (uid) with a late follow-up."""

    def font(self, role: str, *, bold: bool = False) -> QFont:
        """A font of the theme, made once."""
        key = (role, bold)
        if key not in self._fonts:
            self._fonts[key] = self.theme.font(role, bold=bold)
        return self._fonts[key]

    def row_height(self) -> int:
        """The height every row has."""
        raise NotImplementedError

    def paint_entry(self, painter: QPainter, box: QRectF, face: Face, *, unread: bool) -> None:
        """Paint an entry in its row."""
        raise NotImplementedError

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, self.row_height())

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box = QRectF(option.rect)
        state = option.state
        face = index.data(FACE_ROLE)
        painter.save()
        painter.setClipRect(box)
        if face is None:
            day = index.data(DAY_ROLE)
            self.paint_day(painter, box, day) if day else self._paint_waiting(painter, box)
        else:
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            hover = bool(state & QStyle.StateFlag.State_MouseOver)
            new = face.rid in self.beside.news
            self._paint_ground(painter, box, chosen=chosen, hover=hover, new=new)
            if state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(self.theme.color("accent"))
                painter.drawRect(box.adjusted(0.5, 0.5, -1, -1.5))
            self.paint_entry(painter, box, face, unread=bool(index.data(UNREAD_ROLE)))
        painter.restore()

    def paint_day(self, painter: QPainter, box: QRectF, words: str) -> None:
        """Paint a day's heading: its name, then a line."""
        theme = self.theme
        painter.fillRect(box, theme.color("bg"))
        font = self.font("small", bold=True)
        width = QFontMetrics(font).horizontalAdvance(words)
        left = box.x() + theme.px(12)
        middle = box.bottom() - min(box.height(), theme.px(26)) / 2
        painter.setFont(font)
        painter.setPen(theme.color("muted"))
        painter.drawText(
            QRectF(left, middle - 12, width + 8, 24), Qt.AlignmentFlag.AlignVCenter, words
        )
        painter.setPen(theme.color("border"))
        painter.drawLine(
            QPointF(left + width + 10, middle), QPointF(box.right() - theme.px(10), middle)
        )

    def ink(self, face: Face) -> QColor:
        """Text of a voided, refuted or doubled entry steps back."""
        return self.theme.color("faint" if face.void or face.refuted else "text")

    def glow(self) -> QColor:
        """The marker behind found words."""
        glow = self.theme.color("gravity2")
        glow.setAlphaF(0.34 if self.theme.dark else 0.45)
        return glow

    def paint_text(
        self, painter: QPainter, box: QRectF, face: Face, *, bold: bool, role: str = "body"
    ) -> None:
        """The first line of the entry, struck when it is void, found words lit."""
        font = self.font(role, bold=bold)
        if face.void:
            font = QFont(font)
            font.setStrikeOut(True)
        lit = highlight.spans(face.text, self.lighting.words)
        paint.lit_text(painter, box, face.text, font, self.ink(face), lit=lit, glow=self.glow())

    def shows_beside(self, face: Face) -> bool:
        """Whether there is a tick or somebody to show in the row."""
        ticks = self.beside.ticks(face.uid, face.author)
        return ticks is not None or bool(self.beside.people(face.uid))

    def draw_beside(
        self, painter: QPainter, face: Face, right: float, top: float, height: float
    ) -> float:
        """Draw how far the entry has come and who is at it, leftwards; returns where that begins."""
        ticks = self.beside.ticks(face.uid, face.author)
        if ticks is not None:
            right = draw_mark(painter, right, top, height, look(ticks), self.theme)
        return draw_people(painter, right, top, height, self.beside.people(face.uid), self.theme)

    def is_pressing(self, face: Face) -> bool:
        """Whether something asked about the entry is late."""
        return face.uid in self.pressing

    def _paint_ground(
        self, painter: QPainter, box: QRectF, *, chosen: bool, hover: bool, new: bool
    ) -> None:
        token = "selection" if chosen else "accent_soft" if new else "raised" if hover else "panel"
        painter.fillRect(box, self.theme.color(token))
        if chosen:
            painter.fillRect(
                QRectF(box.x(), box.y(), self.theme.px(3), box.height()),
                self.theme.color("accent"),
            )
        painter.setPen(self.theme.color("border"))
        painter.drawLine(box.bottomLeft() - QPointF(0, 0.5), box.bottomRight() - QPointF(0, 0.5))

    def _paint_waiting(self, painter: QPainter, box: QRectF) -> None:
        painter.fillRect(box, self.theme.color("panel"))
        px = self.theme.px
        pale = self.theme.color("sunken")
        painter.fillRect(QRectF(box.x() + px(24), box.y() + px(9), px(40), px(9)), pale)
        painter.fillRect(QRectF(box.x() + px(100), box.y() + px(9), box.width() * 0.6, px(9)), pale)
