"""The scrolling list itself: fixed rows, a floating day, a place that stays put while entries come.

QTableView was chosen by measurement on a million rows: 2 ms to open and 2 ms to take a new row at
the top, where QListView needs 2 s for either; and screen readers know it.
"""

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget
from typing_extensions import override

from desktop.kit.theme import Theme
from desktop.logbook.delegate import RowDelegate
from desktop.logbook.floating import DayBand, NewPill
from desktop.logbook.model import EntryListModel

Index = QModelIndex | QPersistentModelIndex
MOST_SELECTED = 500
_SELECT = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


class EntryListView(QTableView):
    """Shows the model; says which entries are chosen."""

    chosen_changed = Signal()
    opened = Signal(int)
    """Enter or double click on an entry (rid)."""
    left = Signal()
    """Escape: back to where one came from."""

    def __init__(
        self, model: EntryListModel, delegate: RowDelegate, theme: Theme, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.entries = model
        self._theme = theme
        self._rows = delegate
        self._held: tuple[int | None, int, list[int], int | None] | None = None
        self.band = DayBand(self, theme)
        self.pill = NewPill(self)
        self._dress()
        self.setModel(model)
        self.pill.clicked.connect(self.to_newest)
        self.use(delegate)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.activated.connect(self._open)
        model.modelAboutToBeReset.connect(self._hold)
        model.modelReset.connect(self._restore)

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)

    def use(self, delegate: RowDelegate) -> None:
        """Paint rows another way, or again after the theme or the text size changed."""
        self._rows = delegate
        self.setItemDelegate(delegate)
        self.verticalHeader().setDefaultSectionSize(delegate.row_height())
        self.verticalScrollBar().setSingleStep(delegate.row_height())
        self.place_band()
        self.viewport().update()

    @property
    def rows_look(self) -> RowDelegate:
        """What paints the rows now."""
        return self._rows

    # --- what is chosen

    def chosen_rids(self) -> list[int]:
        """The selected entries, the current one first, then from the top; 500 at most."""
        rids: list[int] = []
        current = self.entries.rid_at(self.currentIndex().row())
        chosen = self.selectionModel().selection()
        for span in (chosen.at(i) for i in range(chosen.size())):
            for row in range(span.top(), min(span.bottom(), span.top() + MOST_SELECTED) + 1):
                rid = self.entries.rid_at(row)
                if rid is not None:
                    rids.append(rid)
        rids.sort(reverse=True)
        if current in rids:
            rids.remove(current)
            rids.insert(0, current)
        return rids[:MOST_SELECTED]

    def choose(self, rids: Sequence[int], *, scroll: bool = True) -> bool:
        """Select these entries, as far as they are in the list; says whether any was."""
        wanted = dict.fromkeys(rids)
        rows = [row for rid in wanted if (row := self.entries.row_of(rid)) is not None]
        if not rows:
            return False
        selection = QItemSelection()
        for row in rows:
            index = self.entries.index(row, 0)
            selection.select(index, index)
        first = self.entries.index(rows[0], 0)
        self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if scroll:
            self.scrollTo(first)
        return True

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.chosen_changed.emit()

    # --- keys

    @override
    def keyboardSearch(self, search: str) -> None:
        """No search by typing: it would read a million rows; letters are commands."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        key = event.key()
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End) and plain:
            self._jump(first=key == Qt.Key.Key_Home)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self._open(self.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def moveCursor(
        self, cursorAction: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Walk over the headings of days, which cannot be chosen."""
        index = super().moveCursor(cursorAction, modifiers)
        row = index.row()
        if row < 0 or self.entries.timeline.position(row) is not None:
            return index
        up = cursorAction in (
            QAbstractItemView.CursorAction.MoveUp,
            QAbstractItemView.CursorAction.MovePageUp,
        )
        return self.entries.index(row - 1 if up and row > 0 else row + 1, 0)

    def _jump(self, *, first: bool) -> None:
        rows = self.entries.timeline.rows
        if rows:
            self.setCurrentIndex(self.entries.index(1 if first else rows - 1, 0))

    def _open(self, index: Index) -> None:
        rid = self.entries.rid_at(index.row())
        if rid is not None:
            self.opened.emit(rid)

    # --- staying put

    @property
    def at_top(self) -> bool:
        """Whether the newest entry is in sight."""
        return self.verticalScrollBar().value() < self._rows.row_height()

    def to_newest(self) -> None:
        """Go to the top of the list."""
        self.verticalScrollBar().setValue(0)
        self.pill.clear()

    def top_row(self) -> int:
        """The first row in sight."""
        return self.rowAt(0)

    @override
    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        bar = self.verticalScrollBar()
        value, top, away = bar.value(), self.top_row(), not self.at_top
        super().rowsInserted(parent, start, end)
        if away and start <= top:
            self.updateGeometries()
            bar.setValue(value + (end - start + 1) * self._rows.row_height())
            self.pill.add(1)
        self.place_band()

    def _hold(self) -> None:
        top = self.top_row()
        rid = None
        if not self.at_top and top >= 0:
            rid = self.entries.rid_at(top) or self.entries.rid_at(top + 1)
        row = None if rid is None else self.entries.row_of(rid)
        offset = 0 if row is None else self.rowViewportPosition(row)
        current = self.entries.rid_at(self.currentIndex().row())
        self._held = (rid, offset, self.chosen_rids(), current)

    def _restore(self) -> None:
        if self._held is None:
            return
        rid, offset, chosen, current = self._held
        row = None if rid is None else self.entries.row_of(rid)
        self.updateGeometries()
        value = 0 if row is None else row * self._rows.row_height() - offset
        self.verticalScrollBar().setValue(value)
        if chosen:
            self.choose([current, *chosen] if current is not None else chosen, scroll=False)
        self.place_band()

    @override
    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a row into sight, below the floating day."""
        super().scrollTo(index, hint)
        covered = self.band.height() - self.rowViewportPosition(index.row())
        bar = self.verticalScrollBar()
        if covered > 0 and bar.value() > 0:
            bar.setValue(bar.value() - covered)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        # An opaque viewport lets Qt move what is painted and paint only the rows that come in.
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.color("panel"))
        painter.end()
        super().paintEvent(event)

    # --- the floating day

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place_band()

    def place_band(self) -> None:
        """Put the floating day and the pill where they belong."""
        line = self.entries.timeline
        top = self.top_row()
        block = line.block_of(top) if top >= 0 else -1
        height = self.band.wanted_height
        heading = top >= 0 and line.day_at(top) is not None
        shown = self.rowViewportPosition(top) + self._rows.row_height() if heading else 0
        self.band.say(self.entries.heading(line.days[block]) if block >= 0 else "")
        self.band.setVisible(block >= 0 and shown < height)
        self.band.setGeometry(0, 0, self.viewport().width(), height)
        self.pill.settle(self.viewport().rect().center().x(), self.band.height() + 8)

    def _scrolled(self, _value: int) -> None:
        self.place_band()
        if self.at_top:
            self.pill.clear()

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.band.raise_()
        self.pill.raise_()

    def row_point(self, row: int) -> QPoint:
        """The middle of a row, in the viewport."""
        return QPoint(
            self.viewport().width() // 2,
            self.rowViewportPosition(row) + self._rows.row_height() // 2,
        )
