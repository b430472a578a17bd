"""Under the tree: what one does to the layer that is chosen, its opacity, whose data it is."""

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QToolButton, QVBoxLayout, QWidget

from beffroi.text import N_, _
from desktop.kit.stack import Shown
from desktop.kit.theme import Theme

ACTS = (
    ("zoom", "focus-2", N_("Zoomer sur le calque")),
    ("table", "list-details", N_("Table des objets")),
    ("style", "adjustments", N_("Style et filtre…")),
    ("select", "layers-intersect", N_("Sélectionner et croiser…")),
    ("alone", "eye", N_("Seulement celui-ci")),
    ("lock", "lock", N_("Verrouiller")),
    ("more", "dots", N_("Autres actions")),
)
"""Id, icon, words."""


class Foot(QWidget):
    """Shows and asks; the panel does."""

    asked = Signal(str)
    """One of `ACTS`, by its id."""
    faded = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.buttons: dict[str, QToolButton] = {}
        self.opacity = QSlider(Qt.Orientation.Horizontal, self)
        self.opacity.setRange(10, 100)
        self.opacity.setPageStep(10)
        self.opacity.setAccessibleName(_("Opacité du calque"))
        self.opacity.valueChanged.connect(self._fade)
        self._percent = QLabel(self)
        self._source = QLabel(self)
        self._source.setWordWrap(True)
        self._source.setObjectName("muted")
        self._source.setTextFormat(Qt.TextFormat.PlainText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 8)
        layout.setSpacing(6)
        layout.addLayout(self._tools())
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(QLabel(_("Opacité"), self))
        row.addWidget(self.opacity, 1)
        row.addWidget(self._percent)
        layout.addLayout(row)
        layout.addWidget(self._source)
        theme.changed.connect(self._dress)
        self._dress()

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        for act, _icon, words in ACTS:
            button = self.buttons[act] = QToolButton(self)
            button.setObjectName(f"layer-{act}")
            button.setAutoRaise(True)
            button.setToolTip(_(words))
            button.setAccessibleName(_(words))
            button.clicked.connect(lambda _checked=False, act=act: self.asked.emit(act))
            row.addWidget(button)
        self.buttons["lock"].setCheckable(True)
        row.addStretch(1)
        return row

    def _dress(self) -> None:
        side = self._theme.px(18)
        for act, icon, _words in ACTS:
            self.buttons[act].setIcon(self._theme.icon(icon))
            self.buttons[act].setIconSize(QSize(side, side))

    def say(self, shown: Shown | None, acts: frozenset[str], source: str) -> None:
        """What can be done to the layer chosen, how it is shown, whose data it is."""
        for act, button in self.buttons.items():
            button.setEnabled(act in acts)
        self.opacity.setEnabled(shown is not None)
        self._source.setText(source)
        self._source.setVisible(bool(source))
        if shown is not None:
            self.buttons["lock"].setChecked(shown.locked)
            with QSignalBlocker(self.opacity):
                self.opacity.setValue(round(shown.opacity * 100))
        self._percent.setText(f"{self.opacity.value()}\u202f%")

    def _fade(self, percent: int) -> None:
        self._percent.setText(f"{percent}\u202f%")
        self.faded.emit(percent / 100)
