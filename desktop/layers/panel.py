"""The dock of the layers: found by a few letters, shown or not, in what order, explained, acted upon."""

from collections.abc import Callable
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

from beffroi.text import _
from desktop.api import Desk
from desktop.kit.caveats import offered_caveats
from desktop.kit.share_form import ShareForm
from desktop.kit.stack import ENTRIES
from desktop.layers.calques import Calques
from desktop.layers.filling import Filling
from desktop.layers.foot import Foot
from desktop.layers.items import Items
from desktop.layers.tree import LAYER, LayersTree

ADD = "sources.add"
_COMMON = frozenset({"alone", "lock", "more"})
_SOURCE = _COMMON | {"zoom", "table", "style", "select"}
_QUERY = _COMMON | {"zoom", "style"}
_DRAWING = _COMMON | {"zoom", "select"}


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
        self._stack, self._theme, self._calques = desk.stack, desk.theme, calques
        self.search = QLineEdit(self)
        self.tree = LayersTree(self)
        items = Items(desk.theme, desk.node.taxonomy, self.devicePixelRatioF())
        zone = ZoneInfo(desk.node.info.zone)
        self.filling = Filling(self.tree, desk.stack, calques, items, zone)
        self.foot = Foot(desk.theme, self)
        caveats = offered_caveats(desk.link, desk.node.who.organisation)
        self.sharing = ShareForm(desk.theme, caveats, desk.node.info.marking, self)
        self._reset = QPushButton(_("Rétablir les calques"), self)
        self._lay_out()
        self._connect()
        self.fill()

    def _lay_out(self) -> None:
        self.search.setPlaceholderText(_("Chercher un calque"))
        self.search.setAccessibleName(_("Chercher un calque"))
        self.search.setClearButtonEnabled(True)
        self._add = QToolButton(self)
        self._add.setObjectName("layer-add")
        self._add.setToolTip(_("Ajouter une source…"))
        self._add.setAccessibleName(_("Ajouter une source…"))
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
        layout.addWidget(self.sharing)
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
        chosen = self.current()
        self.filling.fill()
        self._add.setIcon(self._theme.icon("plus"))
        self._add.setVisible(ADD in self._desk.commands)
        self.select(chosen or ENTRIES)
        self._sift()
        self._show_current()
        self.filled.emit()

    def set_moment(self, moment: int) -> None:
        """The map now shows this moment (UTC ms)."""
        self.filling.set_moment(moment)

    def _restack(self) -> None:
        if self.filling.restack():
            self._show_current()
        else:
            self.fill()

    def _sift(self) -> None:
        self.filling.sift(self.search.text().strip().casefold())

    # What is chosen ------------------------------------------------------------------------------

    def current(self) -> str:
        """The layer the foot is about; empty when none is."""
        item = self.tree.currentItem()
        while item is not None and not item.data(0, LAYER):
            item = item.parent()
        return str(item.data(0, LAYER)) if item else ""

    def select(self, layer: str) -> None:
        """Choose a layer."""
        if item := self.tree.item_of(layer):
            self.tree.setCurrentItem(item)

    def acts(self, uid: str) -> frozenset[str]:
        """What can be done to a layer."""
        leaf = self.filling.leaves.get(uid)
        if leaf is None:
            return frozenset()
        kind = leaf.kept.calque.kind if leaf.kept else ""
        return {"source": _SOURCE, "query": _QUERY, "drawing": _DRAWING}.get(kind, _COMMON)

    def _show_current(self) -> None:
        leaf = self.filling.leaves.get(self.current())
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
        if item := self.tree.item_of(layer):
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
        self._stack.arrange(self.tree.in_order()[::-1])
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
