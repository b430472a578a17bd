"""Impacts on six axes, each 0–4, as six short bars."""

from typing import Any, ClassVar

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from beffroi.logbook.entry import GRAVITY_WORDS, IMPACT_WORDS, Content, Impact
from beffroi.text import _
from desktop.kit.theme import Theme
from desktop.logbook.writing.elided import Elided
from desktop.logbook.writing.field import Field


class ImpactBar(QWidget):
    """One axis: a click or a digit says how much, the same again says nothing."""

    picked = Signal(int)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self.level = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self._fit)
        self._fit()
        self._tell()

    def _fit(self) -> None:
        self.setFixedSize(self._theme.px(94), self._theme.px(20))

    def choose(self, level: int) -> None:
        """Show that level, without telling anybody."""
        self.level = level
        self._tell()
        self.update()

    def _pick(self, level: int) -> None:
        self.choose(level)
        self.picked.emit(level)

    def _tell(self) -> None:
        said = _("Impact {axis} : {n}, {word}").format(
            axis=self._name, n=self.level, word=_(GRAVITY_WORDS[self.level])
        )
        self.setAccessibleName(said)
        self.setToolTip(said)

    def _cell(self, level: int) -> QRect:
        width = self._theme.px(17)
        return QRect((level - 1) * (width + 2) + 2, 3, width, self.height() - 6)

    @override
    def paintEvent(self, event: Any) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        for level in range(1, 5):
            on = level <= self.level
            fill = theme.gravity(self.level)[0] if on else theme.color("sunken")
            painter.setBrush(fill)
            painter.setPen(QPen(theme.color("control"), 1) if not on else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRectF(self._cell(level)), 3, 3)
        painter.setFont(theme.font("small", bold=self.level > 0))
        painter.setPen(theme.color("text" if self.level else "faint"))
        rest = self.rect().adjusted(self._cell(4).right() + theme.px(4), 0, 0, 0)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, str(self.level))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        for level in range(1, 5):
            if self._cell(level).adjusted(-1, -3, 1, 3).contains(event.position().toPoint()):
                self._pick(0 if level == self.level else level)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() and event.text() in "01234":
            self._pick(int(event.text()))
        elif event.key() == Qt.Key.Key_Right:
            self._pick(min(4, self.level + 1))
        elif event.key() == Qt.Key.Key_Left:
            self._pick(max(0, self.level - 1))
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


class ImpactsField(Field):
    """On what the event weighs, and how much."""

    names: ClassVar[tuple[str, ...]] = ("impacts",)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.bars: dict[Impact, ImpactBar] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(2))
        for row, (axis, word) in enumerate(IMPACT_WORDS.items()):
            name = Elided(_(word), self)
            name.setProperty("role", "small")
            bar = ImpactBar(theme, _(word))
            bar.picked.connect(self._picked)
            self.bars[axis] = bar
            grid.addWidget(name, row, 0)
            grid.addWidget(bar, row, 1)
        grid.setColumnStretch(2, 1)
        self.setFocusProxy(next(iter(self.bars.values())))

    @override
    def show_content(self, content: Content) -> None:
        for axis, bar in self.bars.items():
            bar.choose(content.impacts.get(axis, 0))

    def _picked(self, _level: int) -> None:
        levels = {axis.value: bar.level for axis, bar in self.bars.items() if bar.level}
        self.changed.emit({"impacts": levels})
