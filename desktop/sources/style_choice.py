"""How the calque will be drawn: a first style and its legend; the style editor does the rest."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from beffroi.layers.classing import breaks, graduated, numbers
from beffroi.layers.painting import legend
from beffroi.layers.ramps import OKABE
from beffroi.layers.style import MODE_WORDS, Mode, Style, known_style
from beffroi.plugin import Record, Scalar
from beffroi.sources.severity import classes_of
from beffroi.text import _
from desktop.kit.flow import FlowBox
from desktop.kit.pieces import words
from desktop.kit.swatch import Form, look_pixmap
from desktop.kit.theme import Theme
from desktop.sources.finding import paths

_CLASSES = 5
_MOST_LINES = 8
_FORMS: dict[str, Form] = {"point": "point", "line": "line", "ring": "area"}


class StyleChoice(QWidget):
    """Mode, field and colour; the legend follows."""

    changed = Signal(object)
    """The `Style` that is shown now."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._records: Sequence[Record] = ()
        self._touched = False
        self.style_ = Style()
        self.mode = QComboBox(self)
        self.mode.setAccessibleName(_("Dessin du calque"))
        for mode, said in MODE_WORDS.items():
            self.mode.addItem(_(said), mode)
        self.field = QComboBox(self)
        self.field.setAccessibleName(_("Champ qui décide du dessin"))
        self.colour = QComboBox(self)
        self.colour.setAccessibleName(_("Couleur"))
        for colour in dict.fromkeys((Style().colour, *OKABE)):
            self.colour.addItem(_dot(colour, theme.px(16)), "", colour)
        self.legend = FlowBox(self, gap=theme.px(8))
        self.legend.setAccessibleName(_("Légende"))
        line = QHBoxLayout()
        line.setSpacing(theme.px(6))
        line.addWidget(self.mode, 1)
        line.addWidget(self.field, 1)
        line.addWidget(self.colour)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addLayout(line)
        column.addWidget(self.legend)
        for box in (self.mode, self.field, self.colour):
            box.activated.connect(lambda _at: self._choose())
        theme.changed.connect(self._draw)
        self._draw()

    def forget(self) -> None:
        """Another source: a style may be proposed."""
        self._touched = False

    def propose(
        self, records: Sequence[Record], columns: Sequence[str], style: Mapping[str, Any]
    ) -> None:
        """Show the style proposed for these records, unless the officer chose one."""
        self._records = records
        present = str(self.field.currentData() or "")
        self.field.clear()
        for name in columns:
            self.field.addItem(name, name)
        if not self._touched:
            self._show(known_style(dict(style)))
        elif (at := self.field.findData(present)) >= 0:
            self.field.setCurrentIndex(at)
        self._choose_again()

    def keep(self, style: Mapping[str, Any]) -> None:
        """Show a style as it is."""
        self._touched = True
        self._show(known_style(dict(style)))

    def _show(self, style: Style) -> None:
        self.mode.setCurrentIndex(max(0, self.mode.findData(style.mode)))
        if style.field and (at := self.field.findData(style.field)) >= 0:
            self.field.setCurrentIndex(at)
        if self.colour.findData(style.colour) < 0:
            self.colour.addItem(_dot(style.colour, self._theme.px(16)), "", style.colour)
        self.colour.setCurrentIndex(self.colour.findData(style.colour))
        self.style_ = style
        self._draw()

    def _choose(self) -> None:
        self._touched = True
        self._choose_again()

    def _choose_again(self) -> None:
        mode: Mode = self.mode.currentData()
        field = str(self.field.currentData() or "")
        if mode in ("values", "graduated") and not field:
            mode = "single"
        colour = str(self.colour.currentData())
        if (mode, field, colour) == self._shown() and self.style_.classes:
            self._draw()
            return
        self.style_ = _style(mode, field, colour, [r.properties.get(field) for r in self._records])
        self._draw()

    def _shown(self) -> tuple[str, str, str]:
        return self.style_.mode, self.style_.field, self.style_.colour

    def _draw(self) -> None:
        theme, style = self._theme, self.style_
        by_field = style.mode in ("values", "graduated")
        self.field.setVisible(by_field)
        self.colour.setVisible(not by_field)
        self.legend.clear()
        lines = legend(style)
        for line in lines[:_MOST_LINES]:
            box = QWidget(self.legend)
            row = QHBoxLayout(box)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(theme.px(4))
            picture = QLabel(box)
            ratio = self.devicePixelRatioF()
            picture.setPixmap(look_pixmap(line.look, self._form(), theme, ratio))
            row.addWidget(picture)
            row.addWidget(words(line.words or _("Tous les objets"), role="small", wrap=False))
            self.legend.flow.addWidget(box)
        if len(lines) > _MOST_LINES:
            more = _("et {n} autres").format(n=len(lines) - _MOST_LINES)
            self.legend.flow.addWidget(words(more, role="small", ink="muted", wrap=False))
        self.changed.emit(style)

    def _form(self) -> Form:
        """What most records are: points, lines or areas."""
        kinds = [kind for record in self._records[:50] for kind, _p in paths(record.geometry)]
        most = max(_FORMS, key=kinds.count) if kinds else "point"
        return _FORMS[most]


def _style(mode: Mode, field: str, colour: str, values: Sequence[Scalar]) -> Style:
    if mode == "values":
        return Style(mode=mode, field=field, colour=colour, classes=classes_of(field, values))
    if mode == "graduated":
        bounds = breaks(numbers(values), _CLASSES, "jenks")
        classes = graduated(bounds, Style().ramp) if len(bounds) > 1 else ()
        return Style(mode=mode, field=field, colour=colour, classes=classes)
    return Style(mode=mode, colour=colour)


def _dot(colour: str, side: int) -> QIcon:
    pixmap = QPixmap(QSize(side, side))
    pixmap.fill(QColor(colour))
    return QIcon(pixmap)
