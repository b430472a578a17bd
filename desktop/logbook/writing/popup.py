"""The list of proposals under a field: what each looks like, how one is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop.kit.theme import Theme

ROWS = 8
_DATA = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One proposal: its words, what tells it from others, and what it stands for."""

    text: str
    detail: str = ""
    value: Any = None
    colour: str = ""
    dark: str = ""
    """The colour on dark grounds, when it differs."""

    def ink(self, theme: Theme) -> str:
        """Its colour on the theme of the moment, if it has one."""
        return (self.dark if theme.dark else "") or self.colour


class _Row(QStyledItemDelegate):
    """A dot of colour, the words, and the detail in grey on the right."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Any) -> QSize:
        return QSize(100, self._theme.px(26))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        said: Suggestion = index.data(_DATA)
        theme, state = self._theme, option.state
        box: QRect = option.rect
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.color("selection"))
        inner = box.adjusted(theme.px(8), 0, -theme.px(8), 0)
        if said.ink(theme):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor(said.ink(theme)))
            painter.setPen(QPen(theme.color("border")))
            side = theme.px(9)
            painter.drawEllipse(QRect(inner.left(), inner.center().y() - side // 2, side, side))
            inner.setLeft(inner.left() + side + theme.px(6))
        font = theme.font("body")
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        metrics = QFontMetrics(font)
        words = metrics.elidedText(said.text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        inner.setLeft(inner.left() + metrics.horizontalAdvance(words) + theme.px(12))
        small = theme.font("small")
        painter.setFont(small)
        painter.setPen(theme.color("faint"))
        detail = QFontMetrics(small).elidedText(
            said.detail, Qt.TextElideMode.ElideRight, max(0, inner.width())
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, detail)
        painter.restore()


class Popup(QFrame):
    """The list of proposals; it never takes the keyboard from the field."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, owner: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("proposals")
        theme.changed.connect(self._dress)
        self._dress()
        self._model = QStandardItemModel(self)
        self._view = QListView(self)
        self._view.setModel(self._model)
        self._view.setItemDelegate(_Row(theme, self._view))
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._view.setMouseTracking(True)
        self._view.setMinimumHeight(1)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.clicked.connect(self._click)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._view)

    def _dress(self) -> None:
        theme = self._theme
        self.setStyleSheet(
            f"#proposals {{ background: {theme.hex('panel')};"
            f" border: 1px solid {theme.hex('control')}; }}"
        )

    def propose(
        self, suggestions: Sequence[Suggestion], under: QWidget, box: QRect, *, choose: bool = True
    ) -> None:
        """Show proposals under `box` of `under`; nothing to propose hides the list."""
        self._model.clear()
        for said in suggestions:
            item = QStandardItem(said.text)
            item.setData(said, _DATA)
            item.setData(f"{said.text}, {said.detail}", Qt.ItemDataRole.AccessibleTextRole)
            self._model.appendRow(item)
        if not suggestions:
            self.hide()
            return
        first = self._model.index(0, 0) if choose else QModelIndex()
        self._view.setCurrentIndex(first)
        height = self._theme.px(26) * min(ROWS, len(suggestions)) + 4
        width = max(self._theme.px(300), min(box.width(), self._theme.px(460)))
        self.resize(width, height)
        self.move(self._corner(under, box, QSize(width, height)))
        self.show()
        self.raise_()

    @staticmethod
    def _corner(under: QWidget, box: QRect, size: QSize) -> QPoint:
        corner = under.mapToGlobal(box.bottomLeft() + QPoint(0, 3))
        screen = under.screen().availableGeometry()
        if corner.y() + size.height() > screen.bottom():
            corner.setY(under.mapToGlobal(box.topLeft()).y() - size.height() - 3)
        corner.setX(max(screen.left(), min(corner.x(), screen.right() - size.width())))
        return corner

    @property
    def proposals(self) -> list[Suggestion]:
        """What is proposed now."""
        if not self.isVisible():
            return []
        return [self._model.index(row, 0).data(_DATA) for row in range(self._model.rowCount())]

    def current(self) -> Suggestion | None:
        """The proposal under the cursor."""
        index = self._view.currentIndex()
        return index.data(_DATA) if self.isVisible() and index.isValid() else None

    def key(self, event: QKeyEvent) -> bool:
        """Whether the list used this key of the field."""
        if not self.isVisible():
            return False
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Tab if self.current():
                if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                    return False
                self.choose()
            case Qt.Key.Key_Escape:
                self.hide()
            case _:
                return False
        return True

    def choose(self) -> None:
        """Take the current proposal."""
        said = self.current()
        self.hide()
        if said is not None:
            self.chosen.emit(said)

    def _step(self, by: int) -> None:
        row = (self._view.currentIndex().row() + by) % self._model.rowCount()
        self._view.setCurrentIndex(self._model.index(row, 0))

    def _click(self, index: QModelIndex) -> None:
        self._view.setCurrentIndex(index)
        self.choose()
