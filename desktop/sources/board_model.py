"""The board's rows: one source each, sorted by any column."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from typing_extensions import override

from beffroi.node import Node
from beffroi.sources import words
from beffroi.text import N_, _, number
from desktop.kit.link import Link
from desktop.sources.standing import RANK, Standing

_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
STANDING = Qt.ItemDataRole.UserRole
SORT = Qt.ItemDataRole.UserRole + 1
COLUMNS = (
    N_("État"), N_("Source"), N_("Dernier succès"), N_("Décalage"), N_("Volume"), N_("Objets"),
    N_("Prochain essai"), N_("Famille"), N_("Fiabilité"), N_("À qui"),
)  # fmt: skip
STATE, SOURCE, FRESH, LAG, VOLUME, COUNT, NEXT, FAMILY, RELIABILITY, OWNER = range(len(COLUMNS))
_HINTS = {
    FRESH: N_("Quand elle a répondu pour la dernière fois"),
    LAG: N_("L’âge de la donnée la plus récente à son arrivée"),
    VOLUME: N_("Ce qui a changé à chacune des dernières livraisons"),
    COUNT: N_("Objets observés ici en ce moment"),
}


class BoardModel(QAbstractTableModel):
    """Shows standings; times are said anew by `tick`."""

    def __init__(self, node: Node, link: Link, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = node.clock
        self._me = node.who.account
        self._link = link
        self.rows: Sequence[Standing] = ()

    def show(self, rows: Sequence[Standing]) -> None:
        """Show these; when they are the same sources, the selection stays."""
        same = {one.uid for one in rows} == {one.uid for one in self.rows}
        if not same or len(rows) != len(self.rows):
            self.beginResetModel()
            self.rows = list(rows)
            self.endResetModel()
            return
        known = {one.uid: one for one in rows}
        self.rows = [known[one.uid] for one in self.rows]
        self.tick()

    def tick(self) -> None:
        """Time has passed, or values changed."""
        if self.rows:
            last = self.index(len(self.rows) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def owner(self, one: Standing) -> str:
        """Whose it is on this desk."""
        if not one.shared:
            return _("moi seul")
        if one.author == self._me:
            return _("tous, partagée par moi")
        return _("tous, partagée par {who}").format(
            who=self._link.names.get(one.author, one.author)
        )

    @override
    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(COLUMNS[section])
        if role == Qt.ItemDataRole.ToolTipRole and section in _HINTS:
            return _(_HINTS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole and section == COUNT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        one, column = self.rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._said(one, column)
            case Qt.ItemDataRole.ToolTipRole:
                return one.trouble or one.origin() if column == SOURCE else None
            case Qt.ItemDataRole.AccessibleTextRole:
                return one.spoken(self._clock.now()) if column == STATE else None
            case Qt.ItemDataRole.TextAlignmentRole if column == COUNT:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case _ if role == STANDING:
                return one
            case _ if role == SORT:
                return self._order(one, column)
            case _:
                return None

    def _said(self, one: Standing, column: int) -> str:
        now = self._clock.now()
        say: dict[int, Callable[[], str]] = {
            STATE: lambda: one.word,
            SOURCE: lambda: one.title,
            FRESH: lambda: "" if one.still and not one.state.last_ok else one.fresh(now),
            LAG: one.lag,
            COUNT: lambda: number(one.count),
            NEXT: lambda: one.next_try(now),
            FAMILY: lambda: _(words.FAMILIES.get(one.family, "")) if one.family else "",
            RELIABILITY: lambda: one.reliability,
            OWNER: lambda: self.owner(one),
        }
        return say[column]() if column in say else ""

    def _order(self, one: Standing, column: int) -> float | str:
        match column:
            case 0:
                return RANK[one.health]
            case 2:
                return -float(one.state.last_ok)
            case 3:
                return float(one.state.lag_ms or 0)
            case 4:
                return float(sum(one.state.history))
            case 5:
                return float(one.count)
            case 6:
                return float(one.state.next_at)
            case _:
                return self._said(one, column).casefold()


class BoardFilter(QSortFilterProxyModel):
    """What the filters let through, in the order chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setSortRole(SORT)
        self._text = ""
        self._family = ""
        self._health = ""

    def narrow(self, *, text: str, family: str, health: str) -> None:
        """Let through what holds the words of `text`, of one family, in one state; empty: all."""
        self.beginFilterChange()
        self._text, self._family, self._health = text.casefold(), family, health
        self.endFilterChange()

    @override
    def filterAcceptsRow(self, source_row: int, source_parent: _Index) -> bool:
        one: Standing = self.sourceModel().index(source_row, STATE).data(STANDING)
        words_of = f"{one.title} {one.address} {one.trouble} {one.author}".casefold()
        return (
            (not self._family or one.family == self._family)
            and (not self._health or one.health == self._health)
            and all(word in words_of for word in self._text.split())
        )

    @override
    def lessThan(self, source_left: _Index, source_right: _Index) -> bool:
        left, right = source_left.data(SORT), source_right.data(SORT)
        if left == right:
            one: Standing = source_left.data(STANDING)
            other: Standing = source_right.data(STANDING)
            return one.title.casefold() < other.title.casefold()
        return bool(left < right)
