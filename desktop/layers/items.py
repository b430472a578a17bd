"""The items of the tree: branches, layers with their mark, the legend under them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QTreeWidgetItem

from beffroi.layers.painting import Line
from beffroi.layers.style import OTHERS, Look
from beffroi.logbook.entry import GRAVITY_WORDS
from beffroi.taxonomy import Taxonomy
from beffroi.text import _, number
from desktop.kit.stack import Shown
from desktop.kit.swatch import Form, look_icon
from desktop.kit.theme import Theme
from desktop.layers.branches import Branch, Leaf, kind_words
from desktop.layers.swatches import domain_symbol, entry_symbol, swatch
from desktop.layers.tree import GROUP, LAYER

_FORM = Qt.ItemDataRole.UserRole + 2
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Items:
    """Makes items in the theme's look."""

    def __init__(self, theme: Theme, taxonomy: Taxonomy, ratio: float) -> None:
        self._theme = theme
        self._taxonomy = taxonomy
        self._ratio = ratio

    def branch(self, branch: Branch) -> QTreeWidgetItem:
        """A group."""
        item = QTreeWidgetItem([branch.title])
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDropEnabled)
        item.setFont(0, self._theme.font("small", bold=True))
        item.setTextAlignment(1, _RIGHT)
        item.setData(0, GROUP, branch.title if branch.own else None)
        return item

    def leaf(
        self, parent: QTreeWidgetItem, leaf: Leaf, title: str, shown: Shown
    ) -> QTreeWidgetItem:
        """A layer."""
        item = QTreeWidgetItem(parent, [title])
        item.setData(0, LAYER, leaf.uid)
        flag = Qt.ItemFlag
        movable = flag.NoItemFlags if shown.locked else flag.ItemIsDragEnabled
        item.setFlags(
            flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsUserCheckable | movable
        )
        item.setCheckState(0, checked(shown.visible))
        self.mark(item, leaf, "point")
        item.setToolTip(0, self._hint(leaf))
        item.setTextAlignment(1, _RIGHT)
        self.lock(item, shown)
        return item

    def lock(self, item: QTreeWidgetItem, shown: Shown) -> None:
        """Say whether the layer is locked."""
        item.setIcon(1, self._theme.icon("lock") if shown.locked else QIcon())
        item.setToolTip(1, _("Calque verrouillé") if shown.locked else "")

    def mark(self, item: QTreeWidgetItem, leaf: Leaf, form: Form) -> None:
        """Draw beside the name what the layer looks like, as most of what it holds is drawn."""
        item.setIcon(0, self._mark(leaf, form))

    def _mark(self, leaf: Leaf, form: Form) -> QIcon:
        if leaf.spec:
            return swatch(leaf.spec, self._theme, self._ratio)
        if leaf.kept and leaf.kept.problem:
            return self._theme.icon("alert-triangle", "warning")
        if len(leaf.lines) == 1:
            return self.look(leaf.lines[0].look, form)
        return self._theme.icon(leaf.icon or "stack-2")

    def look(self, look: Look, form: Form) -> QIcon:
        """A look as the map draws it."""
        return look_icon(look, form, self._theme, self._ratio)

    def _hint(self, leaf: Leaf) -> str:
        if leaf.kept:
            return leaf.kept.problem or kind_words(leaf.kept)
        spec = leaf.spec
        if spec and spec.style.get("from_field"):
            return _("Ne montre que ce qui est en vigueur au moment affiché par la carte")
        if spec is None or not spec.min_zoom:
            return _("Glisser, ou Alt+↑ et Alt+↓, pour changer l’ordre")
        return _("Visible à partir du zoom {zoom}").format(
            zoom=f"{spec.min_zoom:g}".replace(".", ",")
        )

    def legend(
        self, parent: QTreeWidgetItem, lines: Sequence[Line], counts: Sequence[int], form: Form
    ) -> None:
        """What each look of a calque means, and how many things have it; « autres » when there are."""
        shown = [line for line in lines if line.place != OTHERS or _some(counts)]
        shown = shown if len(lines) > 1 else []
        if parent.childCount() != len(shown) or parent.data(1, _FORM) != form:
            parent.takeChildren()
            parent.setData(1, _FORM, form)
            for line in shown:
                row = self.key_row(parent, line.words)
                row.setIcon(0, self.look(line.look, form))
                row.setTextAlignment(1, _RIGHT)
        for at, line in enumerate(shown):
            row_shown = parent.child(at)
            if row_shown is not None and line.place < len(counts):
                row_shown.setText(1, number(int(counts[line.place])))

    def explain_entries(self, parent: QTreeWidgetItem) -> list[QTreeWidgetItem]:
        """The key of the symbols: shape and number for gravity, colour for the theme."""
        gravity = self.key_row(parent, _("Gravité (forme et chiffre)"))
        for level, words in enumerate(GRAVITY_WORDS):
            row = self.key_row(gravity, f"{level}  {_(words)}")
            row.setIcon(0, entry_symbol(level, self._theme, self._ratio))
        themes = self.key_row(parent, _("Thème (couleur)"))
        for tag in (tag for tag in self._taxonomy.all() if "." not in tag.code):
            colour = tag.dark if self._theme.dark else tag.colour
            row = self.key_row(themes, tag.label)
            row.setIcon(0, domain_symbol(colour, self._theme, self._ratio))
        return [gravity, themes]

    def key_row(self, parent: QTreeWidgetItem, words: str) -> QTreeWidgetItem:
        """A line of a legend: it is read, not chosen."""
        item = QTreeWidgetItem(parent, [words])
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        return item


def _some(counts: Sequence[int]) -> bool:
    """Whether something falls in no class, as far as is known."""
    return not counts or counts[OTHERS] > 0


def checked(visible: bool) -> Qt.CheckState:
    """The state of a layer's box."""
    return Qt.CheckState.Checked if visible else Qt.CheckState.Unchecked
