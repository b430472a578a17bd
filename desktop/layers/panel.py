"""The dock of the layers: found by a few letters, shown or not, in what order, explained, acted upon."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from beffroi.taxonomy import Taxonomy
from beffroi.text import _
from desktop.api import Desk
from desktop.kit.stack import ENTRIES
from desktop.kit.swatch import Form
from desktop.layers.branches import Leaf, branches
from desktop.layers.calques import Calques
from desktop.layers.foot import Foot
from desktop.layers.items import Items, thousands
from desktop.layers.tree import LAYER, LayersTree

ADD = "sources.add"
_COMMON = frozenset({"alone", "lock", "more"})
_SOURCE = _COMMON | {"zoom", "table", "style", "select"}
_QUERY = _COMMON | {"zoom", "style"}


class LayersPanel(QWidget):
    """What the dock "layers" holds: the highest layer first, in groups."""

    asked = Signal(str, str)
    """Something (an id of `foot.ACTS`) is asked of a layer (uid)."""
    menu_asked = Signal(str, QPoint)
    """The menu of a layer (uid) is asked for, there on the screen."""
    filled = Signal()
    """The tree has been drawn anew, without counts."""
    renamed = Signal(str, str)
    """A layer (uid) was given this name."""
    regrouped = Signal(str, str)
    """A layer (uid) goes into another group (title)."""

    def __init__(self, desk: Desk, calques: Calques) -> None:
        super().__init__()
        self._desk = desk
        self._zone = ZoneInfo(desk.node.info.zone)
        self._stack, self._theme, self._calques = desk.stack, desk.theme, calques
        self._moment = ""
        self._leaves: dict[str, Leaf] = {}
        self._closed: set[str] = set()
        self._items = self._make_items(desk.node.taxonomy)
        self.search = QLineEdit(self)
        self.tree = LayersTree(self)
        self.foot = Foot(desk.theme, self)
        self._reset = QPushButton(_("Rétablir les calques"), self)
        self._lay_out()
        self._connect()
        self.fill()

    def _make_items(self, taxonomy: Taxonomy) -> Items:
        return Items(self._theme, taxonomy, self.devicePixelRatioF())

    def _lay_out(self) -> None:
        self.search.setPlaceholderText(_("Chercher un calque"))
        self.search.setAccessibleName(_("Chercher un calque"))
        self.search.setClearButtonEnabled(True)
        self._add = QToolButton(self)
        self._add.setObjectName("layer-add")
        self._add.setToolTip(_("Ajouter une source…"))
        self._add.setAccessibleName(_("Ajouter une source…"))
        self._add.setIcon(self._theme.icon("plus"))
        self.tree.setAccessibleName(_("Calques"))
        self.tree.setIconSize(QSize(18, 18))
        top = QHBoxLayout()
        top.setContentsMargins(8, 6, 8, 6)
        top.addWidget(self.search, 1)
        top.addWidget(self._add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.foot)
        foot = QHBoxLayout()
        foot.setContentsMargins(10, 0, 10, 8)
        foot.addWidget(self._reset)
        layout.addLayout(foot)
        self.setFocusProxy(self.tree)

    def _connect(self) -> None:
        tree = self.tree
        tree.itemChanged.connect(self._checked)
        tree.currentItemChanged.connect(lambda *_items: self._show_current())
        tree.itemCollapsed.connect(lambda item: self._closed.add(self._key(item)))
        tree.itemExpanded.connect(lambda item: self._closed.discard(self._key(item)))
        tree.customContextMenuRequested.connect(self._menu)
        tree.dropped.connect(self._arranged)
        tree.regrouped.connect(self.regrouped)
        self.search.textChanged.connect(lambda _text: self._sift())
        self._add.clicked.connect(lambda: self._desk.commands.run(ADD))
        self.foot.asked.connect(self._act)
        self.foot.faded.connect(self._fade)
        self._reset.clicked.connect(self._restore)
        self._theme.changed.connect(self.fill)
        self._calques.changed.connect(self.fill)
        self._stack.changed.connect(self._restack)
        self._key_does("Alt+Up", partial(self.move_current, -1))
        self._key_does("Alt+Down", partial(self.move_current, 1))
        self._key_does("Menu", lambda: self._menu(QPoint(20, 20)))
        self._key_does("F2", lambda: self._act("rename"))
        self._key_does("Delete", lambda: self._act("remove"))

    def _key_does(self, key: str, run: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(key), self.tree)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(run)

    # Filling -------------------------------------------------------------------------------------

    def fill(self) -> None:
        """Draw the tree again from the stack and the calques."""
        chosen, top = self.current(), self.tree.verticalScrollBar().value()
        found = branches(self._stack, self._calques)
        self._leaves = {leaf.uid: leaf for branch in found for leaf in branch.leaves}
        with QSignalBlocker(self.tree):
            self.tree.clear()
            for branch in found:
                item = self._items.branch(branch)
                self.tree.addTopLevelItem(item)
                for leaf in branch.leaves:
                    self._leaf(item, leaf)
            self._fold()
            self._count()
        self._add.setVisible(ADD in self._desk.commands)
        self.select(chosen or ENTRIES)
        self.tree.verticalScrollBar().setValue(top)
        self._sift()
        self._show_current()
        self.filled.emit()

    def _leaf(self, branch: QTreeWidgetItem, leaf: Leaf) -> None:
        item = self._items.leaf(branch, leaf, self._title(leaf), self._stack[leaf.uid])
        if leaf.uid == ENTRIES:
            self._closed |= {self._key(row) for row in self._items.explain_entries(item)}
        self._items.legend(item, leaf.lines, (), "point")

    def _fold(self) -> None:
        for item in self._every():
            item.setExpanded(self._key(item) not in self._closed)

    def _every(self) -> list[QTreeWidgetItem]:
        flags = Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive
        return self.tree.findItems("", flags)

    def _key(self, item: QTreeWidgetItem) -> str:
        return str(item.data(0, LAYER) or item.text(0))

    def _title(self, leaf: Leaf) -> str:
        """The name of a layer, with the moment it is drawn for when only what then holds is drawn."""
        if leaf.spec and self._moment and leaf.spec.style.get("from_field"):
            return f"{leaf.title} ({self._moment})"
        return leaf.title

    def set_moment(self, moment: int) -> None:
        """The map now shows this moment (UTC ms)."""
        when = datetime.fromtimestamp(moment / 1000, UTC).astimezone(self._zone)
        self._moment = f"{when:%d/%m, %H:%M}"
        with QSignalBlocker(self.tree):
            for item in self.tree.leaves():
                if leaf := self._leaves.get(item.data(0, LAYER)):
                    item.setText(0, self._title(leaf))

    def say_counts(self, uid: str, total: int, counts: list[int], form: Form) -> None:
        """How many things a calque holds, in all and by look."""
        for item in self.tree.leaves():
            if item.data(0, LAYER) == uid and (leaf := self._leaves.get(uid)):
                with QSignalBlocker(self.tree):
                    item.setText(1, thousands(total))
                    self._items.legend(item, leaf.lines, counts, form)

    def _restack(self) -> None:
        """The stack has changed: the order draws the tree anew, the rest is set in place."""
        drawn = [str(item.data(0, LAYER)) for item in self.tree.leaves()]
        wanted = [
            leaf.uid for branch in branches(self._stack, self._calques) for leaf in branch.leaves
        ]
        if drawn != wanted:
            self.fill()
            return
        with QSignalBlocker(self.tree):
            for item in self.tree.leaves():
                shown = self._stack[item.data(0, LAYER)]
                state = Qt.CheckState.Checked if shown.visible else Qt.CheckState.Unchecked
                item.setCheckState(0, state)
                self._items.lock(item, shown)
            self._count()
        self._show_current()

    def _count(self) -> None:
        for branch in self._branches():
            leaves = _children(branch)
            shown = sum(leaf.checkState(0) == Qt.CheckState.Checked for leaf in leaves)
            branch.setText(1, f"{shown}/{len(leaves)}")

    def _branches(self) -> list[QTreeWidgetItem]:
        items = (self.tree.topLevelItem(at) for at in range(self.tree.topLevelItemCount()))
        return [item for item in items if item is not None]

    def _sift(self) -> None:
        """Leave only what is searched for."""
        words = self.search.text().strip().casefold()
        for branch in self._branches():
            shown = 0
            for item in _children(branch):
                leaf = self._leaves.get(item.data(0, LAYER))
                found = bool(leaf and (leaf.answers(words) or words in branch.text(0).casefold()))
                item.setHidden(not found)
                shown += found
            branch.setHidden(not shown)
            if words:
                branch.setExpanded(True)

    # What is chosen ------------------------------------------------------------------------------

    def current(self) -> str:
        """The layer the foot is about; empty when none is."""
        item = self.tree.currentItem()
        while item is not None and not item.data(0, LAYER):
            item = item.parent()
        return str(item.data(0, LAYER)) if item else ""

    def select(self, layer: str) -> None:
        """Choose a layer."""
        for item in self.tree.leaves():
            if item.data(0, LAYER) == layer:
                self.tree.setCurrentItem(item)

    def acts(self, uid: str) -> frozenset[str]:
        """What can be done to a layer."""
        leaf = self._leaves.get(uid)
        if leaf is None:
            return frozenset()
        kind = leaf.kept.calque.kind if leaf.kept else ""
        return {"source": _SOURCE, "query": _QUERY}.get(kind, _COMMON)

    def _show_current(self) -> None:
        leaf = self._leaves.get(self.current())
        if leaf is None:
            self.foot.say(None, frozenset(), "")
        else:
            self.foot.say(self._stack[leaf.uid], self.acts(leaf.uid), leaf.attribution)

    # What is asked -------------------------------------------------------------------------------

    def _checked(self, item: QTreeWidgetItem, column: int) -> None:
        layer = item.data(0, LAYER)
        if not layer or column:
            return
        if item.flags() & Qt.ItemFlag.ItemIsEditable:
            with QSignalBlocker(self.tree):
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self.renamed.emit(layer, item.text(0))
        else:
            self._stack.show(layer, item.checkState(0) == Qt.CheckState.Checked)

    def edit(self, layer: str) -> None:
        """Let the name of a layer be written anew."""
        for item in self.tree.leaves():
            if item.data(0, LAYER) == layer:
                with QSignalBlocker(self.tree):
                    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
                self.tree.editItem(item, 0)

    def _fade(self, opacity: float) -> None:
        if layer := self.current():
            self._stack.fade(layer, opacity)

    def _act(self, act: str) -> None:
        if uid := self.current():
            if act == "more":
                button = self.foot.buttons["more"]
                self.menu_asked.emit(uid, button.mapToGlobal(QPoint(0, button.height())))
            else:
                self.asked.emit(act, uid)

    def _menu(self, at: QPoint) -> None:
        item = self.tree.itemAt(at)
        if item is not None and item.data(0, LAYER):
            self.tree.setCurrentItem(item)
        if uid := self.current():
            self.menu_asked.emit(uid, self.tree.viewport().mapToGlobal(at))

    def _arranged(self) -> None:
        leaves = [leaf for branch in self._branches() for leaf in _children(branch)]
        self._stack.arrange([str(item.data(0, LAYER)) for item in reversed(leaves)])
        self.fill()

    def move_current(self, step: int) -> None:
        """Raise (-1) or lower (1) the chosen layer among those of its group."""
        item = self.tree.currentItem()
        branch = item.parent() if item else None
        if item is None or branch is None or not item.data(0, LAYER):
            return
        at = branch.indexOfChild(item)
        if 0 <= at + step < branch.childCount():
            with QSignalBlocker(self.tree):
                branch.removeChild(item)
                branch.insertChild(at + step, item)
                self.tree.setCurrentItem(item)
            self._arranged()

    def _restore(self) -> None:
        self._stack.reset()
        self.fill()


def _children(branch: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    leaves = (branch.child(k) for k in range(branch.childCount()))
    return [leaf for leaf in leaves if leaf is not None]
