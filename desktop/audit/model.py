"""Traces as rows: the first page at once, the next ones when someone scrolls to them."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from typing_extensions import override

from beffroi.access import trail_words
from beffroi.access.trace import Place, Trace, TracePage
from beffroi.text import N_, _
from desktop.audit import wording
from desktop.kit.tasks import Tasks
from desktop.kit.theme import Theme

COLUMNS = (
    N_("Heure"), N_("Compte"), N_("Poste"), N_("Poste de travail"), N_("Acte"), N_("Objet"),
    N_("Précisions"),
)  # fmt: skip
_Index = QModelIndex | QPersistentModelIndex
Read = Callable[[Place | None], TracePage]
_NONE = QModelIndex()


class TraceModel(QAbstractTableModel):
    """Knows the traces read so far; answers that come too late are dropped."""

    settled = Signal()
    """A page has come: `len(traces)` and `more` are up to date."""
    failed = Signal(object)
    """The traces could not be read (an exception)."""

    def __init__(self, tasks: Tasks, theme: Theme, zone: ZoneInfo, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._theme = theme
        self._zone = zone
        self._read: Read | None = None
        self._turn = 0
        self._reading = False
        self.traces: list[Trace] = []
        self.more = False

    def show(self, read: Read) -> None:
        """Start again with what `read` gives; what was shown stays until the first page is here."""
        self._read = read
        self._turn += 1
        self._reading = False
        self._ask(None)

    def _ask(self, after: Place | None) -> None:
        read, turn = self._read, self._turn
        if read is None or self._reading:
            return
        self._reading = True
        self._tasks.run(
            lambda: read(after),
            lambda page: self._came(turn, after, page),
            lambda error: self._broke(turn, error),
        )

    def _came(self, turn: int, after: Place | None, page: TracePage) -> None:
        if turn != self._turn:
            return
        self._reading = False
        self.more = page.more
        if after is None:
            self.beginResetModel()
            self.traces = list(page.traces)
            self.endResetModel()
        elif page.traces:
            first = len(self.traces)
            self.beginInsertRows(_NONE, first, first + len(page.traces) - 1)
            self.traces += page.traces
            self.endInsertRows()
        self.settled.emit()

    def _broke(self, turn: int, error: BaseException) -> None:
        if turn == self._turn:
            self._reading = False
            self.failed.emit(error)

    @override
    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.traces)

    @override
    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def canFetchMore(self, parent: _Index) -> bool:
        return not parent.isValid() and self.more and not self._reading

    @override
    def fetchMore(self, parent: _Index) -> None:
        if self.canFetchMore(parent) and self.traces:
            self._ask(self.traces[-1].place)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(COLUMNS[section])
        return None

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        trace = self.traces[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._said(trace, index.column())
            case Qt.ItemDataRole.ToolTipRole:
                return self._said(trace, index.column()) if index.column() >= 5 else None
            case Qt.ItemDataRole.ForegroundRole:
                return self._theme.color(_ink(trace, index.column()))
            case Qt.ItemDataRole.AccessibleTextRole:
                return wording.sentence(trace, self._zone)
            case _:
                return None

    def _said(self, trace: Trace, column: int) -> str:
        match column:
            case 0:
                return wording.moment(trace.at, self._zone)
            case 1:
                return trace.account
            case 2:
                return trace.post
            case 3:
                return trace.station
            case 4:
                return trail_words.act(trace.action)
            case 5:
                return trace.label or trace.object
            case _:
                return wording.details(trace)

    def redraw(self) -> None:
        """The colours changed."""
        if self.traces:
            last = self.index(len(self.traces) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


def _ink(trace: Trace, column: int) -> str:
    if trace.flaw:
        return "danger"
    if trace.action.endswith("refused"):
        return "warning"
    return "text" if column in (0, 1, 4, 5) else "muted"
