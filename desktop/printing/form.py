"""The choices of a print, as fields; `changed` tells that one of them is another."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from beffroi.text import N_, _
from desktop.printing.ground import LARGEST, SCALES, SMALLEST
from desktop.printing.paper import PAPERS
from desktop.printing.plan import DPIS, Plan
from desktop.printing.scalebar import ratio

_GRIDS = (
    ("", N_("Aucun")), ("dd", N_("Degrés décimaux")), ("dms", N_("Degrés, minutes, secondes")),
    ("ddm", N_("Degrés, minutes décimales")), ("utm", N_("UTM")), ("mgrs", N_("MGRS")),
    ("l93", N_("Lambert-93")),
)  # fmt: skip
_ROOM = 80


class Form(QWidget):
    """Fields for everything in a plan but the place, which is chosen on the map."""

    changed = Signal()
    view_asked = Signal()
    """Print what the map shows now."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title, self.number = QLineEdit(self), QLineEdit(self)
        self.title.setMaxLength(_ROOM)
        self.number.setMaxLength(_ROOM // 2)
        self.paper, self.way = QComboBox(self), QComboBox(self)
        self.scale, self.grid, self.dpi = QComboBox(self), QComboBox(self), QComboBox(self)
        self.turn, self.copies = QSpinBox(self), QSpinBox(self)
        self.legend = QCheckBox(_("Légende"), self)
        self.code = QCheckBox(_("Code QR"), self)
        self.grey = QCheckBox(_("Noir et blanc"), self)
        self.view = QPushButton(_("Cadrer sur la vue"), self)
        self._fill()
        self._lay_out()
        self._connect()

    def _fill(self) -> None:
        self.paper.addItems([paper.name for paper in PAPERS])
        self.way.addItems([_("Paysage"), _("Portrait")])
        for scale in SCALES:
            self.scale.addItem(ratio(scale), scale)
        self.scale.setEditable(True)
        self.scale.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for system, words in _GRIDS:
            self.grid.addItem(_(words), system)
        for dpi in DPIS:
            self.dpi.addItem(_("{n} points par pouce").format(n=dpi), dpi)
        self.turn.setRange(-180, 180)
        self.turn.setWrapping(True)
        self.turn.setSuffix("°")
        self.copies.setRange(1, 99)

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.addRow(_("Titre"), self.title)
        form.addRow(_("Numéro"), self.number)
        form.addRow(_("Papier"), _beside(self.paper, self.way))
        form.addRow(_("Échelle"), _beside(self.scale, self.view))
        form.addRow(_("Orientation"), self.turn)
        form.addRow(_("Carroyage"), self.grid)
        form.addRow(_("Finesse"), self.dpi)
        form.addRow(_("Exemplaires"), self.copies)
        form.addRow("", _beside(self.legend, self.code, self.grey))

    def _connect(self) -> None:
        for line in (self.title, self.number):
            line.textEdited.connect(self.changed)
        for combo in (self.paper, self.way, self.grid, self.dpi):
            combo.currentIndexChanged.connect(self.changed)
        self.scale.activated.connect(self.changed)
        edit = self.scale.lineEdit()
        if edit is not None:
            edit.editingFinished.connect(self.changed)
        for spin in (self.turn, self.copies):
            spin.valueChanged.connect(self.changed)
        for box in (self.legend, self.code, self.grey):
            box.toggled.connect(self.changed)
        self.view.clicked.connect(self.view_asked)

    def show_plan(self, plan: Plan) -> None:
        """Put a plan into the fields; nothing is told."""
        self.blockSignals(True)
        for line, words in ((self.title, plan.title), (self.number, plan.number)):
            if line.text() != words:
                line.setText(words)
        self.paper.setCurrentIndex(PAPERS.index(plan.paper))
        self.way.setCurrentIndex(0 if plan.landscape else 1)
        self.scale.setEditText(ratio(plan.ground.scale))
        self.turn.setValue(round(plan.ground.rotation))
        self.grid.setCurrentIndex(max(0, self.grid.findData(plan.grid)))
        self.dpi.setCurrentIndex(max(0, self.dpi.findData(plan.dpi)))
        self.copies.setValue(plan.copies)
        for box, on in ((self.legend, plan.legend), (self.code, plan.code), (self.grey, plan.grey)):
            box.setChecked(on)
        self.blockSignals(False)

    def plan(self, before: Plan) -> Plan:
        """The plan that the fields say; the place is that of `before`."""
        ground = replace(
            before.ground,
            scale=read_scale(self.scale.currentText()) or before.ground.scale,
            rotation=float(self.turn.value()),
        )
        return replace(
            before,
            ground=ground,
            title=self.title.text().strip(),
            number=self.number.text().strip(),
            paper=PAPERS[self.paper.currentIndex()],
            landscape=self.way.currentIndex() == 0,
            grid=str(self.grid.currentData()),
            dpi=int(self.dpi.currentData()),
            copies=self.copies.value(),
            legend=self.legend.isChecked(),
            code=self.code.isChecked(),
            grey=self.grey.isChecked(),
        )


def read_scale(words: str) -> float | None:
    """The denominator in « 1:25 000 », « 1/25000 » or « 25000 »; None when there is none that can be."""
    tail = words.replace("/", ":").rpartition(":")[2]
    digits = "".join(letter for letter in tail if letter.isdecimal())
    number = float(digits[:9]) if digits else 0.0
    return min(SMALLEST, max(LARGEST, number)) if number else None


def _beside(*widgets: QWidget) -> QWidget:
    """Fields side by side."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for widget in widgets:
        layout.addWidget(widget, 1)
    return row
