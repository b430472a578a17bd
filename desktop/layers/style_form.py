"""The style of a calque: one look, by value, graduated, groups, heat; with its classes and names."""

from collections.abc import Sequence
from typing import Any

import msgspec
from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtGui import QColor, QIcon, QLinearGradient, QPainter, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from beffroi.layers.classing import breaks, by_value, graduated, numbers
from beffroi.layers.held_entries import GRAVITY
from beffroi.layers.painting import places
from beffroi.layers.ramps import RAMP_WORDS, SEQUENCES
from beffroi.layers.style import METHOD_WORDS, MODE_WORDS, Labels, Look, Method, Style
from beffroi.plugin import Scalar
from beffroi.text import N_, _
from desktop.kit import rows
from desktop.kit.swatch import Form
from desktop.kit.theme import Theme
from desktop.layers.class_list import ClassList, with_look
from desktop.layers.look_form import LookForm, spin_box

_CLASSES = 5
NEUTRAL = "#6b7280"
"""The colour of what is in no class."""
_NAMED = {GRAVITY: N_("Gravité")}


class StyleForm(QWidget):
    """Writes a `Style`; whoever holds the data answers `values_asked` by `set_values`."""

    changed = Signal(object)
    """The `Style` as it is now."""
    values_asked = Signal(str)
    """The values of this field are needed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.style_now = Style()
        self._values: dict[str, Sequence[Scalar]] = {}
        self._form: Form = "point"
        self._classing = False
        self.mode = _filled(QComboBox(self), MODE_WORDS)
        self.field = QComboBox(self)
        self.method = _filled(QComboBox(self), METHOD_WORDS)
        self.count = QSpinBox(self)
        self.count.setRange(2, 12)
        self.count.setValue(_CLASSES)
        self.ramp = _ramps(QComboBox(self))
        self.others = QCheckBox(_("Dessiner aussi les autres"), self)
        self.scale = QCheckBox(_("Grandir avec le zoom"), self)
        self.radius = spin_box(4, 80, 1, " px", self)
        self.apart = spin_box(0, 22, 0.5, "", self)
        self.apart.setSpecialValueText(_("jamais"))
        self.apart.setToolTip(_("De près, chaque objet est dessiné pour lui-même"))
        self.classes = ClassList(theme, self)
        self.look = LookForm(theme, self)
        self.named = QCheckBox(_("Écrire un nom à côté"), self)
        self.name_field = QComboBox(self)
        self.name_zoom = spin_box(0, 22, 0.5, "", self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._rows = QFormLayout()
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, widget in (
            (_("Dessiner"), self.mode), (_("Champ"), self.field), (_("Seuils"), self.method),
            (_("Classes"), self.count), (_("Dégradé"), self.ramp), (_("Portée"), self.radius),
            (_("Un à un dès le zoom"), self.apart),
        ):  # fmt: skip
            self._rows.addRow(words, widget)
        names = QFormLayout()
        names.addRow(self.named)
        names.addRow(_("Champ du nom"), self.name_field)
        names.addRow(_("À partir du zoom"), self.name_zoom)
        rows.align(self._rows, self.look.rows, names)
        layout = QVBoxLayout(self)
        layout.addLayout(self._rows)
        layout.addWidget(self.classes, 1)
        layout.addWidget(self.others)
        layout.addWidget(self.look)
        layout.addWidget(self.scale)
        layout.addLayout(names)
        layout.addStretch()

    def _connect(self) -> None:
        self.mode.currentIndexChanged.connect(lambda _at: self._reclass())
        self.field.currentIndexChanged.connect(lambda _at: self._reclass())
        self.method.currentIndexChanged.connect(lambda _at: self._reclass())
        self.ramp.currentIndexChanged.connect(lambda _at: self._reclass())
        self.count.valueChanged.connect(lambda _n: self._reclass())
        self.others.toggled.connect(lambda on: self._say(others=on))
        self.scale.toggled.connect(lambda on: self._say(scale=on))
        self.radius.valueChanged.connect(lambda reach: self._say(radius=reach))
        self.apart.valueChanged.connect(lambda zoom: self._say(apart_zoom=zoom))
        self.classes.chosen.connect(self._show_look)
        self.classes.changed.connect(self._take)
        self.look.changed.connect(self._look_changed)
        self.named.toggled.connect(lambda _on: self._name())
        self.name_field.currentIndexChanged.connect(lambda _at: self._name())
        self.name_zoom.valueChanged.connect(lambda _zoom: self._name())

    # Showing -------------------------------------------------------------------------------------

    def begin(self, style: Style, fields: Sequence[str], form: Form) -> None:
        """Show a style of a calque with these fields, mostly of this form."""
        self._form = form
        for combo in (self.field, self.name_field):
            with QSignalBlocker(combo):
                combo.clear()
                for name in fields:
                    combo.addItem(_(_NAMED[name]) if name in _NAMED else name, name)
        with QSignalBlocker(self.name_field):
            self.name_field.insertItem(0, _("Titre de l’objet"), "@title")
        self._show(style)
        if style.by_field:
            self.values_asked.emit(style.field)

    def set_values(self, field: str, values: Sequence[Scalar]) -> None:
        """The values of a field are here."""
        self._values[field] = values
        if self._classing and field == self.field.currentData():
            self._make_classes()
        else:
            self._show(self.style_now)

    def _show(self, style: Style) -> None:
        self.style_now = style
        labels = style.labels or Labels()
        for combo, code in (
            (self.mode, style.mode), (self.field, style.field), (self.method, style.method),
            (self.ramp, style.ramp), (self.name_field, labels.field),
        ):  # fmt: skip
            with QSignalBlocker(combo):
                combo.setCurrentIndex(max(0, combo.findData(code)))
        for box, on in (
            (self.others, style.others),
            (self.scale, style.scale),
            (self.named, bool(style.labels)),
        ):
            with QSignalBlocker(box):
                box.setChecked(on)
        for spin, value in (
            (self.radius, style.radius), (self.apart, style.apart_zoom),
            (self.name_zoom, labels.min_zoom),
        ):  # fmt: skip
            with QSignalBlocker(spin):
                spin.setValue(value)
        by_field, mode = style.mode in ("values", "graduated"), style.mode
        for widget, shown in (
            (self.field, by_field), (self.method, mode == "graduated"),
            (self.count, mode == "graduated"), (self.ramp, mode in ("graduated", "heat")),
            (self.radius, mode == "heat"), (self.apart, mode in ("cluster", "heat")),
        ):  # fmt: skip
            self._rows.setRowVisible(widget, shown)
        self.classes.setVisible(by_field)
        self.others.setVisible(by_field)
        self.look.setVisible(mode != "heat" or bool(style.apart_zoom))
        self.scale.setVisible(mode in ("single", "values", "graduated"))
        self.name_field.setEnabled(bool(style.labels))
        self.name_zoom.setEnabled(bool(style.labels))
        self.classes.show_style(style, self._counts(style), self._form)
        self._show_look(self.classes.place)

    def _counts(self, style: Style) -> list[int]:
        values = self._values.get(style.field)
        if values is None or not style.by_field:
            return []
        found = places(style, values, len(values))
        return [int((found == at).sum()) for at in range(len(style.classes) + 1)]

    def _show_look(self, place: int) -> None:
        looks = self.style_now.looks()
        self.look.show_look(looks[min(place, len(looks) - 1)])

    # Changing ------------------------------------------------------------------------------------

    def _reclass(self) -> None:
        """The way of drawing changed: classes follow, once the values of the field are known."""
        style = msgspec.structs.replace(
            self.style_now, mode=self.mode.currentData(), method=self.method.currentData(),
            ramp=self.ramp.currentData(), field=self.field.currentData() or "",
        )  # fmt: skip
        style = _coloured(style, self.style_now)
        if style.mode not in ("values", "graduated"):
            self._take(msgspec.structs.replace(style, classes=()))
            return
        self.style_now = style
        self._classing = True
        if style.field in self._values:
            self._make_classes()
        elif style.field:
            self.values_asked.emit(style.field)

    def _make_classes(self) -> None:
        self._classing = False
        style = self.style_now
        values = self._values[style.field]
        if style.mode == "values":
            classes = by_value(values)
        else:
            method: Method = "quantile" if style.method == "manual" else style.method
            classes = graduated(breaks(numbers(values), self.count.value(), method), style.ramp)
        self._take(msgspec.structs.replace(style, classes=classes))

    def _take(self, style: Style) -> None:
        self._show(style)
        self.changed.emit(style)

    def _say(self, **said: bool | float) -> None:
        self._take(msgspec.structs.replace(self.style_now, **said))

    def _look_changed(self, look: Look) -> None:
        place = self.classes.place if self.style_now.by_field else 0
        self._take(with_look(self.style_now, place, look))

    def _name(self) -> None:
        labels = Labels(
            field=self.name_field.currentData() or "@title", min_zoom=self.name_zoom.value()
        )
        on = self.named.isChecked()
        self._take(msgspec.structs.replace(self.style_now, labels=labels if on else None))


def _coloured(style: Style, before: Style) -> Style:
    """Its own colour, made neutral while a field decides: what is in no class stays behind."""
    if style.by_field and not before.by_field:
        return msgspec.structs.replace(style, colour=NEUTRAL)
    if before.by_field and not style.by_field and before.colour == NEUTRAL and before.classes:
        return msgspec.structs.replace(style, colour=before.classes[0].colour or Look().colour)
    return style


def _filled(combo: QComboBox, words: dict[Any, str]) -> QComboBox:
    for code, said in words.items():
        combo.addItem(_(said), code)
    return combo


def _ramps(combo: QComboBox) -> QComboBox:
    combo.setIconSize(QSize(90, 14))
    for name, colours in SEQUENCES.items():
        pixmap = QPixmap(90, 14)
        gradient = QLinearGradient(0, 0, 90, 0)
        for at, colour in enumerate(colours):
            gradient.setColorAt(at / (len(colours) - 1), QColor(colour))
        painter = QPainter(pixmap)
        painter.fillRect(0, 0, 90, 14, gradient)
        painter.end()
        combo.addItem(QIcon(pixmap), _(RAMP_WORDS[name]), name)
    return combo
