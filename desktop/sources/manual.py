"""A small table typed by hand: what no service tells, on the map in a minute."""

import csv
import io

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from beffroi.places import Place
from beffroi.sources.addresses import Origin
from beffroi.text import N_, _
from desktop.api import Desk
from desktop.kit import keys, screens
from desktop.kit.pieces import words

FIELDS = (N_("titre"), N_("lieu"), N_("latitude"), N_("longitude"), N_("état"), N_("remarque"))
_TITLE, _PLACE, _LAT, _LON = range(4)
_ROWS = 6


class ManualTable(QWidget):
    """A form in rows; a place that is known finds its position by itself."""

    written = Signal(object)
    """An `Origin` that holds the table, to be checked and added."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._desk = desk
        theme = desk.theme
        self.setObjectName("desk")
        self.setWindowTitle(_("Saisir un tableau"))
        self.table = QTableWidget(_ROWS, len(FIELDS), self)
        self.table.setAccessibleName(_("Tableau à saisir"))
        self.table.setHorizontalHeaderLabels([_(name) for name in FIELDS])
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.table.setColumnWidth(_TITLE, theme.px(200))
        self.table.setColumnWidth(_PLACE, theme.px(180))
        self.table.itemChanged.connect(self._changed)
        self.told = words("", ink="danger")
        self.row = QPushButton(theme.icon("plus"), _("Ligne"), self)
        self.row.clicked.connect(self.add_row)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(_("Nouveau champ, puis Entrée"))
        self.field.setAccessibleName(_("Nom du nouveau champ"))
        self.field.setFixedWidth(theme.px(210))
        self.field.returnPressed.connect(self._take_field)
        self.pick = QPushButton(theme.icon("crosshair"), _("Placer sur la carte"), self)
        self.pick.clicked.connect(self._pick)
        self.go = QPushButton(_("Continuer"), self)
        self.go.setProperty("kind", "primary")
        self.go.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(6))
        for widget in (self.row, self.field, self.pick):
            foot.addWidget(widget)
        foot.addWidget(self.told, 1)
        foot.addWidget(self.go)
        column = QVBoxLayout(self)
        margin = theme.px(12)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.px(8))
        column.addWidget(
            words(
                _(
                    "Une ligne par objet. Un lieu connu (adresse, commune, gare…) trouve sa position "
                    "seul\u202f; sinon, placez-le sur la carte."
                ),
                ink="muted",
            )
        )
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        screens.fit(self, theme.px(860), theme.px(420))

    def open(self) -> None:
        """Come to the front, on the first cell."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.setCurrentCell(0, 0)

    def add_row(self) -> None:
        """One more line."""
        self.table.insertRow(self.table.rowCount())
        self.table.setCurrentCell(self.table.rowCount() - 1, 0)

    def _take_field(self) -> None:
        self.add_field(self.field.text())
        self.field.clear()

    def add_field(self, name: str) -> None:
        """One more column; a name that is taken changes nothing."""
        if name.strip() and name.strip() not in self._names():
            at = self.table.columnCount()
            self.table.insertColumn(at)
            self.table.setHorizontalHeaderItem(at, QTableWidgetItem(name.strip()[:60]))

    def _names(self) -> list[str]:
        heads = (self.table.horizontalHeaderItem(at) for at in range(self.table.columnCount()))
        return [head.text() if head else "" for head in heads]

    def cell(self, row: int, column: int) -> str:
        """What is written in a cell."""
        item = self.table.item(row, column)
        return item.text().strip() if item else ""

    def write(self, row: int, column: int, text: str) -> None:
        """Write into a cell, as if it was typed."""
        self.table.setItem(row, column, QTableWidgetItem(text))

    # Places

    def _changed(self, item: QTableWidgetItem) -> None:
        row = item.row()
        if item.column() == _PLACE and item.text().strip() and not self.cell(row, _LAT):
            self._find(row, item.text().strip())

    def _find(self, row: int, place: str) -> None:
        places = self._desk.node.places
        self._desk.tasks.run(
            lambda: places.locate(place), lambda found: self._found(row, place, found)
        )

    def _found(self, row: int, place: str, found: Place | None) -> None:
        if found and self.cell(row, _PLACE) == place and not self.cell(row, _LAT):
            self._place(row, found.lon, found.lat)

    def _place(self, row: int, lon: float, lat: float) -> None:
        self.write(row, _LAT, f"{lat:.6f}")
        self.write(row, _LON, f"{lon:.6f}")

    def _pick(self) -> None:
        row = max(0, self.table.currentRow())
        prompt = _("Cliquez où se trouve «\u202f{title}\u202f»")
        title = self.cell(row, _TITLE) or _("ligne {n}").format(n=row + 1)

        def chosen(lon: float, lat: float) -> None:
            self._place(row, lon, lat)
            self.open()
            self.table.setCurrentCell(row, _LAT)

        self._desk.shared.pick(prompt.format(title=title), chosen)

    # Going out

    def text(self) -> str:
        """The table as CSV; empty lines are left out, and columns that nobody filled."""
        rows = [
            [self.cell(row, column) for column in range(self.table.columnCount())]
            for row in range(self.table.rowCount())
        ]
        filled = [row for row in rows if any(row)]
        kept = [at for at in range(self.table.columnCount()) if any(row[at] for row in filled)]
        out = io.StringIO()
        writer = csv.writer(out, delimiter=";", lineterminator="\n")
        names = self._names()
        writer.writerow([names[at] for at in kept])
        writer.writerows([[row[at] for at in kept] for row in filled])
        return out.getvalue() if filled else ""

    def accept(self) -> None:
        """Hand the table over."""
        text = self.text()
        if not text:
            self.told.setText(_("Écrivez au moins une ligne."))
            return
        self.told.setText("")
        self.close()
        self.written.emit(Origin(transport="manual", text=text, format="csv"))

    @override
    def event(self, event: QEvent) -> bool:
        return keys.claims(event) or super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif keys.validates(event):
            self.accept()
        else:
            super().keyPressEvent(event)
