"""The tags as a tree of ticks: a domain, or some of its subjects."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem
from typing_extensions import override

from beffroi.text import _
from desktop.kit.theme import Theme
from desktop.logbook import tag_look

_CODE = Qt.ItemDataRole.UserRole


class TagTree(QTreeWidget):
    """`changed` tells the codes ticked."""

    changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setHeaderHidden(True)
        self.setAccessibleName(_("Étiquettes"))
        self.setMinimumHeight(theme.px(84))
        self.setIndentation(theme.px(16))
        self.setIconSize(QSize(theme.px(14), theme.px(14)))
        domains: dict[str, QTreeWidgetItem] = {}
        for tag in tag_look.taxonomy().all():
            parent = domains.get(tag.domain)
            item = QTreeWidgetItem([tag.label])
            item.setData(0, _CODE, tag.code)
            item.setSizeHint(0, QSize(0, theme.px(24)))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(0, Qt.CheckState.Unchecked)
            if parent is None:
                domains[tag.domain] = item
                self.addTopLevelItem(item)
            else:
                parent.addChild(item)
        self.itemChanged.connect(self._ticked)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(170))

    def codes(self) -> list[str]:
        """The codes ticked."""
        return [
            str(item.data(0, _CODE))
            for item in self._items()
            if item.checkState(0) == Qt.CheckState.Checked
        ]

    def show_codes(self, codes: Iterable[str]) -> None:
        """Tick what the search asks for."""
        wanted = set(codes)
        self.blockSignals(True)
        for item in self._items():
            on = item.data(0, _CODE) in wanted
            item.setCheckState(0, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            if on and (parent := item.parent()) is not None:
                parent.setExpanded(True)
        self.blockSignals(False)

    def _items(self) -> Iterable[QTreeWidgetItem]:
        for row in range(self.topLevelItemCount()):
            domain = self.topLevelItem(row)
            if domain is not None:
                yield domain
                for place in range(domain.childCount()):
                    subject = domain.child(place)
                    if subject is not None:
                        yield subject

    def _ticked(self, _item: QTreeWidgetItem) -> None:
        self.changed.emit(self.codes())
