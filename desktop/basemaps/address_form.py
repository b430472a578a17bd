"""A few fields for a ground of the network."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QPushButton, QSpinBox, QWidget

from beffroi.basemaps.online import Online
from beffroi.basemaps.pack import MOST_ZOOM
from beffroi.errors import BeffroiError
from beffroi.text import _
from desktop.api import Desk
from desktop.basemaps.grounds import Grounds
from desktop.kit.pieces import words


class AddressForm(QWidget):
    """Name, address of tiles, whose data it is; what is wrong is said under the fields."""

    done = Signal()

    def __init__(self, desk: Desk, grounds: Grounds) -> None:
        super().__init__()
        self._grounds = grounds
        self.title = QLineEdit()
        self.template = QLineEdit()
        self.template.setPlaceholderText("https://…/{z}/{x}/{y}.png")
        self.credit = QLineEdit()
        self.zoom = QSpinBox()
        self.zoom.setRange(1, MOST_ZOOM)
        self.zoom.setValue(19)
        self.wrong = words("", ink="danger")
        self.wrong.hide()
        self.add = QPushButton(desk.theme.icon("plus"), _("Ajouter"))
        self.add.clicked.connect(self.submit)
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addRow(_("Nom"), self.title)
        layout.addRow(_("Adresse"), self.template)
        layout.addRow(_("Données de"), self.credit)
        layout.addRow(_("Dernier zoom"), self.zoom)
        layout.addRow(self.wrong)
        layout.addRow(self.add)
        self.template.returnPressed.connect(self.submit)

    def submit(self) -> None:
        """Add the ground, or say what is wrong."""
        try:
            self._grounds.add(
                Online(
                    title=self.title.text().strip(), template=self.template.text().strip(),
                    attribution=self.credit.text().strip(), max_zoom=self.zoom.value(),
                )
            )  # fmt: skip
        except BeffroiError as error:
            self.wrong.setText(str(error))
            self.wrong.show()
            return
        self.wrong.hide()
        for field in (self.title, self.template, self.credit):
            field.clear()
        self.done.emit()
