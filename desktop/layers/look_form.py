"""How one thing is drawn: its colour, shape, size, line, filling; each change is told at once."""

from collections.abc import Mapping
from typing import Any

import msgspec
from PySide6.QtCore import QLocale, QSignalBlocker, QSize, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QColorDialog,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QWidget,
)

from beffroi.layers.ramps import OKABE, SEQUENCES
from beffroi.layers.style import DASH_WORDS, HATCH_WORDS, SHAPE_WORDS, Look
from beffroi.text import _, language
from desktop.kit.swatch import look_icon
from desktop.kit.theme import Theme


class LookForm(QWidget):
    """Writes a `Look`."""

    changed = Signal(object)
    """The `Look` as it is now."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.look = Look()
        self._colour = QPushButton(self)
        self._colour.setAccessibleName(_("Couleur"))
        self._menu = self._colours()
        self._colour.setMenu(self._menu)
        self.shape = _combo(SHAPE_WORDS, self)
        self.hatch = _combo(HATCH_WORDS, self)
        self.dash = _combo(DASH_WORDS, self)
        self.point_size = spin_box(2, 24, 0.5, " px", self)
        self.line_width = spin_box(0, 12, 0.5, " px", self)
        self.filling = spin_box(0, 100, 5, "\u202f%", self)
        form = self.rows = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(_("Couleur"), self._colour)
        form.addRow(_("Points"), _side_by_side(self.shape, self.point_size))
        form.addRow(_("Traits"), _side_by_side(self.dash, self.line_width))
        form.addRow(_("Surfaces"), _side_by_side(self.hatch, self.filling))
        self.shape.setAccessibleName(_("Forme des points"))
        self.point_size.setAccessibleName(_("Taille des points"))
        self.dash.setAccessibleName(_("Tracé des traits"))
        self.line_width.setAccessibleName(_("Épaisseur des traits"))
        self.hatch.setAccessibleName(_("Hachures des surfaces"))
        self.filling.setAccessibleName(_("Remplissage des surfaces"))
        widest = max(spin.sizeHint().width() for spin in (self.point_size, self.filling))
        for spin in (self.point_size, self.line_width, self.filling):
            spin.setFixedWidth(widest)
        for combo in (self.shape, self.hatch, self.dash):
            combo.currentIndexChanged.connect(lambda _at: self._said())
        for spin in (self.point_size, self.line_width, self.filling):
            spin.valueChanged.connect(lambda _value: self._said())

    def show_look(self, look: Look) -> None:
        """Show a look without telling it."""
        self.look = look
        for combo, code in (
            (self.shape, look.shape),
            (self.hatch, look.hatch),
            (self.dash, look.dash),
        ):
            with QSignalBlocker(combo):
                combo.setCurrentIndex(combo.findData(code))
        for spin, value in (
            (self.point_size, look.size),
            (self.line_width, look.line),
            (self.filling, look.fill * 100),
        ):
            with QSignalBlocker(spin):
                spin.setValue(value)
        self._paint()

    def _said(self) -> None:
        self.look = msgspec.structs.replace(
            self.look, shape=self.shape.currentData(), hatch=self.hatch.currentData(),
            dash=self.dash.currentData(), size=self.point_size.value(), line=self.line_width.value(),
            fill=round(self.filling.value() / 100, 2),
        )  # fmt: skip
        self._paint()
        self.changed.emit(self.look)

    def _paint(self) -> None:
        ratio = self.devicePixelRatioF()
        self._colour.setText(self.look.colour)
        self._colour.setIcon(look_icon(self.look, "point", self._theme, ratio))
        for at in range(self.shape.count()):
            shaped = msgspec.structs.replace(self.look, shape=self.shape.itemData(at), size=7.0)
            self.shape.setItemIcon(at, look_icon(shaped, "point", self._theme, ratio))
        for at in range(self.hatch.count()):
            hatched = msgspec.structs.replace(self.look, hatch=self.hatch.itemData(at))
            self.hatch.setItemIcon(at, look_icon(hatched, "area", self._theme, ratio))
        for at in range(self.dash.count()):
            dashed = msgspec.structs.replace(self.look, dash=self.dash.itemData(at))
            self.dash.setItemIcon(at, look_icon(dashed, "line", self._theme, ratio))

    def _colours(self) -> QMenu:
        menu = QMenu(self)
        for colour in (*OKABE, *SEQUENCES["danger"]):
            menu.addAction(_patch(colour), colour, lambda colour=colour: self._use(colour))
        menu.addSeparator()
        menu.addAction(_("Autre couleur…"), self._choose)
        return menu

    def _use(self, colour: str) -> None:
        self.look = msgspec.structs.replace(self.look, colour=colour)
        self._said()

    def _choose(self) -> None:
        colour = QColorDialog.getColor(QColor(self.look.colour), self, _("Couleur"))
        if colour.isValid():
            self._use(colour.name())


def _patch(colour: str) -> QIcon:
    pixmap = QPixmap(QSize(16, 16))
    pixmap.fill(QColor(colour))
    return QIcon(pixmap)


def _combo(words: Mapping[Any, str], parent: QWidget) -> QComboBox:
    combo = QComboBox(parent)
    combo.setIconSize(QSize(18, 18))
    for code, said in words.items():
        combo.addItem(_(said), code)
    return combo


def spin_box(
    least: float, most: float, step: float, suffix: str, parent: QWidget
) -> QDoubleSpinBox:
    """A field for a number, written as it is here."""
    spin = QDoubleSpinBox(parent)
    spin.setLocale(QLocale(language()))
    spin.setRange(least, most)
    spin.setSingleStep(step)
    spin.setDecimals(1 if step < 1 else 0)
    spin.setSuffix(suffix)
    return spin


def _side_by_side(first: QWidget, second: QWidget) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(first, 1)
    row.addWidget(second)
    return box
