"""Paints the rows of the list: two-line cards, and the headings of the days."""

from dataclasses import dataclass, field

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from beffroi.text import _
from desktop.kit.theme import Theme
from desktop.logbook import highlight, paint, tag_look
from desktop.logbook.faces import Face
from desktop.logbook.model import DAY_ROLE, FACE_ROLE, UNREAD_ROLE
from desktop.logbook.row_marks import draw_marks, followup_look

Index = QModelIndex | QPersistentModelIndex


@dataclass(slots=True)
class Lighting:
    """The words searched for, lit wherever they are painted."""

    words: tuple[str, ...] = field(default=())


class RowDelegate(QStyledItemDelegate):
    """What table rows and cards have in common: the ground, the headings, the resting look."""

    def __init__(self, theme: Theme, lighting: Lighting, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
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
            self._paint_ground(painter, box, chosen=chosen, hover=hover)
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

    def is_pressing(self, face: Face) -> bool:
        """Whether something asked about the entry is late."""
        return face.uid in self.pressing

    def _paint_ground(self, painter: QPainter, box: QRectF, *, chosen: bool, hover: bool) -> None:
        token = "selection" if chosen else "raised" if hover else "panel"
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


class CardDelegate(RowDelegate):
    """Two lines: what happened; then where, who says it, how sure, and what is asked."""

    @override
    def row_height(self) -> int:
        body = QFontMetrics(self.font("body")).height()
        small = QFontMetrics(self.font("tiny")).height()
        return body + small + self.theme.px(15)

    @override
    def paint_entry(self, painter: QPainter, box: QRectF, face: Face, *, unread: bool) -> None:
        px = self.theme.px
        line1 = QFontMetrics(self.font("body")).height()
        line2 = QFontMetrics(self.font("tiny")).height()
        top, second = box.y() + px(5), box.y() + px(5) + line1 + px(4)
        left = box.x() + px(14)
        if unread:
            self._paint_unread(painter, QPointF(box.x() + px(8), top + line1 / 2))
        self._paint_when(painter, face, QRectF(left, top, px(54), line1), second, line2)
        side = px(18)
        paint.gravity_badge(
            painter,
            QRectF(left + px(60), top + (line1 - side) / 2 + px(1), side, side),
            face.gravity,
            self.theme,
        )
        text_left = left + px(86)
        right = draw_marks(painter, box.right() - px(10), top, line1, face, self.theme)
        self.paint_text(
            painter, QRectF(text_left, top, right - text_left - px(6), line1), face, bold=unread
        )
        self._paint_below(painter, face, text_left, second, box.right() - px(10), line2)

    def _paint_unread(self, painter: QPainter, at: QPointF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("accent"))
        painter.drawEllipse(at, self.theme.px(3), self.theme.px(3))

    def _paint_when(
        self, painter: QPainter, face: Face, box: QRectF, second: float, height: float
    ) -> None:
        theme = self.theme
        start, dash, end = face.time.partition("–")
        painter.setFont(self.font("body", bold=True))
        painter.setPen(self.ink(face))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, start)
        painter.setFont(self.font("tiny"))
        painter.setPen(theme.color("warning" if face.day else "faint"))
        below = face.day or (f"–{end}" if dash else face.number)
        painter.drawText(
            QRectF(box.x() - theme.px(10), second, box.width() + theme.px(10), height),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
            below,
        )

    def _paint_below(
        self, painter: QPainter, face: Face, left: float, top: float, right: float, height: float
    ) -> None:
        theme = self.theme
        right = self._paint_asked(painter, face, top, right, height)
        for words, token, bold in self._small_words(face):
            if right - left < theme.px(30):
                return
            left = self._word(painter, words, token, left, top, right, height, bold=bold)
        for code in face.tags:
            seen = tag_look.look(code)
            taken = paint.chip(
                painter,
                QPointF(left, top - 1),
                seen.word,
                theme,
                colour=seen.ink(dark=self.theme.dark),
                room=right - left,
            )
            if not taken:
                break
            left += taken + theme.px(4)

    def _small_words(self, face: Face) -> list[tuple[str, str, bool]]:
        words: list[tuple[str, str, bool]] = []
        if face.day and "–" in face.time:
            words.append((face.time, "warning", False))
        if face.day or "–" in face.time:
            words.append((face.number, "faint", False))
        if face.void:
            words.append((_("Annulée"), "danger", True))
        if not face.plain_nature:
            words.append((face.nature, "accent", True))
        if face.verdict:
            words.append((face.qualification, "ok" if not face.refuted else "warning", True))
        if face.entered:
            words.append((_("saisie {time}").format(time=face.entered), "warning", False))
        words.append((face.grade, "muted", True))
        words.extend((part, "muted", False) for part in (face.place, face.origin) if part)
        return words

    def _word(
        self,
        painter: QPainter,
        words: str,
        token: str,
        left: float,
        top: float,
        right: float,
        height: float,
        *,
        bold: bool,
    ) -> float:
        font = self.font("tiny", bold=bold)
        metrics = QFontMetrics(font)
        width = min(metrics.horizontalAdvance(words), max(0.0, right - left), self.theme.px(190))
        cut = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(width) + 1)
        painter.setFont(font)
        painter.setPen(self.theme.color(token))
        painter.drawText(QRectF(left, top, width + 2, height), Qt.AlignmentFlag.AlignVCenter, cut)
        return left + width + self.theme.px(9)

    def _paint_asked(
        self, painter: QPainter, face: Face, top: float, right: float, height: float
    ) -> float:
        words, token = followup_look(face, late=self.is_pressing(face))
        for text, ink in ((words, token), (face.marking if face.marking != "DR" else "", "danger")):
            if text:
                font = self.font("tiny", bold=True)
                width = QFontMetrics(font).horizontalAdvance(text)
                painter.setFont(font)
                painter.setPen(self.theme.color(ink))
                painter.drawText(
                    QRectF(right - width, top, width + 1, height),
                    Qt.AlignmentFlag.AlignVCenter,
                    text,
                )
                right -= width + self.theme.px(10)
        return right
