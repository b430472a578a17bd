"""Gravity 0–4: one key, one shape, one word."""

from typing import Any, ClassVar

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from beffroi.logbook.entry import GRAVITY_WORDS, Content
from beffroi.text import _
from desktop.kit.theme import Theme
from desktop.logbook.paint import gravity_badge
from desktop.logbook.writing.field import Field, alone

LEVELS = range(5)


class GravityPicker(QWidget):
    """Five cells in a row; digits choose, arrows move."""

    picked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.level = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(lambda: self.setFixedHeight(self._height()))
        self._tell()

    def choose(self, level: int) -> None:
        """Show that level, without telling anybody."""
        self.level = level
        self._tell()
        self.update()

    def _pick(self, level: int) -> None:
        self.choose(level)
        self.picked.emit(level)

    def _tell(self) -> None:
        self.setAccessibleName(
            _("Gravité {n}, {word}").format(n=self.level, word=_(GRAVITY_WORDS[self.level]))
        )

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(330), self._height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(150), self._height())

    def _height(self) -> int:
        return self._theme.px(30 if self._beside() else 46)

    @override
    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(self._height())

    def _words(self) -> list[int]:
        metrics = QFontMetrics(self._theme.font("small", bold=True))
        return [metrics.horizontalAdvance(_(word)) for word in GRAVITY_WORDS]

    def _beside(self) -> bool:
        """Whether the words fit beside the shapes; else they go under them."""
        around = self._theme.px(18 + 7 + 4 + 8 + 4)
        return sum(self._words()) + around * len(LEVELS) <= self.width()

    def _tight(self) -> bool:
        """Whether only the chosen word has room."""
        return sum(self._words()) + self._theme.px(9) * len(LEVELS) > self.width()

    def _cells(self) -> list[QRect]:
        gap = self._theme.px(4)
        words = self._words()
        room = self.width() - gap * (len(LEVELS) - 1) - sum(words)
        around = room // len(LEVELS)
        if self._tight():
            words = [word if level == self.level else 0 for level, word in enumerate(words)]
            around = (self.width() - gap * (len(LEVELS) - 1) - sum(words)) // len(LEVELS)
        if self._beside():
            around = min(around, self._theme.px(18 + 7 + 4 + 8))
        cells, x = [], 0
        for word in words:
            cells.append(QRect(x, 0, word + around, self.height()))
            x += word + around + gap
        return cells

    @override
    def paintEvent(self, event: Any) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        beside = self._beside()
        for level, box in zip(LEVELS, self._cells(), strict=True):
            self._paint_frame(painter, box, chosen=level == self.level)
            if beside:
                self._paint_beside(painter, box, level)
            else:
                self._paint_stacked(painter, box, level)
        painter.end()

    def _paint_frame(self, painter: QPainter, box: QRect, *, chosen: bool) -> None:
        theme = self._theme
        painter.setBrush(theme.color("selection" if chosen else "panel"))
        focused = chosen and self.hasFocus()
        edge = "accent" if chosen else "control"
        painter.setPen(QPen(theme.color(edge), 2 if focused else 1))
        painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), theme.px(6), theme.px(6))

    def _paint_beside(self, painter: QPainter, box: QRect, level: int) -> None:
        side, pad = self._theme.px(18), self._theme.px(7)
        badge = QRectF(box.left() + pad, box.center().y() - side / 2 + 0.5, side, side)
        gravity_badge(painter, badge, level, self._theme)
        rest = box.adjusted(pad + side + self._theme.px(4), 0, 0, 0)
        self._paint_word(painter, rest, level, Qt.AlignmentFlag.AlignVCenter)

    def _paint_stacked(self, painter: QPainter, box: QRect, level: int) -> None:
        side = self._theme.px(18)
        badge = QRectF(box.center().x() - side / 2, box.top() + self._theme.px(5), side, side)
        gravity_badge(painter, badge, level, self._theme)
        if level != self.level and self._tight():
            return
        rest = box.adjusted(0, self._theme.px(24), 0, -self._theme.px(4))
        self._paint_word(painter, rest, level, Qt.AlignmentFlag.AlignCenter)

    def _paint_word(
        self, painter: QPainter, box: QRect, level: int, where: Qt.AlignmentFlag
    ) -> None:
        painter.setFont(self._theme.font("small", bold=level == self.level))
        painter.setPen(self._theme.color("text"))
        painter.drawText(box, where, _(GRAVITY_WORDS[level]))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        for level, box in enumerate(self._cells()):
            if box.contains(event.position().toPoint()):
                self._pick(level)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        if typed and typed in "01234":
            self._pick(int(typed))
        elif event.key() in {Qt.Key.Key_Right, Qt.Key.Key_Up}:
            self._pick(min(4, self.level + 1))
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Down}:
            self._pick(max(0, self.level - 1))
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: Any) -> None:
        super().focusOutEvent(event)
        self.update()


class GravityField(Field):
    """How serious it is."""

    names: ClassVar[tuple[str, ...]] = ("gravity",)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.picker = GravityPicker(theme)
        self.picker.picked.connect(lambda level: self.changed.emit({"gravity": level}))
        alone(self, self.picker)

    @override
    def show_content(self, content: Content) -> None:
        self.picker.choose(content.gravity)
