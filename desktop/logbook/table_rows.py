"""Entries as rows of a table: one line each, the columns that fit, a header above."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from beffroi.text import N_, _
from desktop.kit.theme import Theme
from desktop.logbook import paint, tag_look
from desktop.logbook.delegate import RowDelegate
from desktop.logbook.faces import Face
from desktop.logbook.row_marks import draw_marks, followup_look, marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its width at 100 % (0 takes the rest) and the list width from which it shows."""

    key: str
    title: str
    width: int = 0
    from_width: int = 0


COLUMNS = (
    Column(key="time", title=N_("Heure"), width=88),
    Column(key="number", title=N_("N°"), width=56, from_width=540),
    Column(key="gravity", title=N_("Gr."), width=30),
    Column(key="nature", title=N_("Nature"), width=104, from_width=1000),
    Column(key="text", title=N_("Texte")),
    Column(key="tag", title=N_("Étiquette"), width=126, from_width=860),
    Column(key="place", title=N_("Lieu"), width=140, from_width=640),
    Column(key="origin", title=N_("Origine"), width=104, from_width=1180),
    Column(key="grade", title=N_("Cot."), width=34, from_width=430),
    Column(key="followup", title=N_("Suite"), width=124, from_width=1380),
    Column(key="marks", title="", width=66),
)
_TEXT_AT_LEAST = 140


def layout(box: QRectF, theme: Theme) -> list[tuple[Column, QRectF]]:
    """Where each column lies in a row of that width."""
    left, gap = box.x() + theme.px(14), theme.px(8)
    room = box.width() - theme.px(22)
    shown = [c for c in COLUMNS if box.width() >= theme.px(c.from_width)]
    taken = sum(theme.px(c.width) for c in shown) + gap * (len(shown) - 1)
    rest = max(theme.px(_TEXT_AT_LEAST), room - taken)
    places: list[tuple[Column, QRectF]] = []
    for column in shown:
        width = theme.px(column.width) if column.width else rest
        places.append((column, QRectF(left, box.y(), width, box.height())))
        left += width + gap
    return places


class TableDelegate(RowDelegate):
    """One line per entry."""

    @override
    def row_height(self) -> int:
        return QFontMetrics(self.font("body")).height() + self.theme.px(10)

    @override
    def paint_entry(self, painter: QPainter, box: QRectF, face: Face, *, unread: bool) -> None:
        if unread:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color("accent"))
            painter.drawEllipse(
                QPointF(box.x() + self.theme.px(8), box.center().y()),
                self.theme.px(3),
                self.theme.px(3),
            )
        cells = {column.key: cell for column, cell in layout(box, self.theme)}
        bare = not marks(face) and not self.shows_beside(face)
        if list(cells)[-2:] == ["text", "marks"] and bare:
            cells["text"] = cells["text"].united(cells["marks"])  # nothing to leave room for
        for key, cell in cells.items():
            self._cell(painter, key, cell, face, unread=unread)

    def _cell(self, painter: QPainter, key: str, cell: QRectF, face: Face, *, unread: bool) -> None:
        match key:
            case "gravity":
                side = self.theme.px(18)
                badge = QRectF(cell.x(), cell.center().y() - side / 2, side, side)
                paint.gravity_badge(painter, badge, face.gravity, self.theme)
            case "text":
                self.paint_text(painter, cell, face, bold=unread)
            case "tag":
                self._tag(painter, cell, face)
            case "marks":
                right = self.draw_beside(painter, face, cell.right(), cell.y(), cell.height())
                draw_marks(painter, right, cell.y(), cell.height(), face, self.theme)
            case _:
                words, token, bold = self._words(key, face)
                font = self.font("small", bold=bold)
                cut = QFontMetrics(font).elidedText(
                    words, Qt.TextElideMode.ElideRight, int(cell.width())
                )
                painter.setFont(font)
                painter.setPen(self.theme.color(token))
                painter.drawText(cell, Qt.AlignmentFlag.AlignVCenter, cut)

    def _words(self, key: str, face: Face) -> tuple[str, str, bool]:
        match key:
            case "time":
                return (
                    f"{face.day} {face.time}".strip(),
                    "warning" if face.entered else "text",
                    True,
                )
            case "number":
                return face.number, "muted", False
            case "nature":
                return face.nature, "muted" if face.plain_nature else "accent", False
            case "place":
                return face.place, "muted", False
            case "origin":
                return face.origin, "muted", False
            case "grade":
                return face.grade, "muted", True
            case _:
                return *followup_look(face, late=self.is_pressing(face)), True

    def _tag(self, painter: QPainter, cell: QRectF, face: Face) -> None:
        if not face.tags:
            return
        seen = tag_look.look(face.tags[0])
        metrics = QFontMetrics(self.font("tiny"))
        word = metrics.elidedText(
            seen.word, Qt.TextElideMode.ElideRight, int(cell.width()) - self.theme.px(21)
        )
        at = QPointF(cell.x(), cell.center().y() - metrics.height() / 2 - 1)
        paint.chip(
            painter,
            at,
            word,
            self.theme,
            colour=seen.ink(dark=self.theme.dark),
            room=cell.width() + 1,
        )


class TableHeader(QWidget):
    """The names of the columns, above the rows."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._size()
        theme.changed.connect(self._size)

    def _size(self) -> None:
        self.setFixedHeight(self._theme.px(24))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        box = QRectF(self.rect())
        painter.fillRect(box, theme.color("raised"))
        painter.setPen(theme.color("border"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.setFont(theme.font("tiny", bold=True))
        painter.setPen(theme.color("muted"))
        rows = box.adjusted(0, 0, -theme.px(11), 0)
        for column, cell in layout(rows, theme):
            painter.drawText(
                cell, Qt.AlignmentFlag.AlignVCenter, _(column.title) if column.title else ""
            )
