"""The layers of a file or of a service: the present one is shown, the ticked ones will be added."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from beffroi.text import _, ngettext, number
from desktop.kit.pieces import words
from desktop.kit.theme import Theme
from desktop.sources.finding import Part

_FEW = 8


class PartsList(QWidget):
    """Hidden while there is only one thing to read."""

    shown = Signal(object)
    """This `Part` is to be previewed."""
    ticked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: dict[str, Part] = {}
        self.title = words("", role="section")
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(_("Filtrer les couches"))
        self.search.setAccessibleName(_("Filtrer les couches"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("Couches"))
        self.list.setProperty("surface", "card")
        self.list.currentItemChanged.connect(lambda item, _before: self._present(item))
        self.list.itemChanged.connect(lambda _item: self.ticked.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self.title)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        self.hide()

    def show_parts(self, parts: Sequence[Part], present: str) -> None:
        """Show these; the present one is ticked.  The same parts again change nothing."""
        known = {part.id: part for part in parts}
        if known.keys() != self._parts.keys():
            self._fill(parts, present)
        self._parts = known
        self.setVisible(len(parts) > 1)

    def _fill(self, parts: Sequence[Part], present: str) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for part in parts:
            said = part.title if part.count is None else f"{part.title} ({number(part.count)})"
            item = QListWidgetItem(said, self.list)
            item.setData(Qt.ItemDataRole.UserRole, part.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = part.id == present
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            if on:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self.search.clear()
        self.search.setVisible(len(parts) > _FEW)
        said = ngettext("{n} couche\u00a0:", "{n} couches, cochez ce qu’il faut\u00a0:", len(parts))
        self.title.setText(said.format(n=len(parts)))

    def _present(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        part = self._parts.get(str(item.data(Qt.ItemDataRole.UserRole)))
        if part is not None:
            self.shown.emit(part)

    def _filter(self, text: str) -> None:
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(text.casefold() not in item.text().casefold())

    def wanted(self) -> list[Part]:
        """What is ticked, in the order shown."""
        rows = (self.list.item(row) for row in range(self.list.count()))
        ids = [
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in rows
            if item.checkState() == Qt.CheckState.Checked
        ]
        return [self._parts[one] for one in ids if one in self._parts]
