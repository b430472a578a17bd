"""A row of small things that goes to the next line when the panel is narrow."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget
from typing_extensions import override


class FlowLayout(QLayout):
    """Lays its widgets out like words; the last one may take the rest of its line."""

    def __init__(
        self, parent: QWidget | None = None, *, gap: int = 5, stretch_last: bool = False
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._stretch_last = stretch_last
        self.setContentsMargins(0, 0, 0, 0)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insert(self, index: int, widget: QWidget) -> None:
        """Put a widget before the one at `index`."""
        self.addWidget(widget)
        self._items.insert(index, self._items.pop())
        self.invalidate()

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem:
        return self._items[index] if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    @override
    def takeAt(self, index: int) -> QLayoutItem:
        return self._items.pop(index) if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSize()

    @override
    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        left, top, right, bottom = self._margins()
        return size + QSize(left + right, top + bottom)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _margins(self) -> tuple[int, int, int, int]:
        m = self.contentsMargins()
        return m.left(), m.top(), m.right(), m.bottom()

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        left, top, right, bottom = self._margins()
        area = rect.adjusted(left, top, -right, -bottom)
        x, y, line = area.x(), area.y(), 0
        shown = self._shown()
        row: list[tuple[QLayoutItem, QRect]] = []
        for item in shown:
            size = self._size(item, area.width(), last=item is shown[-1])
            if x > area.x() and x + size.width() > area.right() + 1:
                self._place(row, line, move=move)
                row, x, y, line = [], area.x(), y + line + self._gap, 0
            if self._stretch_last and item is shown[-1]:
                size.setWidth(max(size.width(), area.right() + 1 - x))
                if item.hasHeightForWidth():
                    size.setHeight(item.heightForWidth(size.width()))
            row.append((item, QRect(QPoint(x, y), size)))
            x += size.width() + self._gap
            line = max(line, size.height())
        self._place(row, line, move=move)
        return y + line - rect.y() + bottom

    def _size(self, item: QLayoutItem, width: int, *, last: bool) -> QSize:
        """What an item asks for; the last one only its least, when the rest of the line is its."""
        size = item.sizeHint().expandedTo(item.minimumSize())
        if last and self._stretch_last:
            size.setWidth(item.minimumSize().width())
        return QSize(min(size.width(), max(1, width)), size.height())

    @staticmethod
    def _place(row: list[tuple[QLayoutItem, QRect]], line: int, *, move: bool) -> None:
        if move:
            for item, box in row:
                box.translate(0, (line - box.height()) // 2)
                item.setGeometry(box)


class FlowBox(QWidget):
    """A widget that holds a flow and asks for the height it needs."""

    def __init__(
        self, parent: QWidget | None = None, *, gap: int = 5, stretch_last: bool = False
    ) -> None:
        super().__init__(parent)
        self.flow = FlowLayout(self, gap=gap, stretch_last=stretch_last)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def clear(self) -> None:
        """Take every widget away."""
        while self.flow.count():
            widget = self.flow.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
