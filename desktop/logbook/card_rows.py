"""Entries as cards of two lines: what happened; then where, who says it, how sure, what is asked."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from typing_extensions import override

from beffroi.text import _
from desktop.logbook import paint, tag_look
from desktop.logbook.delegate import RowDelegate
from desktop.logbook.faces import Face
from desktop.logbook.row_marks import draw_marks, followup_look


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
        right = self.draw_beside(painter, face, box.right() - px(10), top, line1)
        right = draw_marks(painter, right, top, line1, face, self.theme)
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
        if face.received:
            words.append((face.received, "accent", True))
        elif face.entered:
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
        marking = (face.marking if face.marking != "DR" else "", *face.caveats)
        limits = " · ".join(part for part in marking if part)
        for text, ink in ((words, token), (limits, "danger")):
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
