"""The classes of a style: what each holds, its words, its look; bounds can be written."""

import msgspec
from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from beffroi.layers.classing import numbers
from beffroi.layers.painting import class_words, figure
from beffroi.layers.style import Class, Look, Style
from beffroi.text import N_, _, number
from desktop.kit.swatch import Form, look_icon
from desktop.kit.theme import Theme

_HEADERS = (N_("Valeur"), N_("Libellé de la légende"), N_("Objets"))


class ClassList(QTableWidget):
    """One row a class, then « autres » ; the row chosen is the one whose look is shown."""

    chosen = Signal(int)
    """The place of a look among those of the style (0: others)."""
    changed = Signal(object)
    """The `Style`, with other words or bounds."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(0, len(_HEADERS), parent)
        self._theme = theme
        self._style = Style()
        self.setHorizontalHeaderLabels([_(words) for words in _HEADERS])
        self.setAccessibleName(_("Classes"))
        self.verticalHeader().setVisible(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setIconSize(QSize(18, 18))
        self.setShowGrid(False)
        self.setMinimumHeight(theme.px(170))
        head = self.horizontalHeader()
        for column, mode in enumerate(("Interactive", "Stretch", "ResizeToContents")):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode[mode])
        head.resizeSection(0, theme.px(150))
        self.itemSelectionChanged.connect(lambda: self.chosen.emit(self.place))
        self.itemChanged.connect(self._written)

    @property
    def place(self) -> int:
        """The place of the look that is chosen."""
        row = self.currentRow()
        return row + 1 if 0 <= row < len(self._style.classes) else 0

    def show_style(self, style: Style, counts: list[int], form: Form) -> None:
        """Show the classes of a style, and how many things each holds."""
        row = max(0, self.currentRow())
        self._style = style
        looks, ratio = style.looks(), self.devicePixelRatioF()
        with QSignalBlocker(self):
            self.setRowCount(len(style.classes) + style.others)
            for at, one in enumerate(style.classes):
                icon = look_icon(looks[at + 1], form, self._theme, ratio)
                self._row(at, _value(one), one.label or class_words(one), counts, at + 1)
                self._item(at, 0).setIcon(icon)
            if style.others:
                at = len(style.classes)
                self._row(at, _("Autres"), _("Autres"), counts, 0)
                self._item(at, 0).setIcon(look_icon(looks[0], form, self._theme, ratio))
                self._item(at, 0).setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                self._item(at, 1).setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            if self.rowCount():
                self.setCurrentCell(min(row, self.rowCount() - 1), 0)

    def _row(self, at: int, value: str, label: str, counts: list[int], place: int) -> None:
        count = number(counts[place]) if place < len(counts) else ""
        for column, text in enumerate((value, label, count)):
            self.setItem(at, column, QTableWidgetItem(text))
        last = self._item(at, 2)
        last.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        last.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _item(self, row: int, column: int) -> QTableWidgetItem:
        item = self.item(row, column)
        assert item is not None  # noqa: S101 - every cell is filled
        return item

    def _written(self, item: QTableWidgetItem) -> None:
        classes = list(self._style.classes)
        if item.row() >= len(classes):
            return
        one = classes[item.row()]
        if item.column() == 1:
            classes[item.row()] = msgspec.structs.replace(one, label=item.text().strip()[:200])
        elif one.value is not None:
            classes[item.row()] = msgspec.structs.replace(one, value=item.text())
        else:
            classes = _bounded(classes, item.row(), item.text())
        self.changed.emit(msgspec.structs.replace(self._style, classes=tuple(classes), method="manual"
                          if one.value is None else self._style.method))  # fmt: skip


def _value(one: Class) -> str:
    if one.value is not None:
        return one.value
    bounds = (figure(b) if b is not None else "…" for b in (one.low, one.high))
    return " – ".join(bounds)


def _bounded(classes: list[Class], row: int, text: str) -> list[Class]:
    """The classes with the bounds written in a row; its neighbours meet it."""
    written = [float(n) for n in numbers(text.replace("–", ";").replace("à", ";").split(";"))]
    if len(written) != 2 or not written[0] < written[1]:
        return classes
    low, high = written
    classes[row] = msgspec.structs.replace(classes[row], low=low, high=high)
    if row and (classes[row - 1].low or -1e300) < low:
        classes[row - 1] = msgspec.structs.replace(classes[row - 1], high=low)
    if row + 1 < len(classes) and high < (classes[row + 1].high or 1e300):
        classes[row + 1] = msgspec.structs.replace(classes[row + 1], low=high)
    return classes


def with_look(style: Style, place: int, look: Look) -> Style:
    """The style with another look at a place."""
    said = {name: getattr(look, name) for name in Look.__struct_fields__}
    if place == 0:
        return msgspec.structs.replace(style, **said)
    classes = list(style.classes)
    classes[place - 1] = msgspec.structs.replace(classes[place - 1], **said)
    return msgspec.structs.replace(style, classes=tuple(classes))
