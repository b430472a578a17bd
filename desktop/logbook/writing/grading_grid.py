"""The Admiralty grading as a small grid: how far the source and the information can be trusted."""

from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QToolTip, QWidget
from typing_extensions import override

from beffroi.logbook.entry import CREDIBILITY_WORDS, SOURCE_WORDS
from beffroi.text import _
from desktop.kit.theme import Theme

GRADES, CREDIBILITIES = "ABCDEF", range(1, 7)


def in_words(grade: str, credibility: int) -> str:
    """« B3 – source : habituellement fiable ; information : peut-être vraie »."""
    return _("{code} – source : {source} ; information : {information}").format(
        code=f"{grade}{credibility}",
        source=_(SOURCE_WORDS[grade]),
        information=_(CREDIBILITY_WORDS[credibility]),
    )


class GradingGrid(QWidget):
    """Rows A–F, columns 1–6; letters and digits choose, arrows move."""

    picked = Signal(str, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.grade, self.credibility = "F", 6
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        theme.changed.connect(self._fit)
        self._fit()
        self._tell()

    def _fit(self) -> None:
        side = self._theme.px(20)
        self.setFixedSize(side * 7 + 1, side * 7 + 1)

    def choose(self, grade: str, credibility: int) -> None:
        """Show that grading, without telling anybody."""
        self.grade, self.credibility = grade, credibility
        self._tell()
        self.update()

    def _tell(self) -> None:
        self.setAccessibleName(_("Cotation"))
        self.setAccessibleDescription(in_words(self.grade, self.credibility))

    def _pick(self, grade: str, credibility: int) -> None:
        self.choose(grade, credibility)
        self.picked.emit(grade, credibility)

    def _cell(self, row: int, column: int) -> QRect:
        side = self._theme.px(20)
        return QRect((column + 1) * side, (row + 1) * side, side, side)

    def _at(self, point: QPoint) -> tuple[str, int] | None:
        side = self._theme.px(20)
        column, row = point.x() // side - 1, point.y() // side - 1
        return (GRADES[row], column + 1) if 0 <= row < 6 and 0 <= column < 6 else None

    @override
    def paintEvent(self, event: Any) -> None:
        painter = QPainter(self)
        row_now, column_now = GRADES.index(self.grade), self.credibility - 1
        painter.setFont(self._theme.font("small", bold=True))
        for index in range(6):
            self._head(painter, self._cell(index, -1), GRADES[index], lit=index == row_now)
            self._head(painter, self._cell(-1, index), str(index + 1), lit=index == column_now)
        for row in range(6):
            for column in range(6):
                self._paint_cell(painter, row, column, cross=row == row_now or column == column_now)
        self._paint_choice(painter, self._cell(row_now, column_now))
        painter.end()

    def _head(self, painter: QPainter, box: QRect, text: str, *, lit: bool) -> None:
        painter.setPen(self._theme.color("accent" if lit else "faint"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_cell(self, painter: QPainter, row: int, column: int, *, cross: bool) -> None:
        box = self._cell(row, column)
        painter.fillRect(box, self._theme.color("selection" if cross else "panel"))
        painter.setPen(QPen(self._theme.color("border"), 1))
        painter.drawRect(box)

    def _paint_choice(self, painter: QPainter, box: QRect) -> None:
        painter.fillRect(box.adjusted(1, 1, 0, 0), self._theme.color("accent"))
        painter.setPen(self._theme.color("accent_text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{self.grade}{self.credibility}")
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("text"), 2))
            painter.drawRect(box.adjusted(-1, -1, 1, 1))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position().toPoint())
        if found is not None:
            self._pick(*found)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._at(event.pos())
            QToolTip.showText(event.globalPos(), in_words(*found) if found else "", self)
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text().upper()
        row, column = GRADES.index(self.grade), self.credibility
        moves = {
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
        }
        if typed and typed in GRADES:
            self._pick(typed, self.credibility)
        elif typed and typed in "123456":
            self._pick(self.grade, int(typed))
        elif event.key() in moves:
            down, right = moves[Qt.Key(event.key())]
            self._pick(GRADES[max(0, min(5, row + down))], max(1, min(6, column + right)))
        else:
            super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        return self.size()

    @override
    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: Any) -> None:
        super().focusOutEvent(event)
        self.update()
