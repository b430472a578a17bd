"""The gauge of autonomy: a bar and a sentence on what a dead network would leave of this view."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget
from typing_extensions import override

from beffroi.basemaps.autonomy import Gauge, Ground, by_territory, gauge
from beffroi.basemaps.cache import Cache
from beffroi.basemaps.pack import Box
from beffroi.basemaps.shelf import Shelf
from beffroi.basemaps.words import detail, percent, sentence
from beffroi.text import _
from desktop.api import Desk
from desktop.basemaps.grounds import WORLD, Grounds, Row
from desktop.kit.canvas import Event
from desktop.kit.pieces import words

_SOON_MS = 400
_TERRITORIES: tuple[tuple[str, Box], ...] = (
    ("Métropole", (-5.2, 41.3, 9.7, 51.2)),
    ("Île-de-France", (1.4, 48.1, 3.6, 49.25)),
    ("Antilles", (-63.3, 14.2, -60.6, 18.3)),
    ("Guyane", (-54.7, 2.0, -51.5, 5.9)),
    ("Réunion-Mayotte", (44.7, -21.6, 56.1, -12.4)),
    ("Polynésie", (-154.8, -28.0, -134.3, -7.7)),
    ("Nouvelle-Calédonie", (163.3, -22.9, 168.4, -19.3)),
)


@dataclass(frozen=True, slots=True)
class _Look:
    box: Box
    zoom: float


@dataclass(frozen=True, slots=True)
class _Answer:
    view: Gauge
    territories: list[tuple[str, Gauge]]


class GaugeBar(QWidget):
    """Follows the map; asks the packs in the background, a moment after the view stopped."""

    def __init__(self, desk: Desk, grounds: Grounds) -> None:
        super().__init__()
        self._desk, self._grounds = desk, grounds
        self._look: _Look | None = None
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Jauge d’autonomie"))
        self.head = QLabel(_("Jauge d’autonomie"))
        self.head.setProperty("role", "section")
        self.said = words("", ink="muted")
        self.elsewhere = words("", ink="muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(desk.theme.px(4))
        for widget in (self.head, self.bar, self.said, self.elsewhere):
            layout.addWidget(widget)
        self._timer = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._timer.timeout.connect(self._ask)
        desk.canvas.on("moved", self._moved)
        grounds.changed.connect(self._timer.start)

    def _moved(self, event: Event) -> None:
        west, south, east, north = event["box"]
        self._look = _Look((west, south, east, north), float(event["zoom"]))
        self._timer.start()

    def _ask(self) -> None:
        if self._look is None or not self.isVisible():
            return
        rows = [row for row in self._grounds.rows if row.pack or row.online]
        work = partial(_worked_out, self._grounds, rows, self._look)
        self._desk.tasks.run(work, self._show, lambda _error: None)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    def _show(self, answer: _Answer) -> None:
        share = answer.view.share
        self.bar.setValue(round(share * 100))
        self.head.setText(_("Jauge d’autonomie\u00a0: {share}").format(share=percent(share)))
        self.said.setText(sentence(answer.view))
        told = [
            f"{name}\u00a0: {percent(found.share)} ({detail(found.max_zoom)})"
            for name, found in answer.territories
            if found.share
        ]
        self.elsewhere.setText(
            _("Par territoire – {list}").format(list=", ".join(told)) if told else ""
        )
        self.elsewhere.setVisible(bool(told))


def _worked_out(grounds_of: Grounds, rows: list[Row], look: _Look) -> _Answer:
    """Look up the tiles of the view, and of each territory; in the background."""
    online = any(row.online and row.opacity for row in rows)
    cache = grounds_of.cache if online else None
    grounds = [g for row in rows if (g := _ground(grounds_of.shelf, cache, row)) is not None]
    return _Answer(gauge(grounds, look.box, look.zoom), by_territory(grounds, _TERRITORIES))


def _ground(shelf: Shelf, cache: Cache | None, row: Row) -> Ground | None:
    if row.pack and row.pack.pack:
        pack, tiles = row.pack.pack, shelf.tiles(row.uid)
        return Ground(
            title=row.title, box=pack.box, min_zoom=pack.min_zoom, max_zoom=pack.max_zoom,
            wide=pack.vector,
            has=lambda z, x, y: tiles.tile(z, x, y) is not None,
        )  # fmt: skip
    if row.online and cache is not None:
        return Ground(
            title=_("{name}, déjà vu").format(name=row.title), box=WORLD,
            min_zoom=row.online.min_zoom, max_zoom=row.online.max_zoom,
            has=partial(cache.has, row.uid),
        )  # fmt: skip
    return None
