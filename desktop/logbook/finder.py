"""Runs the search behind the list: after a pause in typing, in the background, the last one counts."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import msgspec
import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from beffroi.logbook import query as queries
from beffroi.logbook.query import Query
from beffroi.node import Node
from desktop.kit.shared import Box
from desktop.kit.tasks import Tasks
from desktop.logbook.timeline import Timeline

PAUSE_MS = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the list is to show: the text of the search, the map's view if it matters, the order."""

    text: str = ""
    box: Box | None = None
    by_event: bool = False
    only: frozenset[int] | None = None
    """Of these (row ids) alone, None for all: what is new since a cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The answer: which entries, in order, among how many."""

    asked: Asked
    query: Query
    timeline: Timeline
    total: int

    @property
    def filtered(self) -> bool:
        """Whether anything is left out."""
        return not self.query.is_empty or self.asked.only is not None


class Finder(QObject):
    """Asks, and gives `found` once per question that still matters."""

    found = Signal(object)
    failed = Signal(object)
    began = Signal()
    """The store is about to be looked at."""
    busy_changed = Signal(bool)

    def __init__(self, node: Node, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._node = node
        self._tasks = tasks
        self._turn = 0
        self.asked = Asked()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._run)

    def ask(self, asked: Asked, *, now: bool = False) -> None:
        """Search, after a pause in typing unless it is to be `now`."""
        self.asked = asked
        self._turn += 1
        if now:
            self._pause.stop()
            self._run()
        else:
            self._pause.start()

    def _run(self) -> None:
        turn, asked = self._turn, self.asked
        self.busy_changed.emit(True)
        self.began.emit()
        self._tasks.run(
            lambda: find(self._node, asked),
            lambda answer: self._settle(turn, answer),
            lambda error: self._fail(turn, error),
        )

    def _settle(self, turn: int, answer: Found) -> None:
        if turn == self._turn:
            self.busy_changed.emit(False)
            self.found.emit(answer)

    def _fail(self, turn: int, error: BaseException) -> None:
        if turn == self._turn:
            self.busy_changed.emit(False)
            self.failed.emit(error)


def find(node: Node, asked: Asked) -> Found:
    """Search (slow: off the main thread)."""
    query = understood(node, asked)
    rids, times = node.search.timed(query)
    if asked.only is not None:
        kept = np.isin(rids, np.fromiter(asked.only, np.int64, len(asked.only)))
        rids, times = rids[kept], times[kept]
    whole = query.is_empty and asked.only is None
    total = len(rids) if whole else node.logbook.total()
    return Found(
        asked=asked,
        query=query,
        timeline=Timeline.of(rids, times, ZoneInfo(node.info.zone)),
        total=total,
    )


def understood(node: Node, asked: Asked) -> Query:
    """The query that a question means."""

    def locate(words: str) -> tuple[float, float] | None:
        place = node.places.locate(words)
        return None if place is None else (place.lon, place.lat)

    query = queries.parse(
        asked.text,
        now=node.clock.now(),
        locate=locate,
        zone=ZoneInfo(node.info.zone),
        tags=node.taxonomy,
    )
    return msgspec.structs.replace(
        query,
        box=asked.box if asked.box is not None else query.box,
        order="event" if asked.by_event or query.order == "event" else "entered",
    )
