"""Draws the tree of layers from the stack and the calques, and keeps its marks and numbers true."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QTreeWidgetItem

from beffroi.layers.held import Form
from beffroi.text import number
from desktop.kit.stack import ENTRIES, Stack
from desktop.layers.branches import Leaf, branches
from desktop.layers.calques import Calques
from desktop.layers.items import Items, checked
from desktop.layers.tree import LAYER, LayersTree


class Filling:
    """The tree's contents; nothing it does is heard as an act of the reader."""

    def __init__(
        self, tree: LayersTree, stack: Stack, calques: Calques, items: Items, zone: ZoneInfo
    ) -> None:
        self._tree, self._stack, self._calques = tree, stack, calques
        self._items, self._zone = items, zone
        self._moment = ""
        self._closed: set[str] = set()
        self.leaves: dict[str, Leaf] = {}
        tree.itemCollapsed.connect(lambda item: self._closed.add(_key(item)))
        tree.itemExpanded.connect(lambda item: self._closed.discard(_key(item)))

    def fill(self) -> None:
        """Draw everything again."""
        top = self._tree.verticalScrollBar().value()
        found = branches(self._stack, self._calques)
        self.leaves = {leaf.uid: leaf for branch in found for leaf in branch.leaves}
        with QSignalBlocker(self._tree):
            self._tree.clear()
            for branch in found:
                item = self._items.branch(branch)
                self._tree.addTopLevelItem(item)
                for leaf in branch.leaves:
                    self._leaf(item, leaf)
            self._fold()
            self._count()
        self._tree.verticalScrollBar().setValue(top)

    def _leaf(self, branch: QTreeWidgetItem, leaf: Leaf) -> None:
        item = self._items.leaf(branch, leaf, self._title(leaf), self._stack[leaf.uid])
        if leaf.uid == ENTRIES:
            self._closed |= {_key(row) for row in self._items.explain_entries(item)}
        else:
            self._items.legend(item, leaf.lines, (), "point")

    def _fold(self) -> None:
        flags = Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive
        for item in self._tree.findItems("", flags):
            item.setExpanded(_key(item) not in self._closed)

    def _title(self, leaf: Leaf) -> str:
        """The name of a layer, with the moment it is drawn for when only what then holds is drawn."""
        if leaf.spec and self._moment and leaf.spec.style.get("from_field"):
            return f"{leaf.title} ({self._moment})"
        return leaf.title

    def set_moment(self, moment: int) -> None:
        """The map now shows this moment (UTC ms)."""
        when = datetime.fromtimestamp(moment / 1000, UTC).astimezone(self._zone)
        self._moment = f"{when:%d/%m, %H:%M}"
        with QSignalBlocker(self._tree):
            for item in self._tree.leaves():
                if leaf := self.leaves.get(item.data(0, LAYER)):
                    item.setText(0, self._title(leaf))

    def say_counts(self, uid: str, total: int, counts: list[int], form: Form) -> None:
        """How many things a calque holds, in all and by look."""
        item = self._tree.item_of(uid)
        if item is not None and (leaf := self.leaves.get(uid)):
            with QSignalBlocker(self._tree):
                item.setText(1, number(total))
                self._items.legend(item, leaf.lines, counts, form)
                self._items.mark(item, leaf, form)

    def restack(self) -> bool:
        """Follow the stack where the order is as drawn; False when it is another."""
        found = branches(self._stack, self._calques)
        wanted = [leaf.uid for branch in found for leaf in branch.leaves]
        if [str(item.data(0, LAYER)) for item in self._tree.leaves()] != wanted:
            return False
        with QSignalBlocker(self._tree):
            for item in self._tree.leaves():
                shown = self._stack[item.data(0, LAYER)]
                item.setCheckState(0, checked(shown.visible))
                self._items.lock(item, shown)
            self._count()
        return True

    def _count(self) -> None:
        for branch in self._tree.branches():
            leaves = self._tree.children_of(branch)
            shown = sum(leaf.checkState(0) == Qt.CheckState.Checked for leaf in leaves)
            branch.setText(1, f"{shown}/{len(leaves)}")

    def sift(self, words: str) -> None:
        """Leave only what answers `words` (case folded)."""
        for branch in self._tree.branches():
            shown = 0
            for item in self._tree.children_of(branch):
                leaf = self.leaves.get(item.data(0, LAYER))
                found = bool(leaf and (leaf.answers(words) or words in branch.text(0).casefold()))
                item.setHidden(not found)
                shown += found
            branch.setHidden(not shown)
            if words:
                branch.setExpanded(True)


def _key(item: QTreeWidgetItem) -> str:
    return str(item.data(0, LAYER) or item.text(0))
