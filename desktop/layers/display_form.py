"""What a calque is called, where it lies in the tree, from which zoom and for how long it holds."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QWidget

from beffroi.layers.calques import Calque
from beffroi.text import N_, _
from desktop.layers.branches import group_of
from desktop.layers.look_form import spin_box

VALIDITIES = (
    (0, N_("jamais")), (120, N_("après 2\u00a0min")), (600, N_("après 10\u00a0min")),
    (1800, N_("après 30\u00a0min")), (3600, N_("après 1\u00a0h")), (10_800, N_("après 3\u00a0h")),
    (43_200, N_("après 12\u00a0h")), (86_400, N_("après 24\u00a0h")), (604_800, N_("après 7 jours")),
)  # fmt: skip


class DisplayForm(QWidget):
    """Writes what is neither style nor filter."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.group = QLineEdit(self), QComboBox(self)
        self.group.setEditable(True)
        self.validity = QComboBox(self)
        for seconds, words in VALIDITIES:
            self.validity.addItem(_(words), seconds)
        self.least, self.most = (spin_box(0, 22, 0.5, "", self) for _side in range(2))
        self.least.setSpecialValueText(_("toujours"))
        self.most.setSpecialValueText(_("toujours"))
        self.attribution = QLineEdit(self)
        aged = QLabel(
            _("Ce qui est périmé est pâli, son contour devient pointillé, sa fiche le dit.")
        )
        aged.setWordWrap(True)
        aged.setProperty("ink", "muted")
        form = QFormLayout(self)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(_("Nom"), self.title)
        form.addRow(_("Groupe"), self.group)
        form.addRow(_("Périmé"), self.validity)
        form.addRow("", aged)
        form.addRow(_("Visible à partir du zoom"), self.least)
        form.addRow(_("jusqu’au zoom"), self.most)
        form.addRow(_("Attribution"), self.attribution)
        for field in (self.title, self.attribution):
            field.editingFinished.connect(self.changed)
        self.group.currentTextChanged.connect(lambda _text: self.changed.emit())
        self.validity.currentIndexChanged.connect(lambda _at: self.changed.emit())
        self.least.valueChanged.connect(lambda _zoom: self.changed.emit())
        self.most.valueChanged.connect(lambda _zoom: self.changed.emit())

    def begin(self, calque: Calque, groups: Sequence[str]) -> None:
        """Show a calque; `groups` are those there are."""
        widgets = (self.title, self.group, self.validity, self.least, self.most, self.attribution)
        blockers = [QSignalBlocker(widget) for widget in widgets]
        self.title.setText(calque.title)
        self.group.clear()
        self.group.addItems(list(groups))
        self.group.setCurrentText(group_of(calque))
        if self.validity.findData(calque.validity_s) < 0:
            words = _("après {n}\u00a0s").format(n=calque.validity_s)
            self.validity.addItem(words, calque.validity_s)
        self.validity.setCurrentIndex(self.validity.findData(calque.validity_s))
        self.least.setValue(calque.min_zoom)
        self.most.setValue(calque.max_zoom)
        self.attribution.setText(calque.attribution)
        del blockers

    def written_on(self, calque: Calque) -> Calque:
        """The calque with what is written here."""
        group = self.group.currentText().strip()
        return msgspec.structs.replace(
            calque, title=self.title.text().strip(), attribution=self.attribution.text().strip(),
            group="" if group == group_of(msgspec.structs.replace(calque, group="")) else group,
            validity_s=int(self.validity.currentData() or 0), min_zoom=self.least.value(),
            max_zoom=self.most.value(),
        )  # fmt: skip
