"""Plays a GPX again, at its pace or up to sixty times as fast."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QPushButton, QWidget

from beffroi.text import _
from beffroi.tracks.fix import Fix
from beffroi.tracks.gpx import fixes_in, taken_from
from beffroi.tracks.replay import SPEEDS
from desktop.api import Desk
from desktop.kit.flow import FlowLayout
from desktop.tracks.tracker import Tracker


class ReplayBar(QWidget):
    """One recording at a time."""

    def __init__(self, desk: Desk, tracker: Tracker) -> None:
        super().__init__()
        self._desk = desk
        self._tracker = tracker
        self.open = QPushButton(desk.theme.icon("history"), _("Rejouer un GPX…"))
        self.open.clicked.connect(self.ask)
        self.speed = QComboBox()
        self.speed.setAccessibleName(_("Vitesse"))
        for speed in SPEEDS:
            self.speed.addItem(f"× {speed}", speed)
        self.speed.currentIndexChanged.connect(self._faster)
        self.stop = QPushButton(desk.theme.icon("player-stop"), _("Arrêter"))
        self.stop.clicked.connect(tracker.stop_playing)
        self.said = QLabel()
        self.said.setProperty("ink", "muted")
        line = FlowLayout(self)
        for widget in (self.open, self.speed, self.stop, self.said):
            line.addWidget(widget)
        tracker.replay_changed.connect(self._draw)
        tracker.ticked.connect(self._draw)
        self._draw()

    def ask(self) -> None:
        """Choose a recording."""
        name, _kind = QFileDialog.getOpenFileName(self, _("Rejouer un GPX"), "", "GPX (*.gpx)")
        if name:
            self.play(Path(name))

    def play(self, path: Path) -> None:
        """Play a file from now on."""
        self._desk.tasks.run(partial(_fixes, path), self._begin)

    def _begin(self, fixes: list[Fix]) -> None:
        self._tracker.play(fixes, float(self.speed.currentData()))

    def _faster(self) -> None:
        self._tracker.play_at(float(self.speed.currentData()))

    def _draw(self) -> None:
        replay = self._tracker.replay
        self.stop.setVisible(replay is not None)
        self.said.setText("" if replay is None else f"{replay.share * 100:.0f}\u202f%")


def _fixes(path: Path) -> list[Fix]:
    return fixes_in(taken_from(path), path.stem)
