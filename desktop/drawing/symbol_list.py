"""The symbols of a set: searched by name, family after family, favourites and recent ones first."""

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from beffroi.layers.drawing import sidc, symbols
from beffroi.layers.drawing.symbols import SetName, Symbol
from beffroi.text import _
from desktop.drawing.pen import Pen
from desktop.drawing.pictures import Pictures
from desktop.kit.theme import Theme

_KEY = Qt.ItemDataRole.UserRole


class _Cell(QListWidgetItem):
    """A symbol whose picture is drawn when somebody sees it."""

    def __init__(self, title: str, key: str, pictures: Pictures) -> None:
        super().__init__(title)
        self._key, self._pictures = key, pictures

    @override
    def data(self, role: int) -> object:
        if role == Qt.ItemDataRole.DecorationRole:
            return self._pictures.icon(self._key)
        return self._key if role == _KEY else super().data(role)


class SymbolList(QWidget):
    """Shows and asks: Enter or a click chooses, a right click makes a favourite."""

    chosen = Signal(str)
    """The key of a symbol."""

    def __init__(
        self, theme: Theme, pictures: Pictures, pen: Pen, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pictures = pictures
        self._pen = pen
        self._set: SetName = "civil"
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(_("Chercher un symbole\u00a0: PMA, source, canadair…"))
        self.field.setClearButtonEnabled(True)
        self.field.setAccessibleName(_("Chercher un symbole"))
        self.field.textChanged.connect(lambda _text: self.fill())
        self.field.returnPressed.connect(self._first)
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("Symboles"))
        self.list.setViewMode(QListWidget.ViewMode.IconMode)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setMovement(QListWidget.Movement.Static)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._choose)
        self.list.itemActivated.connect(self._choose)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._menu)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        theme.changed.connect(self._dress)
        pictures.arrived.connect(self.list.viewport().update)
        self._dress()

    def show_set(self, name: SetName) -> None:
        """Show another set; nothing when it is shown already."""
        if name != self._set or not self.list.count():
            self._set = name
            self.fill()

    def fill(self) -> None:
        """Favourites and recent symbols come first while nothing is sought."""
        self.list.clear()
        asked = self.field.text().strip()
        if self._set == "app6" and sidc.is_code(asked):
            self._add_key(f"app6:{asked}", symbols.title_of(f"app6:{asked}"), _("code saisi"))
        found = symbols.search(self._set, asked)
        first = [] if self.field.text() else self._liked()
        for symbol in [*first, *(s for s in found if s not in first)]:
            self._add(symbol)

    def _liked(self) -> list[Symbol]:
        keys = dict.fromkeys([*self._pen.favourites, *self._pen.recent])
        known = (symbols.find(key) for key in keys)
        return [symbol for symbol in known if symbol is not None and symbol.set == self._set]

    def _add(self, symbol: Symbol) -> None:
        star = "★ " if symbol.key in self._pen.favourites else ""
        self._add_key(symbol.key, star + symbol.title, symbol.family.title)

    def _add_key(self, key: str, title: str, family: str) -> None:
        item = _Cell(title, key, self._pictures)
        item.setSizeHint(self.list.gridSize())
        item.setToolTip(f"{title} — {family}")
        self.list.addItem(item)

    def _first(self) -> None:
        if self.list.count():
            self.list.setCurrentRow(0)
            self._choose(self.list.item(0))

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(str(item.data(_KEY)))

    def _menu(self, at: QPoint) -> None:
        item = self.list.itemAt(at)
        if item is None:
            return
        key = str(item.data(_KEY))
        liked = key in self._pen.favourites
        menu = QMenu(self.list)
        words = _("Retirer des favoris") if liked else _("Ajouter aux favoris")
        menu.addAction(self._theme.icon("star"), words, lambda: self._favour(key, not liked))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.list.mapToGlobal(at))

    def _favour(self, key: str, on: bool) -> None:
        self._pen.favour(key, on)
        self.fill()

    def _dress(self) -> None:
        side = self._theme.px(36)
        self.list.setIconSize(QSize(side, side))
        self.list.setFont(self._theme.font("tiny"))
        self._lay_out_grid()

    def _lay_out_grid(self) -> None:
        """As many columns as fit, sharing the whole width; three lines of words under a picture."""
        width = max(self.list.viewport().width() - self._theme.px(4), self._theme.px(92))
        columns = max(1, width // self._theme.px(96))
        lines = 3 * self.list.fontMetrics().lineSpacing()
        cell = QSize(width // columns, self._theme.px(46) + lines)
        if cell != self.list.gridSize():
            self.list.setGridSize(cell)
            for row in range(self.list.count()):
                self.list.item(row).setSizeHint(cell)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out_grid()
