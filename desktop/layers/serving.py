"""Feeds the page with calques: what it fetches by view, and a word when a source has moved on."""

from collections.abc import Callable
from functools import partial

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from beffroi.changes import Change
from beffroi.layers.calques import Calque
from beffroi.layers.held import Held
from beffroi.layers.mercator import MercatorBox
from beffroi.layers.names import entry_names, names
from beffroi.layers.style import Style
from beffroi.logbook.changes import EntryAdded, EntryChanged, EntryRemoved, ManyEntriesAdded
from beffroi.observations import ObservationsChanged
from desktop.api import Desk
from desktop.kit.canvas import Arguments, Reply
from desktop.layers.calques import Calques, Kept
from desktop.layers.holding import DRAWN, Holding, Holds, spec

CALM_MS = 1000
"""Changes are gathered so long before the page hears of them: at most one redraw each time."""
CONFIRM_MS = 60_000
"""So often, sources that only said the same again are heard too: what they tell is not out of date."""
_ENTRY_CHANGES = (EntryAdded, EntryChanged, EntryRemoved, ManyEntriesAdded)


class Serving(QObject):
    """Keeps what visible calques show in step with the sources."""

    counted = Signal(str)
    """What this calque holds has been read or has changed."""

    def __init__(self, desk: Desk, calques: Calques, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._calques = calques
        self._holding = Holding(desk.node)
        self._tried: dict[str, Kept] = {}
        self._stale: set[str] = set()
        self._busy = False
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._calm.timeout.connect(self._catch_up)
        self._hours = QTimer(self, interval=CONFIRM_MS)
        self._hours.timeout.connect(self._confirm)
        self._hours.start()
        canvas = desk.canvas
        canvas.serve("calques/points", self._points)
        canvas.serve("calques/shapes", self._shapes)
        canvas.serve("calques/names", self._names)
        calques.changed.connect(self.tell)
        desk.feed.on(ObservationsChanged, self._moved)
        for kind in _ENTRY_CHANGES:
            desk.feed.on(kind, self._entries_moved)

    def held(self, uid: str) -> Holds | None:
        """What a calque shows; None when it is drawn by others."""
        kept = self._kept(uid)
        return self._holding.hold(kept) if kept is not None else None

    # Telling the page ----------------------------------------------------------------------------

    def tell(self) -> None:
        """Tell the page of all calques that are drawn from here."""
        self._tried.clear()
        self._holding.keep_only(set(self._calques.kept))
        self._tell()

    def preview(self, uid: str, calque: Calque) -> None:
        """Let the page draw a calque as if it were so, until `tell` is called."""
        self._tried = {uid: Kept(self._calques[uid].sheet, calque)}
        self._tell()

    def _tell(self) -> None:
        shown = [kept for uid in self._calques.kept if (kept := self._kept(uid))]
        shown = [kept for kept in shown if kept.calque.kind in DRAWN]
        for kept in shown:
            if kept.uid in self._holding:
                self._holding.hold(kept)
        self._desk.canvas.keep("calques", [spec(kept) for kept in shown])

    def _kept(self, uid: str) -> Kept | None:
        """A calque, as it is tried out when it is."""
        return self._tried.get(uid) or self._calques.kept.get(uid)

    # Following the sources -----------------------------------------------------------------------

    def _moved(self, change: ObservationsChanged) -> None:
        self._wear({kept.uid for kept in self._calques.of_source(change.source)})

    def _entries_moved(self, _change: Change) -> None:
        kept = self._calques.kept.values()
        self._wear({one.uid for one in kept if one.calque.kind == "query"})

    def _wear(self, touched: set[str]) -> None:
        self._stale |= {uid for uid in touched if uid in self._holding}
        if self._stale and not self._busy and not self._calm.isActive():
            self._calm.start()

    def _catch_up(self) -> None:
        stale = {uid: held for uid in self._stale if (held := self._holding.get(uid)) is not None}
        self._stale.clear()
        if stale:
            self._busy = True
            self._desk.tasks.run(partial(_caught_up, stale), self._caught, self._failed)

    def _caught(self, steps: dict[str, tuple[int, int]]) -> None:
        self._busy = False
        if steps:
            self._desk.canvas.tell("calque-steps", steps)
        for uid in steps:
            self.counted.emit(uid)
        if self._stale:
            self._calm.start()

    def _confirm(self) -> None:
        worn = {
            uid: held
            for uid in self._calques.kept
            if (held := self._holding.get(uid)) is not None and held.recipe.validity_s
        }
        if worn and not self._busy:
            self._busy = True
            self._desk.tasks.run(partial(_confirmed, worn), self._caught, self._failed)

    def _failed(self, error: BaseException) -> None:
        self._busy = False
        self._desk.tasks.unhandled.emit(error)

    # Answering the page --------------------------------------------------------------------------

    def _points(self, asked: Arguments, reply: Reply) -> None:
        since, side = int(asked["since"]), float(asked["side"])
        self._answer(asked, reply, lambda held: held.points(since, _box(asked), side))

    def _shapes(self, asked: Arguments, reply: Reply) -> None:
        resolution = float(asked["resolution"])
        self._answer(asked, reply, lambda held: held.shapes(_box(asked), resolution))

    def _names(self, asked: Arguments, reply: Reply) -> None:
        kept = self._kept(asked["id"])
        style = kept.calque.style if kept else Style()
        node = self._desk.node

        def work(held: Holds) -> bytes:
            if isinstance(held, Held):
                return msgspec.json.encode(names(node.observations, style, held, _box(asked)))
            return msgspec.json.encode(entry_names(node.logbook.entries, style, held, _box(asked)))

        self._answer(asked, reply, work)

    def _answer(self, asked: Arguments, reply: Reply, work: Callable[[Holds], bytes]) -> None:
        uid = asked["id"]
        held = self.held(uid)
        if held is None:
            reply(b"")
            return
        first = not held.loaded

        def done(data: bytes) -> None:
            reply(data)
            if first:
                self.counted.emit(uid)

        self._desk.tasks.run(partial(work, held), done, partial(_refused, reply))


def _caught_up(stale: dict[str, Holds]) -> dict[str, tuple[int, int]]:
    return {uid: held.steps for uid, held in stale.items() if held.catch_up()}


def _confirmed(worn: dict[str, Holds]) -> dict[str, tuple[int, int]]:
    return {uid: held.steps for uid, held in worn.items() if held.confirm()}


def _refused(reply: Reply, error: BaseException) -> None:
    reply(b"")
    raise error


def _box(asked: Arguments) -> MercatorBox:
    west, south, east, north = (float(part) for part in asked["box"].split(","))
    return west, south, east, north
