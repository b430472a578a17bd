"""The look of what will be drawn: real or planned, colour, size, filling."""

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QWidget,
)

from beffroi.text import N_, _
from desktop.drawing.pen import Pen
from desktop.kit.flow import FlowLayout
from desktop.kit.theme import Theme

COLOURS = (
    ("#c81e1e", N_("Rouge\u00a0: incendie, danger")),
    ("#1457c2", N_("Bleu\u00a0: eau")),
    ("#12803c", N_("Vert\u00a0: victimes, secours")),
    ("#c25700", N_("Orange\u00a0: risque technologique")),
    ("#6b2fa0", N_("Violet\u00a0: commandement")),
    ("#1a1f26", N_("Noir\u00a0: neutre")),
    ("#8a8f98", N_("Gris")),
)
"""Those of the SITAC, each with its meaning."""
SIZES = (("s", N_("Trait fin")), ("m", N_("Trait moyen")), ("l", N_("Trait épais")))
FILLS = ((0.0, N_("Sans fond")), (0.15, N_("Fond léger")), (0.35, N_("Fond marqué")))


class LookBar(QWidget):
    """Shows the pen's look and changes it."""

    def __init__(self, theme: Theme, pen: Pen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pen = pen
        self.real = self._choice(_("Réel"), _("Trait plein\u00a0: ce qui est"))
        self.planned = self._choice(_("Prévu"), _("Tirets\u00a0: ce qui est prévu"))
        group = QButtonGroup(self)
        group.addButton(self.real)
        group.addButton(self.planned)
        self.planned.toggled.connect(lambda on: pen.dress(planned=on))
        self.colours = [self._colour(colour, words) for colour, words in COLOURS]
        self.size_box = self._box(SIZES, _("Épaisseur et taille"), "size")
        self.fill_box = self._box(FILLS, _("Fond des zones"), "fill")
        self._lay_out()
        pen.changed.connect(self._show)
        theme.changed.connect(self._show)
        self._show()

    def _lay_out(self) -> None:
        swatches = QWidget(self)
        row = QHBoxLayout(swatches)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        for button in self.colours:
            row.addWidget(button)
        nature = QWidget(self)
        line = QHBoxLayout(nature)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        line.addWidget(self.real)
        line.addWidget(self.planned)
        layout = FlowLayout(self, gap=6)
        for widget in (nature, swatches, self.size_box, self.fill_box):
            layout.addWidget(widget)

    def _choice(self, words: str, tip: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setCheckable(True)
        button.setToolTip(tip)
        return button

    def _colour(self, colour: str, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(True)
        button.setToolTip(_(words))
        button.setAccessibleName(_(words))
        button.clicked.connect(partial(self._use_colour, colour))
        return button

    def _box(self, options: tuple[tuple[object, str], ...], name: str, field: str) -> QComboBox:
        box = QComboBox(self)
        for value, words in options:
            box.addItem(_(words), value)
        box.setAccessibleName(name)
        box.setToolTip(name)
        box.activated.connect(lambda _at: self._pen.dress(**{field: box.currentData()}))
        return box

    def _use_colour(self, colour: str, _checked: bool = False) -> None:
        self._pen.dress(colour="" if self._pen.look.colour == colour else colour)

    def _show(self) -> None:
        look = self._pen.look
        self.planned.setChecked(look.planned)
        self.real.setChecked(not look.planned)
        for button, (colour, _words) in zip(self.colours, COLOURS, strict=True):
            button.setChecked(look.colour == colour)
            button.setIcon(self._swatch(colour, look.colour == colour))
        self.size_box.setCurrentIndex(max(0, self.size_box.findData(look.size)))
        self.fill_box.setCurrentIndex(max(0, self.fill_box.findData(look.fill)))

    def _swatch(self, colour: str, chosen: bool) -> QIcon:
        side = self._theme.px(16)
        pixmap = QPixmap(QSize(side, side))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(colour))
        painter.setPen(QPen(self._theme.color("text" if chosen else "border"), 2 if chosen else 1))
        painter.drawEllipse(1, 1, side - 3, side - 3)
        painter.end()
        return QIcon(pixmap)
