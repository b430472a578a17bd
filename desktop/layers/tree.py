"""The tree widget of the layers: leaves move among their sisters only."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QWidget
from typing_extensions import override


class LayersTree(QTreeWidget):
    """A tree whose leaves are dragged among their sisters, and whose branches are dragged whole."""

    dropped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, self.header().ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, self.header().ResizeMode.ResizeToContents)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setIndentation(14)
        self.setRootIsDecorated(True)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        dragged, target = self.currentItem(), self.itemAt(event.position().toPoint())
        same = target is not None and dragged is not None and target.parent() is dragged.parent()
        onto = self.dropIndicatorPosition() == self.DropIndicatorPosition.OnItem
        if not same or onto:
            event.ignore()
            return
        super().dropEvent(event)
        self.dropped.emit()
