"""The rows of a calque as a model: their order at once, their contents when they come into sight."""

from collections import OrderedDict
from collections.abc import Sequence
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from typing_extensions import override

from beffroi.clock import to_datetime
from beffroi.layers.painting import worded
from beffroi.layers.table import MOMENTS, OWN_COLUMNS, Asked, Rids, cell, page, rows
from beffroi.observations import Observation, Observations, Order
from beffroi.text import _
from desktop.kit.tasks import Tasks

PAGE = 100
KEPT_PAGES = 60
_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TableModel(QAbstractTableModel):
    """Asks for rows away from the main thread; a cell that is not here yet shows an ellipsis."""

    settled = Signal()
    """The order has come: `rids` is up to date."""
    sort_asked = Signal(object)
    """Another `Order`."""

    def __init__(
        self, tasks: Tasks, observations: Observations, zone: ZoneInfo, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tasks, self._observations, self._zone = tasks, observations, zone
        self._asked: Asked | None = None
        self._turn = 0
        self.columns: list[str] = []
        self.rids: Rids = np.zeros(0, np.int64)
        self._pages: OrderedDict[int, dict[int, Observation]] = OrderedDict()
        self._coming: set[int] = set()
        self._wanted: list[int] = []
        self._calm = QTimer(self, singleShot=True, interval=20)
        self._calm.timeout.connect(self._read_pages)

    # What is shown -------------------------------------------------------------------------------

    def show(self, asked: Asked, columns: Sequence[str]) -> None:
        """Show other rows; what was shown stays until their order is known."""
        self._asked = asked
        self._turn += 1
        if list(columns) != self.columns:
            self.beginResetModel()
            self.columns, self.rids = list(columns), np.zeros(0, np.int64)
            self._forget()
            self.endResetModel()
        work = partial(rows, self._observations, asked)
        self._tasks.run(work, partial(self._ordered, self._turn))

    def _ordered(self, turn: int, rids: Rids) -> None:
        if turn != self._turn:
            return
        self._forget()
        if len(rids) == len(self.rids):
            self.rids = rids
            self._redraw(0, len(rids) - 1)
        else:
            self.beginResetModel()
            self.rids = rids
            self.endResetModel()
        self.settled.emit()

    def _forget(self) -> None:
        self._pages.clear()
        self._coming.clear()
        self._wanted.clear()

    def row_of(self, rid: int) -> int:
        """The row of an observation, -1 when it is not in the table."""
        found = np.flatnonzero(self.rids == rid)
        return int(found[0]) if len(found) else -1

    def observation(self, row: int) -> Observation | None:
        """What stands in a row, None while it is not here."""
        at = row // PAGE
        if at not in self._pages:
            self._want(at)
            return None
        self._pages.move_to_end(at)
        return self._pages[at].get(int(self.rids[row]))

    # Pages ---------------------------------------------------------------------------------------

    def _want(self, at: int) -> None:
        if at not in self._coming:
            self._coming.add(at)
            self._wanted.append(at)
            if not self._calm.isActive():
                self._calm.start()

    def _read_pages(self) -> None:
        wanted, self._wanted = self._wanted[-3:], []  # what was only scrolled over is let go
        self._coming &= set(wanted)
        for at in wanted:
            rids = [int(rid) for rid in self.rids[at * PAGE : (at + 1) * PAGE]]
            work = partial(page, self._observations, rids)
            self._tasks.run(work, partial(self._came, self._turn, at))

    def _came(self, turn: int, at: int, found: dict[int, Observation]) -> None:
        if turn != self._turn or at not in self._coming:
            return
        self._coming.discard(at)
        self._pages[at] = found
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)
        self._redraw(at * PAGE, min(len(self.rids), (at + 1) * PAGE) - 1)

    def _redraw(self, first: int, last: int) -> None:
        if last >= first and self.columns:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    # What Qt asks --------------------------------------------------------------------------------

    @override
    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.rids)

    @override
    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        name = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return _(OWN_COLUMNS[name]) if name in OWN_COLUMNS else name
        return None

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (
            Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.TextAlignmentRole,
        ):  # fmt: skip
            return None
        found = self.observation(index.row())
        if found is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole else None
        value = cell(found, self.columns[index.column()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            number = isinstance(value, int | float) and not isinstance(value, bool)
            return _RIGHT if number else None
        return self.words(self.columns[index.column()], value)

    def words(self, column: str, value: Any) -> str:
        """A value as it is read: moments in the workspace's zone, numbers with a decimal comma."""
        if column in MOMENTS:
            return f"{to_datetime(value, self._zone):%d/%m/%Y %H:%M:%S}" if value else ""
        return worded(value)

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(self.columns):
            down = order == Qt.SortOrder.DescendingOrder
            self.sort_asked.emit(Order(self.columns[column], down))
