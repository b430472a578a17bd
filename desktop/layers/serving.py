"""Feeds the page with calques: what it fetches by view, and a word when a source has moved on."""

import itertools
from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from beffroi.layers.calques import Calque
from beffroi.layers.held import Held, Recipe
from beffroi.layers.mercator import MercatorBox
from beffroi.layers.names import names
from beffroi.layers.ramps import SEQUENCES, mixed
from beffroi.layers.style import Style
from beffroi.observations import ObservationsChanged
from desktop.api import Desk
from desktop.kit.canvas import Arguments, Reply
from desktop.layers.calques import Calques, Kept

CALM_MS = 1000
"""Changes are gathered so long before the page hears of them: at most one redraw each time."""
_HEAT = 256


class Serving(QObject):
    """Holds what visible calques show, in step with the sources."""

    counted = Signal(str)
    """What this calque holds has been read or has changed."""

    def __init__(self, desk: Desk, calques: Calques, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._calques = calques
        self._held: dict[str, Held] = {}
        self._tried: dict[str, Kept] = {}
        self._births = itertools.count(1)
        self._stale: set[str] = set()
        self._busy = False
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._calm.timeout.connect(self._catch_up)
        canvas = desk.canvas
        canvas.serve("calques/points", self._points)
        canvas.serve("calques/shapes", self._shapes)
        canvas.serve("calques/names", self._names)
        calques.changed.connect(self.tell)
        desk.feed.on(ObservationsChanged, self._moved)

    def held(self, uid: str) -> Held | None:
        """What a calque shows; None when it shows no source."""
        kept = self._kept(uid)
        if kept is None or kept.calque.kind != "source" or not kept.calque.source:
            return None
        return self._hold(uid, recipe_of(kept))

    def _hold(self, uid: str, recipe: Recipe) -> Held:
        held = self._held.get(uid)
        if held is None or held.recipe != recipe:
            born = next(self._births) * 100_000
            held = self._held[uid] = Held(self._desk.node.observations, recipe, born)
        return held

    # Telling the page ----------------------------------------------------------------------------

    def tell(self) -> None:
        """Tell the page of all calques of sources."""
        self._tried.clear()
        for uid in [uid for uid in self._held if uid not in self._calques]:
            del self._held[uid]
        self._tell()

    def _tell(self) -> None:
        shown = list[dict[str, Any]]()
        for uid in self._calques.kept:
            kept = self._kept(uid)
            if kept and kept.calque.kind == "source":
                shown.append(spec(kept))
                if uid in self._held:
                    self._hold(uid, recipe_of(kept))
        self._desk.canvas.keep("calques", shown)

    def _kept(self, uid: str) -> Kept | None:
        """A calque, as it is tried out when it is."""
        return self._tried.get(uid) or self._calques.kept.get(uid)

    def preview(self, uid: str, calque: Calque) -> None:
        """Let the page draw a calque as if it were so, until `tell` is called."""
        self._tried = {uid: Kept(self._calques[uid].sheet, calque)}
        self._tell()

    # Following the sources -----------------------------------------------------------------------

    def _moved(self, change: ObservationsChanged) -> None:
        touched = {kept.uid for kept in self._calques.of_source(change.source)}
        self._stale |= touched & self._held.keys()
        if self._stale and not self._busy and not self._calm.isActive():
            self._calm.start()

    def _catch_up(self) -> None:
        stale = {uid: held for uid in self._stale if (held := self._held.get(uid))}
        self._stale.clear()
        if stale:
            self._busy = True
            self._desk.tasks.run(partial(_caught_up, stale), self._caught, self._failed)

    def _caught(self, steps: dict[str, tuple[int, int]]) -> None:
        self._busy = False
        if steps and self._desk_is_open():
            self._desk.canvas.tell("calque-steps", steps)
        for uid in steps:
            self.counted.emit(uid)
        if self._stale:
            self._calm.start()

    def _desk_is_open(self) -> bool:
        return bool(self._held)

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
        work = partial(names, self._desk.node.observations, style, box=_box(asked))
        self._answer(asked, reply, lambda held: msgspec.json.encode(work(held)))

    def _answer(self, asked: Arguments, reply: Reply, work: Callable[[Held], bytes]) -> None:
        uid = asked["id"]
        held = self._held.get(uid) or self.held(uid)
        if held is None:
            reply(b"")
            return
        first = not held.loaded

        def done(data: bytes) -> None:
            reply(data)
            if first:
                self.counted.emit(uid)

        self._desk.tasks.run(partial(work, held), done, partial(_refused, reply))


def recipe_of(kept: Kept) -> Recipe:
    """What the columns of a calque are made by."""
    calque = kept.calque
    return Recipe(
        source=calque.source, style=calque.style.sorting(), where=calque.filter, rids=calque.rids,
        validity_s=calque.validity_s,
    )  # fmt: skip


def spec(kept: Kept) -> dict[str, Any]:
    """A calque as the page is told of it."""
    calque = kept.calque
    style = calque.style
    told: dict[str, Any] = {
        "id": kept.uid,
        "recipe": f"{hash(recipe_of(kept)):x}",
        "style": {
            "mode": style.mode, "scale": style.scale, "radius": style.radius,
            "labels": msgspec.to_builtins(style.labels) if style.labels else None,
        },
        "looks": msgspec.to_builtins(style.looks()),
        "min_zoom": calque.min_zoom,
        "max_zoom": calque.max_zoom,
        "recent_s": calque.recent_s,
        "attribution": calque.attribution,
    }  # fmt: skip
    if style.mode == "heat":
        told["heat"] = _heat(style.ramp)
    return told


def _heat(ramp: str) -> list[int]:
    anchors = SEQUENCES.get(ramp, SEQUENCES["heat"])
    shades = (mixed(anchors, step / (_HEAT - 1)) for step in range(_HEAT))
    return [int(shade[at : at + 2], 16) for shade in shades for at in (1, 3, 5)]


def _caught_up(stale: dict[str, Held]) -> dict[str, tuple[int, int]]:
    return {uid: held.steps for uid, held in stale.items() if held.catch_up()}


def _refused(reply: Reply, error: BaseException) -> None:
    reply(b"")
    raise error


def _box(asked: Arguments) -> MercatorBox:
    west, south, east, north = (float(part) for part in asked["box"].split(","))
    return west, south, east, north
