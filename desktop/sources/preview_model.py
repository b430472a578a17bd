"""The first records as a table: their position, then their fields under the source's names."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from beffroi.clock import PARIS, to_datetime
from beffroi.plugin import Record, Scalar
from beffroi.sources import words
from beffroi.text import N_, _
from desktop.sources.finding import positions

_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_LONGEST = 300
POSITION = ""
"""The name of the first column."""
GIVEN = {"@id": "id", "@title": "title", "@time": "time"}
"""Columns of what the format itself says, by the role that no field plays then."""
_LEADING = ("id", "title", "time", "until", "severity", "lon", "lat")
SHAPES = {
    "Point": N_("point"),
    "MultiPoint": N_("points"),
    "LineString": N_("ligne"),
    "MultiLineString": N_("lignes"),
    "Polygon": N_("surface"),
    "MultiPolygon": N_("surfaces"),
    "GeometryCollection": N_("formes"),
}


class PreviewModel(QAbstractTableModel):
    """Rows are records; the role of a column is told apart by the header."""

    def __init__(self, zone: ZoneInfo = PARIS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self.records: Sequence[Record] = ()
        self.columns: tuple[str, ...] = ()
        self.roles: dict[str, str] = {}

    def show(
        self, records: Sequence[Record], columns: Sequence[str], roles: Mapping[str, str]
    ) -> None:
        """Show these; `roles` maps a role to its column."""
        self.beginResetModel()
        self.records = records
        leading = [roles[role] for role in _LEADING if roles.get(role) in columns]
        given = [
            name for name, role in GIVEN.items() if role not in roles and _is_given(records, role)
        ]
        self.columns = (POSITION, *dict.fromkeys((*given, *leading, *columns)))
        self.roles = {name: role for role, name in roles.items()}
        self.endResetModel()

    def set_roles(self, roles: Mapping[str, str]) -> None:
        """The same columns play other roles."""
        self.roles = {name: role for role, name in roles.items()}
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(0, len(self.columns) - 1))

    def role_of(self, section: int) -> str:
        """The role that a column plays, empty when it is a field among others."""
        if not 0 < section < len(self.columns):
            return ""
        name = self.columns[section]
        return GIVEN.get(name) or self.roles.get(name, "")

    def is_given(self, section: int) -> bool:
        """Whether the format itself says what is in a column: nothing is to be chosen there."""
        return section == 0 or self.columns[section] in GIVEN

    @override
    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.records)

    @override
    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        name = self.columns[section] or _("Position")
        name = _(words.ROLES[GIVEN[name]]) if name in GIVEN else name
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == Qt.ItemDataRole.AccessibleTextRole and self.role_of(section):
            return f"{name}, {_(words.ROLES[self.role_of(section)])}"
        return None

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return None
        record = self.records[index.row()]
        name = self.columns[index.column()]
        if index.column() == 0:
            return where(record)
        if name in GIVEN:
            return self._given(record, GIVEN[name])
        return said(record.properties.get(name))

    def _given(self, record: Record, role: str) -> str:
        if role == "time":
            at = record.time
            return "" if at is None else f"{to_datetime(at, self._zone):%d/%m/%Y %H:%M:%S}"
        return said(record.id if role == "id" else record.title)


def _is_given(records: Sequence[Record], role: str) -> bool:
    if role == "time":
        return any(record.time is not None for record in records)
    return any(record.id if role == "id" else record.title for record in records)


def said(value: Scalar) -> str:
    """A value in one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", _(","))
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def where(record: Record) -> str:
    """The position of a point, what another shape is made of."""
    geometry = record.geometry
    if not geometry:
        return "–"
    kind = str(geometry.get("type", ""))
    if kind == "Point":
        lon, lat = geometry["coordinates"][:2]
        return f"{lat:.5f} ; {lon:.5f}".replace(".", _(","))
    shape = _(SHAPES[kind]) if kind in SHAPES else kind
    count = sum(1 for _position in positions(geometry))
    return _("{shape}, {n} sommets").format(shape=shape, n=count)
