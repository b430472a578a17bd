"""The Admiralty grading as a small grid: how far the source and the information can be trusted."""

from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolTip, QVBoxLayout, QWidget
from typing_extensions import override

from beffroi.logbook.entry import CREDIBILITY_WORDS, SOURCE_WORDS, Content
from beffroi.text import N_, _
from desktop.kit.theme import Theme
from desktop.logbook.writing.corroboration import CorroborationLine
from desktop.logbook.writing.field import Field, small_label
from desktop.logbook.writing.typeahead import Lookup

GRADES, CREDIBILITIES = "ABCDEF", range(1, 7)
SHORTCUTS = (
    ("B", 2, N_("Confirmé")),
    ("F", 6, N_("À confirmer")),
    ("D", 4, N_("Douteux")),
)
"""What most officers need: three words for three gradings."""


def in_words(grade: str, credibility: int) -> str:
    """« B3 – source : habituellement fiable ; information : peut-être vraie »."""
    return _("{code} – source : {source} ; information : {information}").format(
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
        side = theme.px(20)
        self.setFixedSize(side * 7 + 1, side * 7 + 1)
        self._tell()

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


class GradingField(Field):
    """The grid, three shortcuts in words, and the entry that corroborates a credibility of 1."""

    names: ClassVar[tuple[str, ...]] = ("source_grade", "credibility", "corroborated_by")

    def __init__(self, theme: Theme, find_entry: Lookup) -> None:
        super().__init__()
        self.grid = GradingGrid(theme)
        self.grid.picked.connect(self._picked)
        self._words = small_label()
        self.line = CorroborationLine(theme, find_entry)
        self.line.found.connect(self._corroborated)
        self._corroborated_by = ""
        side = QVBoxLayout()
        side.setSpacing(theme.px(5))
        self.shortcuts: list[QPushButton] = []
        for grade, credibility, word in SHORTCUTS:
            button = QPushButton(f"{_(word)} ({grade}{credibility})", self)
            button.setStyleSheet(f"text-align: left; padding: {theme.px(2)}px {theme.px(9)}px;")
            button.clicked.connect(lambda _on=False, g=grade, c=credibility: self._choose(g, c))
            self.shortcuts.append(button)
            side.addWidget(button)
        side.addWidget(self._words)
        side.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self.grid, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(side, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(6))
        layout.addLayout(row)
        layout.addWidget(self.line)
        self.setFocusProxy(self.grid)
        self._draw()

    @override
    def show_content(self, content: Content) -> None:
        waiting = self.grid.credibility == 1 and content.credibility != 1 and self.line.typing
        if waiting:
            return
        self._corroborated_by = content.corroborated_by
        self.grid.choose(content.source_grade, content.credibility)
        self.line.show_uid(content.corroborated_by)
        self._draw()

    @property
    @override
    def typing(self) -> bool:
        return self.line.typing or (self.grid.credibility == 1 and not self._corroborated_by)

    def _choose(self, grade: str, credibility: int) -> None:
        self.grid.choose(grade, credibility)
        self._picked(grade, credibility)

    def _picked(self, grade: str, credibility: int) -> None:
        self._draw()
        if credibility == 1 and not self._corroborated_by:
            self.line.ask()
            return
        values: dict[str, Any] = {"source_grade": grade, "credibility": credibility}
        if credibility != 1 and self._corroborated_by:
            self._corroborated_by = values["corroborated_by"] = ""
        self.changed.emit(values)

    def _corroborated(self, uid: str) -> None:
        self._corroborated_by = uid
        if uid:
            self.changed.emit(
                {
                    "source_grade": self.grid.grade,
                    "credibility": self.grid.credibility,
                    "corroborated_by": uid,
                }
            )

    def _draw(self) -> None:
        self._words.setText(in_words(self.grid.grade, self.grid.credibility))
        self.line.setVisible(self.grid.credibility == 1)
