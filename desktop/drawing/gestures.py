"""What one does to shapes on the map: selected, carried, turned, copied, erased, opened."""

from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from beffroi.layers.drawing import deeds
from beffroi.layers.drawing.geodesic import reach
from beffroi.layers.drawing.outline import moved, turned
from beffroi.layers.shapes import ANCHORED
from desktop.api import Desk, Event
from desktop.drawing.hand import Hand
from desktop.drawing.wire import said_fields

_DEEDS = {"move": deeds.MOVE, "turn": deeds.TURN, "reshape": deeds.RESHAPE}
_NUDGES = {"ArrowUp": 0.0, "ArrowRight": 90.0, "ArrowDown": 180.0, "ArrowLeft": 270.0}
_NUDGE_M = 10.0
_COPY_M = 150.0


class Gestures(QObject):
    """Listens to the page and moves the hand."""

    opened = Signal(str)
    """The sheet of a shape (uid) is asked for."""

    def __init__(self, desk: Desk, hand: Hand, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._hand = hand
        self._labels_next = False
        hand.drawn.connect(self._drawn)
        canvas = desk.canvas
        canvas.on("drawing-clicked", self._clicked)
        canvas.on("drawing-boxed", self._boxed)
        canvas.on("drawing-opened", self._opened)
        canvas.on("drawing-reshaped", self._reshaped)
        canvas.on("drawing-erase", lambda _event: hand.erase())
        canvas.on("drawing-nudge", self._nudge)
        canvas.on("clicked-nothing", lambda _event: hand.select(()))
        desk.shared.selection_changed.connect(self._entries_selected)

    def label_next(self) -> None:
        """The next shape drawn is opened for its words (a text, for instance)."""
        self._labels_next = True

    def _drawn(self, uids: list[str]) -> None:
        if self._labels_next and uids:
            self._labels_next = False
            self.opened.emit(uids[0])

    def _clicked(self, event: Event) -> None:
        uid = event["uid"]
        if uid not in self._hand.shapes:
            return
        if event["more"]:
            self._hand.switch(uid)
            return
        self._hand.select((uid,))
        if entry := self._hand.shapes[uid].entry:
            self._desk.shared.select((entry,), self)

    def _boxed(self, event: Event) -> None:
        """A box was drawn around shapes; an empty one lets go of the selection."""
        found = [uid for uid in event["uids"] if uid in self._hand.shapes]
        self._hand.select((*self._hand.selection, *found) if event["more"] else found)

    def _opened(self, event: Event) -> None:
        uid = event["uid"]
        if uid in self._hand.shapes and (entry := self._hand.shapes[uid].entry):
            self._desk.shared.open(entry)
        else:
            self.opened.emit(uid)

    def _entries_selected(self, entries: tuple[str, ...], by: object) -> None:
        """An entry selected elsewhere shows the shapes that draw it."""
        if by is not self:
            found = [uid for entry in entries for uid in self._hand.shapes.of_entry(entry)]
            if found or not entries:
                self._hand.select(found)

    def _reshaped(self, event: Event) -> None:
        changes = {said["uid"]: said_fields(said) for said in event["shapes"]}
        changes = {uid: values for uid, values in changes.items() if uid in self._hand.shapes}
        self._hand.change(changes, _DEEDS.get(event["deed"], deeds.CHANGE))

    def _nudge(self, event: Event) -> None:
        self._carry(_NUDGES[event["key"]], _NUDGE_M)

    def _carry(self, bearing: float, metres: float) -> None:
        changes = {}
        for uid in self._hand.changeable():
            shape = self._hand.shapes[uid]
            start = shape.points[0]
            changes[uid] = {"points": moved(shape, start, reach(start, metres, bearing))}
        self._hand.change(changes, deeds.MOVE)

    def copy(self, layer: str) -> None:
        """Draw what is selected once more on a calque, a little to the south-east."""
        copies = []
        for uid in self._hand.selection:
            shape = self._hand.shapes[uid]
            points = moved(shape, shape.points[0], reach(shape.points[0], _COPY_M, 135))
            copies.append(msgspec.structs.replace(shape, points=points, layer=layer))
        if copies:
            self._hand.draw_all(copies, deeds.COPY)

    def turn(self, angle: float) -> None:
        """Turn what is selected clockwise by an angle in degrees."""
        changes: dict[str, dict[str, Any]] = {}
        for uid in self._hand.changeable():
            shape = self._hand.shapes[uid]
            if shape.kind in ANCHORED:
                changes[uid] = {"rotation_deg": (shape.rotation_deg + angle) % 360}
            else:
                changes[uid] = {"points": turned(shape, angle)}
        self._hand.change(changes, deeds.TURN)

    def dress(self, look: dict[str, Any]) -> None:
        """Give what is selected another look; a SITAC symbol keeps the colour of its charter."""
        shapes = self._hand.shapes
        changes = {}
        for uid in self._hand.changeable():
            charter = shapes[uid].symbol.startswith("sitac:")
            changes[uid] = {k: v for k, v in look.items() if not (charter and k == "colour")}
        self._hand.change(changes)

    def step(self, by: int) -> None:
        """Select the next shape, or the one before, and show it."""
        uids = sorted(self._hand.shapes.uids)
        if not uids:
            return
        held = self._hand.selection[:1]
        at = uids.index(held[0]) + by if held and held[0] in uids else 0
        self.show(uids[at % len(uids)])

    def show(self, uid: str) -> None:
        """Bring a shape into view and select it."""
        self._desk.docks.reveal("map")
        self._hand.select((uid,))
        self._desk.canvas.tell("drawing-fit", [uid])
