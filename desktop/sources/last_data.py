"""« Dernières données »: what a source told last, as a table, and how its last tries went."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from beffroi.clock import to_datetime
from beffroi.observations import Observation, Observations, Try
from beffroi.plugin import Record, Scalar
from beffroi.sources.words import volume
from beffroi.text import N_, _, ngettext, number
from desktop.api import Desk
from desktop.kit import screens
from desktop.kit.pieces import words
from desktop.sources.finding import columns_of
from desktop.sources.preview_model import PreviewModel
from desktop.sources.standing import Standing

SHOWN = 500
SEEN = N_("Reçu")
_TRIES = (N_("Heure"), N_("Résultat"), N_("Durée"), N_("Volume"), N_("Objets"))


class LastData(QWidget):
    """A window of its own; it says when its data were received."""

    def __init__(self, desk: Desk, observations: Observations, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._desk = desk
        self._observations = observations
        self._zone = ZoneInfo(desk.node.info.zone)
        self._uid = ""
        theme = desk.theme
        self.setObjectName("desk")
        self.told = words("", ink="muted")
        self.model = PreviewModel(self._zone, self)
        self.table = QTableView(self)
        self.table.setModel(self.model)
        self.table.setAccessibleName(_("Dernières données"))
        self.table.setAlternatingRowColors(True)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.table.horizontalHeader().setDefaultAlignment(left)
        self.tries = QTableWidget(0, len(_TRIES), self)
        self.tries.setHorizontalHeaderLabels([_(name) for name in _TRIES])
        self.tries.setAccessibleName(_("Derniers essais"))
        self.tries.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tries.verticalHeader().hide()
        self.tries.setShowGrid(False)
        self.tries.horizontalHeader().setDefaultAlignment(left)
        self.tries.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        tabs = QTabWidget(self)
        tabs.addTab(self.table, _("Données"))
        tabs.addTab(self.tries, _("Essais"))
        column = QVBoxLayout(self)
        margin = theme.px(12)
        column.setContentsMargins(margin, margin, margin, margin)
        column.addWidget(self.told)
        column.addWidget(tabs, 1)
        screens.fit(self, theme.px(900), theme.px(560))

    def show_source(self, one: Standing) -> None:
        """Read and show what is known of a source."""
        self._uid = one.uid
        self.setWindowTitle(_("Dernières données – {title}").format(title=one.title))
        self.told.setText(_("Lecture en cours…"))
        self.show()
        self.raise_()
        self.activateWindow()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        uid, found = one.uid, self._observations
        self._desk.tasks.run(
            lambda: (found.rows(uid, limit=SHOWN), found.count(uid), found.tries(uid)),
            lambda told: self._came(uid, *told),
        )

    def _came(
        self, uid: str, rows: Sequence[Observation], total: int, tries: Sequence[Try]
    ) -> None:
        if uid != self._uid:
            return
        records = [self._record(row) for row in rows]
        self.model.show(records, columns_of(records), {})
        self.table.resizeColumnsToContents()
        said = ngettext("{n} objet", "{n} objets", total).format(n=number(total))
        if total > SHOWN:
            said += _(", les {n} plus récents sont montrés").format(n=SHOWN)
        self.told.setText(said)
        self._show_tries(tries)

    def _record(self, row: Observation) -> Record:
        told: dict[str, Scalar] = {_(SEEN): self._moment(row.seen)}
        return Record(
            id=row.id, title=row.title, time=row.time, geometry=row.geometry,
            properties={**told, **row.properties},
        )  # fmt: skip

    def _moment(self, at: int) -> str:
        return f"{to_datetime(at, self._zone):%d/%m/%Y %H:%M:%S}" if at else ""

    def _show_tries(self, tries: Sequence[Try]) -> None:
        self.tries.setRowCount(len(tries))
        for row, one in enumerate(tries):
            result = one.sentence or (_("Réussi") if one.ok else _("Échec"))
            said = (
                self._moment(one.at), result, _("{n}\u00a0ms").format(n=one.took_ms),
                volume(one.bytes) if one.bytes else "", number(one.count) if one.ok else "",
            )  # fmt: skip
            for column, text in enumerate(said):
                item = QTableWidgetItem(text)
                item.setForeground(self._desk.theme.color("text" if one.ok else "danger"))
                self.tries.setItem(row, column, item)
        self.tries.resizeColumnToContents(0)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
