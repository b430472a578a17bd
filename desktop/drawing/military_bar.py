"""The choices that an APP-6 symbol takes beside what it is: whose, how big, how it stands."""

from PySide6.QtWidgets import QComboBox, QWidget

from beffroi.layers.drawing import sidc
from beffroi.text import _
from desktop.kit.flow import FlowLayout


class MilitaryBar(QWidget):
    """Three lists; the symbol chosen afterwards takes what they say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.affiliation = self._box(sidc.AFFILIATIONS, _("Appartenance"))
        self.echelon = self._box(sidc.ECHELONS, _("Échelon"))
        self.status = self._box(sidc.STATUSES, _("État"))
        layout = FlowLayout(self, gap=6)
        for box in (self.affiliation, self.echelon, self.status):
            layout.addWidget(box)

    def dressed(self, key: str) -> str:
        """The key of a symbol with what is chosen here."""
        choice = sidc.Choice(
            affiliation=str(self.affiliation.currentData()),
            echelon=str(self.echelon.currentData()),
            status=str(self.status.currentData()),
        )
        return f"app6:{sidc.code(sidc.entity_of(key.partition(':')[2]), choice)}"

    def _box(self, options: dict[str, str], name: str) -> QComboBox:
        box = QComboBox(self)
        for value, words in options.items():
            box.addItem(_(words), value)
        box.setAccessibleName(name)
        box.setToolTip(name)
        return box
