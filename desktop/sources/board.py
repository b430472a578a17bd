"""The dock « Sources »: all of them in one table, what is wrong said with its remedy."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QMenu,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from beffroi.text import _
from desktop.api import Desk
from desktop.kit.empty import EmptyState
from desktop.sources import board_model as columns
from desktop.sources.board_filters import BoardFilters
from desktop.sources.board_foot import BoardFoot
from desktop.sources.board_model import STANDING, BoardFilter, BoardModel
from desktop.sources.board_paint import BoardPaint
from desktop.sources.shelf import Shelf
from desktop.sources.standing import Standing

DOCK = "sources"
_TICK_MS = 5_000
WIDTHS = {
    columns.STATE: 112, columns.SOURCE: 240, columns.FRESH: 108, columns.LAG: 76,
    columns.VOLUME: 92, columns.COUNT: 60, columns.NEXT: 104, columns.FAMILY: 140,
    columns.RELIABILITY: 70, columns.OWNER: 160,
}  # fmt: skip
ACTS = (
    "sources.retry", "sources.suspend", "sources.edit", "sources.layer", "sources.data",
    "sources.remove",
)  # fmt: skip


class Board(QWidget):
    """Filters, the table, and what can be done with what is chosen."""

    add_asked = Signal()
    removal_sure = Signal(object)

    def __init__(self, desk: Desk, shelf: Shelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme, clock = desk.theme, desk.node.clock
        self._desk = desk
        self._shelf = shelf
        self._last: list[Callable[[], None]] = []
        self.filters = BoardFilters(theme, self)
        self.model = BoardModel(desk.node, desk.link, self)
        self.shown = BoardFilter(self)
        self.shown.setSourceModel(self.model)
        self.table = self._make_table()
        self.foot = BoardFoot(theme, clock, self)
        self.empty = EmptyState(theme)
        self.empty.asked.connect(self.add_asked)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self._pages, 1)
        column.addWidget(self.foot)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self.model.tick)
        self.filters.changed.connect(self._narrow)
        self.filters.add_asked.connect(self.add_asked)
        self.foot.removal_sure.connect(self.removal_sure)
        shelf.changed.connect(self._show)
        self.setFocusProxy(self.table)
        self._show()

    def _make_table(self) -> QTableView:
        theme = self._desk.theme
        table = QTableView(self)
        table.setModel(self.shown)
        table.setItemDelegate(BoardPaint(theme, table))
        table.setSortingEnabled(True)
        table.sortByColumn(columns.STATE, Qt.SortOrder.AscendingOrder)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._menu)
        table.setAccessibleName(_("Sources"))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.px(42))
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        table.horizontalHeader().setStretchLastSection(True)
        for column, width in WIDTHS.items():
            table.setColumnWidth(column, theme.px(width))
        table.selectionModel().selectionChanged.connect(lambda _new, _old: self._chosen())
        table.doubleClicked.connect(lambda _index: self._desk.commands.run("sources.edit"))
        return table

    # What is shown

    def _show(self) -> None:
        self.model.show(self._shelf.standings)
        self.shown.invalidate()
        self.filters.count(self._shelf.standings)
        self._say_empty()
        self._chosen()

    def _narrow(self, text: str, family: str, health: str) -> None:
        self.shown.narrow(text=text, family=family, health=health)
        self._say_empty()

    def _say_empty(self) -> None:
        self._pages.setCurrentIndex(0 if self.shown.rowCount() else 1)
        if not self._shelf.loaded:
            self.empty.say("hourglass", _("Lecture des sources…"), "")
        elif not self._shelf.standings:
            self.empty.say(
                "antenna",
                _("Aucune source"),
                _("Déposez un fichier sur la carte, ou collez une adresse (Ctrl+V)."),
                _("Ajouter une source…"),
            )
        else:
            self.empty.say(
                "filter-off", _("Aucune source ne répond à ces filtres"), _("Élargissez-les.")
            )

    @property
    def chosen(self) -> list[Standing]:
        """The sources chosen, in the order shown."""
        rows = self.table.selectionModel().selectedRows(columns.STATE)
        return [row.data(STANDING) for row in sorted(rows, key=lambda row: row.row())]

    def choose(self, uids: Sequence[str]) -> None:
        """Choose these sources, those that the filters show."""
        selection = self.table.selectionModel()
        selection.clearSelection()
        flag = QItemSelectionModel.SelectionFlag
        for row in range(self.shown.rowCount()):
            index = self.shown.index(row, columns.STATE)
            if index.data(STANDING).uid in uids:
                selection.setCurrentIndex(index, flag.Select | flag.Rows)

    def _chosen(self) -> None:
        self.foot.show_chosen(self.chosen)

    def _menu(self, at: QPoint) -> None:
        if not self.chosen:
            return
        commands = self._desk.commands
        menu = QMenu(self)
        for command_id in ACTS:
            menu.addAction(commands.entry(commands[command_id], menu))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.table.viewport().mapToGlobal(at))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is to spare goes to the names and to what is wrong."""
        super().resizeEvent(event)
        px = self._desk.theme.px
        others = sum(px(width) for column, width in WIDTHS.items() if column != columns.SOURCE)
        room = self.table.viewport().width() - others
        self.table.setColumnWidth(columns.SOURCE, max(px(WIDTHS[columns.SOURCE]), room))

    def on_shut(self, act: Callable[[], None]) -> None:
        """Do this when the desk closes."""
        self._last.append(act)

    def shut(self) -> None:
        """The desk closes."""
        for act in self._last:
            act()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick.start()
        self.model.tick()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()
