"""A stage as it is prepared: its track, its day and zone, the planned hour of each leg, the forces."""

from datetime import date
from zoneinfo import ZoneInfo

import msgspec
from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
)

from beffroi.clock import to_datetime
from beffroi.errors import BeffroiError
from beffroi.text import _
from beffroi.tracks.following import Moving
from beffroi.tracks.stage import Leg, Stage
from desktop.api import Desk
from desktop.tracks import stage_saying
from desktop.tracks.form import DockForm
from desktop.tracks.setups import Setups, zone_of
from desktop.tracks.words import hour


class StageForm(DockForm):
    """A form inside the dock; Escape gives up, what is wrong is said in it."""

    def __init__(
        self, desk: Desk, setups: Setups, uid: str, stage: Stage, moving: list[Moving]
    ) -> None:
        super().__init__(desk, _("Étape"), _("Enregistrer"), self._keep_stage)
        self._setups, self._uid, self._stage = setups, uid, stage
        self.title = QLineEdit(stage.title)
        self.track = QComboBox()
        self.track.addItem(_("Choisir plus tard"), "")
        for one in moving:
            self.track.addItem(one.callsign, one.uid)
        if stage.track and self.track.findData(stage.track) < 0:
            self.track.addItem(stage.track, stage.track)
        self.track.setCurrentIndex(max(0, self.track.findData(stage.track)))
        self.zone = self._zones(stage.zone or desk.node.info.zone)
        self.day = QDateEdit()
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("dd/MM/yyyy")
        self.forces = QLineEdit(stage_saying.said(stage.forces))
        self.forces.setPlaceholderText(_("GIGN 18, gendarmerie 58, véhicules 50"))
        self.legs = self._table()
        self._fill()
        self._name_rows()
        self.lay_out(_("Étape"), self.legs)

    def _zones(self, chosen: str) -> QComboBox:
        found = QComboBox()
        for name, words in stage_saying.ZONES.items():
            found.addItem(_(words), name)
        if found.findData(chosen) < 0:
            found.addItem(chosen, chosen)
        found.setCurrentIndex(found.findData(chosen))
        return found

    def _table(self) -> QTableWidget:
        table = QTableWidget(len(self._stage.legs), 2)
        table.setHorizontalHeaderLabels([_("Tronçon"), _("Départ prévu")])
        table.setAccessibleName(_("Tronçons"))
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        table.setMinimumHeight(self._desk.theme.px(150))
        return table

    def _fill(self) -> None:
        zone = zone_of(self._stage, self._desk.node.info.zone)
        planned = [leg.planned_start for leg in self._stage.legs if leg.planned_start is not None]
        first = to_datetime(planned[0] if planned else self._desk.node.clock.now(), zone)
        self.day.setDate(QDate(first.year, first.month, first.day))
        for row, leg in enumerate(self._stage.legs):
            begins = hour(leg.planned_start, zone) if leg.planned_start is not None else ""
            self.legs.setItem(row, 0, QTableWidgetItem(leg.title))
            self.legs.setItem(row, 1, QTableWidgetItem(begins))

    def _name_rows(self) -> None:
        for label, field in (
            (_("Titre"), self.title), (_("Piste"), self.track), (_("Jour"), self.day),
            (_("Heures de"), self.zone), (_("Forces engagées"), self.forces),
        ):  # fmt: skip
            field.setAccessibleName(label)
            self.rows.addRow(label, field)

    def begin(self) -> None:
        """Give the keyboard to the first field."""
        self.title.setFocus()

    def said(self) -> Stage:
        """The stage as the form says it.

        Raises:
            BeffroiError: no title, an hour or a force that cannot be understood.
        """
        if not self.title.text().strip():
            raise BeffroiError(_("Une étape a besoin d’un titre\u00a0: écrivez de quoi il s’agit."))
        zone, day = ZoneInfo(str(self.zone.currentData())), self.day.date()
        on = date(day.year(), day.month(), day.day())
        legs = (self._leg(row, leg, on, zone) for row, leg in enumerate(self._stage.legs))
        return msgspec.structs.replace(
            self._stage, title=self.title.text().strip(), track=str(self.track.currentData()),
            zone=zone.key, legs=tuple(legs), forces=stage_saying.forces(self.forces.text()),
        )  # fmt: skip

    def _leg(self, row: int, leg: Leg, day: date, zone: ZoneInfo) -> Leg:
        cells = (self.legs.item(row, column) for column in (0, 1))
        title, begins = (cell.text() if cell is not None else "" for cell in cells)
        planned = stage_saying.moment(begins, day, zone)
        return msgspec.structs.replace(leg, title=title.strip() or leg.title, planned_start=planned)

    def _keep_stage(self) -> None:
        self._setups.keep_stage(self._uid, self.said(), lambda _sheet: self.closed.emit())
