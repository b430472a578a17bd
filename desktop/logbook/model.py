"""The list as Qt wants it: rows that are day headings or entries, read only when they are seen."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from beffroi.clock import Clock, to_datetime
from beffroi.ids import moment_of
from beffroi.logbook.entry import Entry
from desktop.logbook import timeline, wording
from desktop.logbook.beside import Beside
from desktop.logbook.faces import Face, face_of
from desktop.logbook.pages import PAGE, EntryPages
from desktop.logbook.timeline import Timeline

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = int(Qt.ItemDataRole.UserRole) + 1
FACE_ROLE = ENTRY_ROLE + 1
DAY_ROLE = ENTRY_ROLE + 2
UNREAD_ROLE = ENTRY_ROLE + 3
_FEW = 3
_NOWHERE = QModelIndex()


class EntryListModel(QAbstractTableModel):
    """One column; each row an entry or the heading of a day."""

    def __init__(
        self,
        pages: EntryPages,
        beside: Beside,
        clock: Clock,
        zone: ZoneInfo,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.pages = pages
        self._beside = beside
        self.timeline = timeline.empty(zone)
        self.by_event = False
        self._clock = clock
        self._zone = zone
        self._faces: dict[int, Face] = {}
        pages.arrived.connect(self._show_arrived)

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self.timeline.rows

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 1

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.timeline.position(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = index.row()
        position = self.timeline.position(row)
        if position is None:
            day = self.timeline.day_at(row)
            named = (DAY_ROLE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return self.heading(day) if day is not None and role in named else None
        rid = int(self.timeline.rids[position])
        if role == UNREAD_ROLE:
            return self.pages.is_unread(rid)
        entry = self.pages.get(rid)
        if entry is None:
            self._ask(position)
            return None
        match role:
            case r if r == ENTRY_ROLE:
                return entry
            case r if r == FACE_ROLE:
                return self._face(entry)
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                beside = self._beside.spoken(entry.uid, rid, entry.author)
                return (
                    f"{self._face(entry).spoken}, {beside}" if beside else self._face(entry).spoken
                )
            case Qt.ItemDataRole.ToolTipRole:
                return self._beside.spoken(entry.uid, rid, entry.author) or None
            case _:
                return None

    def heading(self, day: date) -> str:
        """How a day is named above its entries."""
        return wording.day_heading(day, to_datetime(self._clock.now(), self._zone).date())

    def entry_at(self, row: int) -> Entry | None:
        """The entry of a row, if it is one and at hand."""
        position = self.timeline.position(row)
        return None if position is None else self.pages.get(int(self.timeline.rids[position]))

    def rid_at(self, row: int) -> int | None:
        """The row id of the entry at `row`."""
        position = self.timeline.position(row)
        return None if position is None else int(self.timeline.rids[position])

    def row_of(self, rid: int) -> int | None:
        """The row of an entry, if it is in the list."""
        position = self.timeline.find(rid)
        return None if position is None else self.timeline.row(position)

    def show(self, line: Timeline, *, by_event: bool) -> None:
        """Show other entries, or the same in another order."""
        self.beginResetModel()
        self.timeline = line
        self.by_event = by_event
        self._faces.clear()
        self.endResetModel()

    def add(self, entries: Sequence[Entry]) -> None:
        """Entries that belong to the list have come."""
        new = [entry for entry in entries if self.timeline.find(entry.rid) is None]
        for entry in new:
            self._faces.pop(entry.rid, None)
        if len(new) <= _FEW:
            for entry in new:
                self._insert(entry)
            return
        rids = np.array([entry.rid for entry in new], np.int64)
        times = np.array([self._time(entry) for entry in new], np.int64)
        self.beginResetModel()
        self.timeline = self.timeline.with_entries(rids, times)
        self.endResetModel()

    def remove(self, rid: int) -> None:
        """An entry does not belong to the list any more."""
        position = self.timeline.find(rid)
        if position is None:
            return
        after = self.timeline.without(position)
        row = self.timeline.row(position)
        alone = len(after.firsts) < len(self.timeline.firsts)
        self.beginRemoveRows(_NOWHERE, row - 1 if alone else row, row)
        self.timeline = after
        self.endRemoveRows()

    def refresh(self, entry: Entry) -> None:
        """What is known of an entry has changed; it moves when its time did."""
        self._faces.pop(entry.rid, None)
        position = self.timeline.find(entry.rid)
        if position is None:
            return
        if int(self.timeline.times[position]) != self._time(entry):
            self.remove(entry.rid)
            self._insert(entry)
            return
        self._touch(self.timeline.row(position))

    def touch_all(self) -> None:
        """Paint again: read marks or the clock have changed."""
        if self.timeline.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self.timeline.rows - 1, 0))

    def _insert(self, entry: Entry) -> None:
        rid = np.array([entry.rid], np.int64)
        after = self.timeline.with_entries(rid, np.array([self._time(entry)], np.int64))
        position = after.find(entry.rid)
        if position is None:
            return
        row = after.row(position)
        new_day = len(after.firsts) > len(self.timeline.firsts)
        self.beginInsertRows(_NOWHERE, row - 1 if new_day else row, row)
        self.timeline = after
        self.endInsertRows()

    def _time(self, entry: Entry) -> int:
        return entry.event_time if self.by_event else moment_of(entry.rid)

    def _face(self, entry: Entry) -> Face:
        face = self._faces.get(entry.rid)
        if face is None:
            if len(self._faces) > PAGE * 20:
                self._faces.clear()
            face = self._faces[entry.rid] = face_of(
                entry, self._zone, by_entry_time=not self.by_event
            )
        return face

    def _ask(self, position: int) -> None:
        start = position // PAGE * PAGE
        self.pages.want(self.timeline.rids[start : start + PAGE].tolist())

    def _show_arrived(self, _rids: object) -> None:
        self.touch_all()

    def _touch(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, 0))
