"""The tracks as rows: what each is called, what its position is worth, how fast it goes."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from beffroi.text import N_, _
from beffroi.tracks.following import Moving
from beffroi.tracks.state import TrackState
from desktop.kit.theme import Theme
from desktop.tracks import words

NAME, STATE, SPEED = range(3)
_HEADS = (N_("Piste"), N_("Position"), N_("Vitesse"))
_ICONS = {
    TrackState.LIVE: ("current-location", "accent"),
    TrackState.STALE: ("alert-triangle", "warning"),
    TrackState.LOST: ("alert-octagon", "danger"),
}
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class TrackModel(QAbstractTableModel):
    """Rows are `Moving`; a row stays where it is while the same tracks move."""

    def __init__(self, theme: Theme, zone: Callable[[str], ZoneInfo]) -> None:
        super().__init__()
        self._theme = theme
        self._zone = zone
        self.rows: list[Moving] = []

    def show(self, moving: list[Moving]) -> None:
        """Show these tracks."""
        same = [one.uid for one in moving] == [one.uid for one in self.rows]
        if not same:
            self.beginResetModel()
        self.rows = moving
        if not same:
            self.endResetModel()
        elif moving:
            self.dataChanged.emit(self.index(0, 0), self.index(len(moving) - 1, SPEED))

    def row_of(self, uid: str) -> int:
        """The row of a track, -1 when it is not there."""
        return next((n for n, one in enumerate(self.rows) if one.uid == uid), -1)

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return len(_HEADS)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _(_HEADS[section])
        return None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        one, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._said(one, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return words.state(one, self._zone(one.uid))
        if role == Qt.ItemDataRole.DecorationRole and column == NAME:
            return self._theme.icon(*_ICONS[one.state])
        if role == Qt.ItemDataRole.ForegroundRole and column == STATE:
            ink = {"stale": "warning", "lost": "danger"}.get(one.state, "muted")
            return self._theme.color(ink)
        if role == Qt.ItemDataRole.FontRole and column == NAME and one.setup is not None:
            return self._theme.font(bold=True)
        if role == Qt.ItemDataRole.TextAlignmentRole and column == SPEED:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _said(self, one: Moving, column: int) -> str:
        if column == NAME:
            return one.callsign
        if column == SPEED:
            known = one.speed is not None and one.state is TrackState.LIVE
            return f"{(one.speed or 0) * 3.6:.0f}\u00a0km/h" if known else ""
        return words.brief(one)
