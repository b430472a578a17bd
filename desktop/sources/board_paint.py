"""How a row of the board is drawn: state as shape, word and colour; volume as small bars."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from desktop.kit.theme import Theme
from desktop.sources.board_model import SOURCE, STANDING, STATE, VOLUME
from desktop.sources.standing import LOOKS, Standing

_Index = QModelIndex | QPersistentModelIndex
_BARS = 24


class BoardPaint(QStyledItemDelegate):
    """Draws the three columns that are more than a text."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), self._theme.px(42))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        if index.column() not in (STATE, SOURCE, VOLUME):
            calm = QStyleOptionViewItem(option)
            calm.state &= ~(QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus)
            super().paint(painter, calm, index)
            return
        one: Standing = index.data(STANDING)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRect(option.rect)
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.color("selection"))
        inner = rect.adjusted(self._theme.px(6), 0, -self._theme.px(6), 0)
        match index.column():
            case 0:
                self._state(painter, inner, one)
            case 1:
                self._source(painter, inner, one)
            case _:
                self._volume(painter, inner, one)
        painter.restore()

    def _state(self, painter: QPainter, rect: QRect, one: Standing) -> None:
        theme, px = self._theme, self._theme.px
        icon, ink, surface = LOOKS[one.health]
        painter.setFont(theme.font("small", bold=True))
        width = painter.fontMetrics().horizontalAdvance(one.word) + px(32)
        box = QRect(rect.left(), rect.center().y() - px(11), min(width, rect.width()), px(22))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(surface))
        painter.drawRoundedRect(box, px(11), px(11))
        side = px(15)
        theme.icon(icon, ink).paint(
            painter, QRect(box.left() + px(6), box.center().y() - side // 2, side, side)
        )
        painter.setPen(theme.color(ink))
        line = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box.adjusted(px(25), 0, 0, 0), line, one.word)

    def _source(self, painter: QPainter, rect: QRect, one: Standing) -> None:
        theme = self._theme
        half = rect.height() // 2
        top = QRect(rect.left(), rect.top() + theme.px(3), rect.width(), half - theme.px(2))
        low = QRect(rect.left(), rect.top() + half, rect.width(), half - theme.px(3))
        _line(painter, top, one.title, theme, "text", bold=True)
        ink = LOOKS[one.health][1] if one.trouble and one.health in ("down", "late") else "muted"
        _line(painter, low, one.trouble or one.origin(), theme, ink)

    def _volume(self, painter: QPainter, rect: QRect, one: Standing) -> None:
        told = list(one.state.history)[-_BARS:]
        room = QRectF(rect).adjusted(0, self._theme.px(10), 0, -self._theme.px(10))
        painter.setPen(self._theme.color("border"))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        if not told:
            return
        step, most = room.width() / _BARS, max(1, *told)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent" if one.health == "ok" else "control"))
        left = room.right() - step * len(told)
        for at, value in enumerate(told):
            height = max(1.5, room.height() * value / most)
            top = room.bottom() - height
            painter.drawRect(QRectF(left + at * step, top, max(1.0, step - 1), height))


def _line(
    painter: QPainter, rect: QRect, text: str, theme: Theme, ink: str, *, bold: bool = False
) -> None:
    painter.setFont(theme.font("body" if bold else "small", bold=bold))
    painter.setPen(theme.color(ink))
    short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, short)
