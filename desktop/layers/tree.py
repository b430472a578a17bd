"""The tree widget of the layers: leaves move among their sisters, one's own from group to group."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget
from typing_extensions import override

LAYER = Qt.ItemDataRole.UserRole
"""The uid of a layer, on its item."""
GROUP = Qt.ItemDataRole.UserRole + 1
"""The title of a group of people's own, on its item."""


class LayersTree(QTreeWidget):
    """A tree whose leaves are dragged; legends and shipped groups stay where they are."""

    dropped = Signal()
    """Leaves lie in another order."""
    regrouped = Signal(str, str)
    """A layer (uid) goes into another group (title)."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, self.header().ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, self.header().ResizeMode.ResizeToContents)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setIndentation(14)
        self.setRootIsDecorated(True)

    def leaves(self) -> list[QTreeWidgetItem]:
        """The items of layers, from the highest branch down."""
        found = self.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
        return [item for item in found if item.data(0, LAYER)]

    def item_of(self, layer: str) -> QTreeWidgetItem | None:
        """The item of a layer."""
        return next((item for item in self.leaves() if item.data(0, LAYER) == layer), None)

    def branches(self) -> list[QTreeWidgetItem]:
        """The items of groups, from the top."""
        items = (self.topLevelItem(at) for at in range(self.topLevelItemCount()))
        return [item for item in items if item is not None]

    def children_of(self, branch: QTreeWidgetItem) -> list[QTreeWidgetItem]:
        """The items right under one, from the top."""
        children = (branch.child(at) for at in range(branch.childCount()))
        return [child for child in children if child is not None]

    def in_order(self) -> list[str]:
        """The layers as they lie in the tree, from the top."""
        leaves = (leaf for branch in self.branches() for leaf in self.children_of(branch))
        return [str(leaf.data(0, LAYER)) for leaf in leaves]

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        dragged, target = self.currentItem(), self.itemAt(event.position().toPoint())
        if dragged is None or target is None:
            event.ignore()
            return
        onto = self.dropIndicatorPosition() == self.DropIndicatorPosition.OnItem
        if target.parent() is dragged.parent() and not onto:
            super().dropEvent(event)
            self.dropped.emit()
            return
        event.ignore()
        branch = target if target.data(0, GROUP) is not None else target.parent()
        group = branch.data(0, GROUP) if branch else None
        here = dragged.parent()
        own = here is not None and here.data(0, GROUP) is not None
        if group is not None and own and branch is not here:
            self.regrouped.emit(dragged.data(0, LAYER), group)
