"""Keeps the numbers of the tree true: how many things each visible calque holds, by look."""

from functools import partial

from PySide6.QtCore import QObject, QTimer

from beffroi.layers.held import Form
from desktop.api import Desk
from desktop.layers.holding import Holds
from desktop.layers.panel import LayersPanel
from desktop.layers.serving import Serving

Counted = tuple[int, list[int], Form]


CALM_MS = 4_000
"""A calque that changes all the time is counted so often."""


class Counting(QObject):
    """Counts in the background, each calque again a while after what it holds has changed."""

    def __init__(self, desk: Desk, serving: Serving, panel: LayersPanel) -> None:
        super().__init__(panel)
        self._desk, self._serving, self._panel = desk, serving, panel
        self._known: dict[str, Counted] = {}
        self._waiting: set[str] = set()
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._calm.timeout.connect(self._count_all)
        serving.counted.connect(self._later)
        panel.filled.connect(self._say_all)

    def _later(self, uid: str) -> None:
        if uid not in self._known:
            self._count(uid)
            return
        self._waiting.add(uid)
        if not self._calm.isActive():
            self._calm.start()

    def _count_all(self) -> None:
        waiting, self._waiting = self._waiting, set()
        for uid in waiting:
            self._count(uid)

    def _count(self, uid: str) -> None:
        held = self._serving.held(uid)
        if held is not None and held.loaded:
            self._desk.tasks.run(partial(_counted, held), partial(self._came, uid))

    def _came(self, uid: str, counted: Counted) -> None:
        if self._known.get(uid) == counted:
            return
        self._known[uid] = counted
        self._panel.filling.say_counts(uid, *counted)

    def _say_all(self) -> None:
        for uid, counted in self._known.items():
            self._panel.filling.say_counts(uid, *counted)


def _counted(held: Holds) -> Counted:
    return len(held), [int(count) for count in held.counts()], held.form
