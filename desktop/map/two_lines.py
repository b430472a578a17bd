"""Two groups of controls: side by side when there is room, one under the other when there is not."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget
from typing_extensions import override

_GAP = 10


class TwoLines(QWidget):
    """So that nothing is cut in a narrow panel or with bigger letters."""

    def __init__(
        self, start: Sequence[QWidget], end: Sequence[QWidget], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._start, self._end = _group(start, self), _group(end, self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(8, 2, 8, 2)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self._lines = 0
        self._arrange(1)

    @property
    def lines(self) -> int:
        """On how many lines the controls lie now."""
        return self._lines

    def _arrange(self, lines: int) -> None:
        if lines == self._lines:
            return
        self._lines = lines
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        self._grid.addWidget(self._start, 0, 0, left)
        self._grid.addWidget(self._end, lines - 1, 2 - lines, right if lines == 1 else left)

    def _rearrange(self) -> None:
        wanted = self._start.sizeHint().width() + self._end.sizeHint().width() + _GAP
        self._arrange(1 if wanted <= self._grid.contentsRect().width() else 2)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._rearrange()
        return super().event(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rearrange()

    @override
    def minimumSizeHint(self) -> QSize:
        widest = max(self._start.sizeHint().width(), self._end.sizeHint().width())
        return QSize(widest + 16, super().minimumSizeHint().height())


def _group(widgets: Sequence[QWidget], parent: QWidget) -> QWidget:
    group = QWidget(parent)
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(_GAP)
    for widget in widgets:
        row.addWidget(widget)
    return group
