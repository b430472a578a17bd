"""Keeps the numbers of the tree true: how many things each visible calque holds, by look."""

from functools import partial

from PySide6.QtCore import QObject

from beffroi.layers.held import Form, Held
from desktop.api import Desk
from desktop.layers.panel import LayersPanel
from desktop.layers.serving import Serving

Counted = tuple[int, list[int], Form]


class Counting(QObject):
    """Counts in the background, each calque again when what it holds has changed."""

    def __init__(self, desk: Desk, serving: Serving, panel: LayersPanel) -> None:
        super().__init__(panel)
        self._desk, self._serving, self._panel = desk, serving, panel
        self._known: dict[str, Counted] = {}
        self._busy: set[str] = set()
        serving.counted.connect(self._count)
        panel.filled.connect(self._say_all)

    def _count(self, uid: str) -> None:
        held = self._serving.held(uid)
        if held is not None and held.loaded and uid not in self._busy:
            self._busy.add(uid)
            self._desk.tasks.run(partial(_counted, held), partial(self._came, uid))

    def _came(self, uid: str, counted: Counted) -> None:
        self._busy.discard(uid)
        self._known[uid] = counted
        self._panel.say_counts(uid, *counted)

    def _say_all(self) -> None:
        for uid, counted in self._known.items():
            self._panel.say_counts(uid, *counted)


def _counted(held: Held) -> Counted:
    return len(held), [int(count) for count in held.counts()], held.form
