"""The tree of layers: shown or not, in what order, how transparent, and what they look like."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from beffroi.layers.catalogue import catalogue, groups
from beffroi.logbook.entry import GRAVITY_WORDS
from beffroi.taxonomy import Taxonomy
from beffroi.text import _
from desktop.kit.stack import ENTRIES, LABELS, Stack
from desktop.kit.theme import Theme
from desktop.layers.swatches import domain_symbol, entry_symbol, swatch
from desktop.layers.tree import LayersTree

_LAYER = Qt.ItemDataRole.UserRole


class LayersPanel(QWidget):
    """What the dock "layers" holds: the highest layer first, in groups."""

    def __init__(self, state: Stack, theme: Theme, taxonomy: Taxonomy, zone: ZoneInfo) -> None:
        super().__init__()
        self._taxonomy = taxonomy
        self._zone = zone
        self._moment = ""
        self._state = state
        self._specs = {spec.id: spec for spec in catalogue()}
        self._theme = theme
        self._keys: list[QTreeWidgetItem] = []
        self.tree = LayersTree(self)
        self.tree.setAccessibleName(_("Calques"))
        self.tree.setIconSize(QSize(18, 18))
        self.tree.itemChanged.connect(self._checked)
        self.tree.currentItemChanged.connect(lambda *_items: self._show_current())
        self.tree.dropped.connect(self._arranged)
        self.opacity = QSlider(Qt.Orientation.Horizontal, self)
        self.opacity.setRange(10, 100)
        self.opacity.setPageStep(10)
        self.opacity.setAccessibleName(_("Opacité du calque"))
        self.opacity.valueChanged.connect(self._fade)
        self._percent = QLabel(self)
        self._source = QLabel(self)
        self._source.setWordWrap(True)
        self._source.setObjectName("muted")
        self._source.setTextFormat(Qt.TextFormat.PlainText)
        self._reset = QPushButton(_("Rétablir les calques"), self)
        self._reset.clicked.connect(self._restore)
        self._lay_out()
        self._fill()
        for key, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(key), self.tree)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda s=step: self.move_current(s))
        theme.changed.connect(self._fill)
        self.setFocusProxy(self.tree)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(QLabel(_("Opacité"), self))
        row.addWidget(self.opacity, 1)
        row.addWidget(self._percent)
        foot = QVBoxLayout()
        foot.setContentsMargins(10, 6, 10, 8)
        foot.setSpacing(6)
        foot.addLayout(row)
        foot.addWidget(self._source)
        foot.addWidget(self._reset)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tree, 1)
        layout.addLayout(foot)

    # filling

    def _fill(self) -> None:
        chosen = self.current()
        with QSignalBlocker(self.tree):
            self.tree.clear()
            self._keys.clear()
            branches = {group.id: self._branch(group.title) for group in groups()}
            top = self._branch(_("Main courante"))
            self.tree.addTopLevelItem(top)
            for group in self._groups_by_height():
                self.tree.addTopLevelItem(branches[group])
            for layer in reversed(self._state.order):
                parent = branches[self._group(layer)] if self._group(layer) else top
                self._leaf(parent, layer)
            self.tree.expandAll()
            for key in self._keys:
                key.setExpanded(False)
            self._count_branches()
        self.select(chosen or ENTRIES)
        self._show_current()

    def _groups_by_height(self) -> list[str]:
        """Groups, the one whose highest layer is highest first."""
        seen: list[str] = []
        for layer in reversed(self._state.order):
            group = self._group(layer)
            if group and group not in seen:
                seen.append(group)
        return seen

    def _group(self, layer: str) -> str:
        if layer == LABELS:
            return "basemap"
        return self._specs[layer].group if layer in self._specs else ""

    def _branch(self, title: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([title])
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDropEnabled)
        item.setFont(0, self._theme.font("small", bold=True))
        return item

    def _leaf(self, parent: QTreeWidgetItem, layer: str) -> None:
        spec = self._specs.get(layer)
        titles = {ENTRIES: _("Entrées"), LABELS: _("Noms de lieux")}
        item = QTreeWidgetItem(parent, [titles.get(layer) or self._title(layer)])
        item.setData(0, _LAYER, layer)
        flag = Qt.ItemFlag
        item.setFlags(
            flag.ItemIsEnabled
            | flag.ItemIsSelectable
            | flag.ItemIsUserCheckable
            | flag.ItemIsDragEnabled
        )
        shown = self._state[layer].visible
        item.setCheckState(0, Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
        icon = {ENTRIES: "message-2", LABELS: "text-size"}.get(layer)
        item.setIcon(
            0,
            swatch(spec, self._theme, self.devicePixelRatioF())
            if spec
            else self._theme.icon(icon or "stack-2"),
        )
        item.setToolTip(0, self._hint(layer))
        if layer == ENTRIES:
            self._explain_entries(item)

    def _title(self, layer: str) -> str:
        """The name of a layer, with the moment it is drawn for when only what then holds is drawn."""
        spec = self._specs[layer]
        if not (self._moment and spec.style.get("from_field")):
            return spec.title
        return f"{spec.title} ({self._moment})"

    def set_moment(self, moment: int) -> None:
        """The map now shows this moment (UTC ms)."""
        when = datetime.fromtimestamp(moment / 1000, UTC).astimezone(self._zone)
        self._moment = f"{when:%d/%m, %H:%M}"
        with QSignalBlocker(self.tree):
            for item in self._leaves():
                if (layer := str(item.data(0, _LAYER))) in self._specs:
                    item.setText(0, self._title(layer))

    def _explain_entries(self, parent: QTreeWidgetItem) -> None:
        """The key of the symbols: shape and number for gravity, colour for the theme."""
        ratio, dark = self.devicePixelRatioF(), self._theme.dark
        gravity = self._key(parent, _("Gravité (forme et chiffre)"))
        for level, words in enumerate(GRAVITY_WORDS):
            row = self._key_row(gravity, f"{level}  {_(words)}")
            row.setIcon(0, entry_symbol(level, self._theme, ratio))
        themes = self._key(parent, _("Thème (couleur)"))
        for tag in (tag for tag in self._taxonomy.all() if "." not in tag.code):
            row = self._key_row(themes, tag.label)
            row.setIcon(0, domain_symbol(tag.dark if dark else tag.colour, self._theme, ratio))

    def _key(self, parent: QTreeWidgetItem, title: str) -> QTreeWidgetItem:
        item = self._key_row(parent, title)
        self._keys.append(item)
        return item

    def _key_row(self, parent: QTreeWidgetItem, title: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(parent, [title])
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        return item

    def _hint(self, layer: str) -> str:
        spec = self._specs.get(layer)
        if spec and spec.style.get("from_field"):
            return _("Ne montre que ce qui est en vigueur au moment affiché par la carte")
        if spec is None or not spec.min_zoom:
            return _("Glisser, ou Alt+↑ et Alt+↓, pour changer l’ordre")
        return _("Visible à partir du zoom {zoom}").format(
            zoom=f"{spec.min_zoom:g}".replace(".", ",")
        )

    def _count_branches(self) -> None:
        for i in range(self.tree.topLevelItemCount()):
            branch = self.tree.topLevelItem(i)
            if branch is None:
                continue
            leaves = _children(branch)
            shown = sum(leaf.checkState(0) == Qt.CheckState.Checked for leaf in leaves)
            branch.setText(1, f"{shown}/{len(leaves)}")
            branch.setTextAlignment(1, Qt.AlignmentFlag.AlignRight)

    # what is chosen

    def current(self) -> str:
        """The layer the slider is about."""
        item = self.tree.currentItem()
        return str(item.data(0, _LAYER) or "") if item else ""

    def select(self, layer: str) -> None:
        """Choose a layer."""
        for item in self._leaves():
            if item.data(0, _LAYER) == layer:
                self.tree.setCurrentItem(item)

    def _leaves(self) -> list[QTreeWidgetItem]:
        found = self.tree.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
        return [item for item in found if item.data(0, _LAYER)]

    def _show_current(self) -> None:
        layer = self.current()
        self.opacity.setEnabled(bool(layer))
        spec = self._specs.get(layer)
        self._source.setText(f"{spec.attribution} – {spec.licence}" if spec else "")
        if layer:
            with QSignalBlocker(self.opacity):
                self.opacity.setValue(round(self._state[layer].opacity * 100))
        self._percent.setText(f"{self.opacity.value()}\u202f%")

    # what is asked

    def _checked(self, item: QTreeWidgetItem, column: int) -> None:
        layer = item.data(0, _LAYER)
        if layer and column == 0:
            self._state.show(layer, item.checkState(0) == Qt.CheckState.Checked)
            with QSignalBlocker(self.tree):
                self._count_branches()

    def _fade(self, percent: int) -> None:
        self._percent.setText(f"{percent}\u202f%")
        if layer := self.current():
            self._state.fade(layer, percent / 100)

    def _arranged(self) -> None:
        self._state.arrange([str(item.data(0, _LAYER)) for item in reversed(self._in_order())])
        self._fill()

    def _in_order(self) -> list[QTreeWidgetItem]:
        branches = [self.tree.topLevelItem(i) for i in range(self.tree.topLevelItemCount())]
        return [leaf for branch in branches if branch for leaf in _children(branch)]

    def move_current(self, step: int) -> None:
        """Raise (-1) or lower (1) the chosen layer among those of its group."""
        item = self.tree.currentItem()
        branch = item.parent() if item else None
        if item is None or branch is None:
            return
        at = branch.indexOfChild(item)
        if 0 <= at + step < branch.childCount():
            with QSignalBlocker(self.tree):
                branch.removeChild(item)
                branch.insertChild(at + step, item)
                self.tree.setCurrentItem(item)
            self._arranged()

    def _restore(self) -> None:
        self._state.reset()
        self._fill()


def _children(branch: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    leaves = (branch.child(k) for k in range(branch.childCount()))
    return [leaf for leaf in leaves if leaf is not None]
