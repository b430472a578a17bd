"""Small pieces that the reading panels are made of: words, sections, pairs, badges, entry rows."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from beffroi.logbook.entry import GRAVITY_WORDS, Entry
from beffroi.text import _
from desktop.kit.theme import Theme
from desktop.logbook import paint
from desktop.logbook.faces import first_line

_BOTH = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.LinksAccessibleByMouse


def words(text: str, *, role: str = "", ink: str = "", wrap: bool = True) -> QLabel:
    """A label of plain text, which can be selected and copied."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    label.setTextInteractionFlags(_BOTH)
    if role:
        label.setProperty("role", role)
    if ink:
        label.setProperty("ink", ink)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(wrap)
    if wrap:
        label.setSizePolicy(policy)
    return label


class Section(QWidget):
    """A title and what belongs under it."""

    def __init__(self, theme: Theme, title: str = "") -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.px(4))
        if title:
            head = QLabel(title)
            head.setProperty("role", "section")
            self.body.addWidget(head)

    def add(self, widget: QWidget) -> None:
        """Put one more widget under the title."""
        self.body.addWidget(widget)


def rule(theme: Theme) -> QFrame:
    """A thin line between sections."""
    line = QFrame()
    line.setFixedHeight(1)
    line.setStyleSheet(f"background: {theme.hex('border')};")
    return line


def pairs(theme: Theme, rows: Sequence[tuple[str, str]]) -> QWidget:
    """Names on the left, values on the right, aligned."""
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.px(12))
    grid.setVerticalSpacing(theme.px(3))
    grid.setColumnMinimumWidth(0, theme.px(92))
    grid.setColumnStretch(1, 1)
    for at, (name, value) in enumerate(rows):
        title = words(name, ink="muted", wrap=False)
        grid.addWidget(title, at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words(value), at, 1)
    return box


def clear(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Take everything out of a layout and delete it; the keyboard stays in this panel.

    Left to itself it would fall on some button of another one, for the next Enter to press.
    """
    owner, held = layout.parentWidget(), QApplication.focusWidget()
    if owner is not None and held is not None and owner.isAncestorOf(held):
        owner.setFocus(Qt.FocusReason.OtherFocusReason)
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


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
