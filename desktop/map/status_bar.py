"""The strip under the map: entries without a place, what is followed, grid, coordinates."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from beffroi.places import coordinates
from beffroi.text import N_, _, ngettext, number
from desktop.kit.theme import Theme
from desktop.map.two_lines import TwoLines

SYSTEM_WORDS = {
    "dd": N_("Degrés décimaux"),
    "dms": N_("Degrés, minutes, secondes"),
    "ddm": N_("Degrés, minutes décimales"),
    "utm": N_("UTM"),
    "mgrs": N_("MGRS"),
    "l93": N_("Lambert-93 et projections d’outre-mer"),
}


class StatusBar(QWidget):
    """Shows and asks; the panel does."""

    unlocated_asked = Signal()
    follow_changed = Signal(bool)
    system_changed = Signal(str)
    grid_changed = Signal(bool)

    def __init__(self, theme: Theme, system: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._system = system
        self._theme = theme
        self._at: tuple[float, float] | None = None
        self.unlocated = QPushButton(self)
        self.unlocated.setObjectName("map-unlocated")
        self.unlocated.setFlat(True)
        self.unlocated.setToolTip(_("Montrer dans la liste les entrées qui n’ont pas de lieu"))
        self.unlocated.clicked.connect(self.unlocated_asked)
        self.follow = QCheckBox(_("Suivre la liste"), self)
        self.follow.setToolTip(_("La carte montre les mêmes entrées que la liste filtrée"))
        self.follow.setChecked(True)
        self.follow.toggled.connect(self.follow_changed)
        self.grid = QCheckBox(_("Carroyage"), self)
        self.grid.setToolTip(_("Dessiner la grille du système de coordonnées choisi"))
        self.grid.toggled.connect(self.grid_changed)
        self.coordinates = QLabel(self)
        self.coordinates.setObjectName("map-coordinates")
        self.coordinates.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.systems = self._systems_button()
        controls = (self.unlocated, self.follow, self.grid)
        self.lines = TwoLines(controls, (self.coordinates, self.systems), self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.lines)
        theme.changed.connect(self._dress)
        self.count(0)
        self._dress()

    @property
    def system(self) -> str:
        """The chosen coordinate system."""
        return self._system

    def count(self, unlocated: int) -> None:
        """Say how many entries have no place."""
        words = ngettext("{n} sans lieu", "{n} sans lieu", unlocated)
        self.unlocated.setText(words.format(n=number(unlocated)))

    def point(self, lon: float, lat: float) -> None:
        """Write the position under the pointer."""
        self._at = (lon, lat)
        self._write(lon, lat)

    def centre(self, lon: float, lat: float) -> None:
        """Write the middle of the view, as long as the pointer has not been over the map."""
        if self._at is None:
            self._write(lon, lat)

    def _write(self, lon: float, lat: float) -> None:
        """The words keep the widest place they needed, so that nothing moves under the pointer."""
        self.coordinates.setText(coordinates.format(lon, lat, self._system))
        wanted = self.coordinates.sizeHint().width()
        self.coordinates.setMinimumWidth(max(self.coordinates.minimumWidth(), wanted))

    def _dress(self) -> None:
        self.coordinates.setMinimumWidth(0)
        self.coordinates.setFont(self._theme.font("small", mono=True))

    def _systems_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("map-system")
        button.setToolTip(_("Choisir le système de coordonnées"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu, group = QMenu(button), QActionGroup(button)
        for system, words in SYSTEM_WORDS.items():
            action = QAction(_(words), menu)
            action.setCheckable(True)
            action.setChecked(system == self._system)
            action.triggered.connect(lambda _checked=False, s=system: self.choose(s))
            group.addAction(action)
            menu.addAction(action)
        button.setMenu(menu)
        button.setText(_short(self._system))
        return button

    def choose(self, system: str) -> None:
        """Write coordinates in another system."""
        self._system = system
        self.systems.setText(_short(system))
        self.coordinates.setMinimumWidth(0)
        if self._at:
            self.point(*self._at)
        self.system_changed.emit(system)


def _short(system: str) -> str:
    return {"dd": "DD", "dms": "DMS", "ddm": "DDM", "l93": "L93"}.get(system, system.upper())
