"""What a source is called, whose it is, how far it is trusted, under which licence."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QWidget

from beffroi.sources import words
from beffroi.text import N_, _
from desktop.kit.theme import Theme

LICENCES = (
    "",
    "Licence Ouverte 2.0",
    "ODbL 1.0",
    "CC BY 4.0",
    "CC BY-SA 4.0",
    "CC0 1.0",
    N_("Usage interne, non diffusable"),
)
"""Those that are met most; any other can be typed."""


class DescriptionForm(QWidget):
    """Five fields, aligned; what the officer has changed is not proposed again."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._touched: set[str] = set()
        self.title = QLineEdit(self)
        self.title.setMaxLength(120)
        self.title.setPlaceholderText(_("Le nom du calque, comme on le dira"))
        self.family = _choice(words.FAMILIES, self)
        self.reliability = QComboBox(self)
        for letter in words.RELIABILITY:
            self.reliability.addItem(words.reliability(letter), letter)
        self.licence = QComboBox(self)
        self.licence.setEditable(True)
        self.licence.addItems([_(name) if name else "" for name in LICENCES])
        self.attribution = QLineEdit(self)
        self.attribution.setMaxLength(200)
        self.attribution.setPlaceholderText(_("À citer sur la carte et les impressions"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(1, 1)
        for row, (name, field) in enumerate(self._rows()):
            label = QLabel(name, self)
            label.setProperty("ink", "muted")
            label.setBuddy(field)
            field.setAccessibleName(name)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        self.title.textEdited.connect(lambda _text: self._touch("title"))
        self.attribution.textEdited.connect(lambda _text: self._touch("attribution"))
        self.family.activated.connect(lambda _at: self._touch("family"))
        self.reliability.activated.connect(lambda _at: self._touch("reliability"))
        self.licence.activated.connect(lambda _at: self._touch("licence"))
        if (line := self.licence.lineEdit()) is not None:
            line.textEdited.connect(lambda _text: self._touch("licence"))

    def _rows(self) -> tuple[tuple[str, QWidget], ...]:
        return (
            (_("Titre"), self.title),
            (_("Famille"), self.family),
            (_("Fiabilité"), self.reliability),
            (_("Licence"), self.licence),
            (_("Attribution"), self.attribution),
        )

    def _touch(self, name: str) -> None:
        self._touched.add(name)
        self.changed.emit()

    def forget(self) -> None:
        """Another source: everything may be proposed, and nobody vouches for it yet."""
        self._touched.clear()
        for field in (self.title, self.attribution):
            field.clear()
        self.licence.setCurrentText("")
        self.reliability.setCurrentIndex(self.reliability.findData("F"))

    def propose(self, fields: Mapping[str, Any]) -> None:
        """Fill what the officer has not written."""
        for name in ("title", "attribution"):
            if name in fields and name not in self._touched:
                line = self.title if name == "title" else self.attribution
                line.setText(str(fields[name]))
        for name, box in (("family", self.family), ("reliability", self.reliability)):
            if name in fields and name not in self._touched:
                box.setCurrentIndex(max(0, box.findData(fields[name])))
        if "licence" in fields and "licence" not in self._touched:
            self.licence.setCurrentText(str(fields["licence"]))
        self.changed.emit()

    def keep(self, fields: Mapping[str, Any]) -> None:
        """Show a source as it is: nothing of it is proposed anew."""
        self.forget()
        self.propose(fields)
        self._touched = {"title", "attribution", "family", "reliability", "licence"}

    def fields(self) -> dict[str, Any]:
        """What is written, by the names of `Source`."""
        return {
            "title": self.title.text().strip(),
            "family": str(self.family.currentData()),
            "reliability": str(self.reliability.currentData()),
            "licence": self.licence.currentText().strip(),
            "attribution": self.attribution.text().strip(),
        }


def _choice(named: Mapping[str, str], parent: QWidget) -> QComboBox:
    box = QComboBox(parent)
    for code, name in named.items():
        box.addItem(_(name), code)
    return box
