"""What entries are shown with in reading panels: the badge of a gravity, an entry in one line."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QSizePolicy,
    QToolButton,
    QWidget,
)
from typing_extensions import override

from beffroi.logbook.entry import GRAVITY_WORDS, Entry
from beffroi.text import _
from desktop.kit.theme import Theme
from desktop.logbook import paint
from desktop.logbook.faces import first_line


class GravityBadge(QWidget):
    """The shape, number and word of a gravity."""

    def __init__(self, theme: Theme, level: int) -> None:
        super().__init__()
        self._theme = theme
        self._level = level
        self._word = _(GRAVITY_WORDS[level])
        self.setAccessibleName(_("Gravité {n}, {word}").format(n=level, word=self._word))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        side = self._theme.px(20)
        metrics = self.fontMetrics()
        return QSize(side + metrics.horizontalAdvance(self._word) + self._theme.px(10), side + 2)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = self._theme.px(20)
        paint.gravity_badge(painter, QRectF(0, 1, side, side), self._level, self._theme)
        painter.setFont(self.font())
        painter.setPen(self._theme.color("text"))
        box = QRectF(side + self._theme.px(6), 0, self.width(), self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._word)


class EntryRow(QToolButton):
    """Another entry in one line; a click or Enter opens it."""

    asked = Signal(str)

    def __init__(self, theme: Theme, entry: Entry, time: str, *, lead: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._entry = entry
        self._time = time
        self._lead = lead
        self.setObjectName("entryRow")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setToolTip(entry.content.text[:600])
        said = f"{lead} {entry.label}, {time}, {first_line(entry.content.text)}"
        self.setAccessibleName(said.strip())
        self.clicked.connect(lambda: self.asked.emit(entry.uid))

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(26))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self.underMouse() or self.hasFocus():
            painter.fillRect(box, theme.color("raised"))
        if self.hasFocus():
            painter.setPen(theme.color("accent"))
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        left = float(px(4))
        side = px(16)
        badge = QRectF(left, (box.height() - side) / 2, side, side)
        paint.gravity_badge(painter, badge, self._entry.content.gravity, theme)
        left += side + px(6)
        for text, token, bold in (
            (self._lead, "accent", True),
            (str(self._entry.number), "muted", False),
            (self._time, "text", True),
        ):
            if text:
                left += self._write(painter, left, text, token, bold=bold)
        font = theme.font("small")
        font.setStrikeOut(self._entry.lifecycle == "void")
        rest = QRectF(left, 0, box.width() - left - px(4), box.height())
        paint.lit_text(
            painter,
            rest,
            first_line(self._entry.content.text),
            font,
            theme.color("text"),
            lit=[],
            glow=theme.color("panel"),
        )

    def _write(self, painter: QPainter, left: float, text: str, token: str, *, bold: bool) -> float:
        font = self._theme.font("small", bold=bold)
        painter.setFont(font)
        painter.setPen(self._theme.color(token))
        width = painter.fontMetrics().horizontalAdvance(text)
        box = QRectF(left, 0, width + 2, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
        return width + self._theme.px(7)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.update()
