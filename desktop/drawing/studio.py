"""Ties the page, the pen, the hand and the calques together: what the officer does becomes shapes."""

from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import QObject

from beffroi.errors import BeffroiError
from beffroi.layers.drawing import typed
from beffroi.layers.drawing.symbols import SETS, SetName
from beffroi.layers.shapes import ANCHORED, KIND_WORDS, Kind, Position, Shape
from beffroi.logbook.entry import Entry
from beffroi.places import coordinates
from beffroi.text import N_, _
from desktop.api import Desk, Event
from desktop.drawing.calques import Calques
from desktop.drawing.gestures import Gestures
from desktop.drawing.hand import Hand
from desktop.drawing.pen import Pen
from desktop.drawing.pictures import Pictures
from desktop.drawing.shapes import Shapes
from desktop.drawing.wire import INK

_PROMPTS: dict[Kind, str] = {
    "point": N_("Cliquez où poser le point, ou tapez ses coordonnées."),
    "line": N_("Cliquez chaque point\u202f; double-clic ou Entrée pour finir."),
    "area": N_("Cliquez le contour\u202f; double-clic ou Entrée pour finir."),
    "rectangle": N_("Cliquez deux coins opposés."),
    "circle": N_("Cliquez le centre, puis le bord\u202f; ou tapez le rayon."),
    "sector": N_("Cliquez le centre, le début, puis la fin du secteur."),
    "arrow": N_("Cliquez chaque point\u202f; la pointe est au dernier (double-clic)."),
    "text": N_("Cliquez où écrire."),
    "symbol": N_("Cliquez où poser le symbole, ou tapez ses coordonnées."),
}


class Studio(QObject):
    """Listens to the page and tells it what to show."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.shapes = Shapes(desk, self)
        self.calques = Calques(desk, self)
        self.pen = Pen(desk.settings, self)
        self.hand = Hand(desk, self.shapes, self)
        self.pictures = Pictures(desk, self)
        self.gestures = Gestures(desk, self.hand, self)
        self.snapping = True
        self._connect()

    def _connect(self) -> None:
        desk, canvas = self._desk, self._desk.canvas
        canvas.keep("drawing-words", _field_words())
        canvas.on("drawing-drawn", self._drawn)
        canvas.on("drawing-left", self._left)
        canvas.on("drawing-short", self._short)
        canvas.on("drawing-typed", self._typed)
        canvas.on("drawing-cursor", self._cursor)
        self.hand.selected.connect(self._show_selection)
        self.pen.changed.connect(self._show_tool)
        self.pen.dressed.connect(self._dressed)
        desk.stack.changed.connect(self._show_selection)
        desk.shared.moment_changed.connect(lambda _moment: self._show_time())
        desk.shared.period_changed.connect(lambda _since, _until: self._show_time())
        self._show_time()

    # tools

    def take(self, kind: Kind, symbol: str = "", *, entry: str = "", label: str = "") -> None:
        """Take a tool; the first drawing makes its calque.

        Raises:
            BeffroiError: this person may not draw, or the calque is locked.
        """
        self._allow()
        if not self.calques.current:
            self.calques.make(_("Mon dessin"), _set_of(symbol))
        self._desk.docks.show("map")
        self.pen.take(kind, symbol=symbol, entry=entry, label=label)

    def place(self, shape: Shape) -> None:
        """Draw a whole shape on the calque in use, which is made when there is none.

        Raises:
            BeffroiError: this person may not draw, or the calque is locked.
        """
        self._allow()
        if layer := self.calques.current:
            self.hand.draw(msgspec.structs.replace(shape, layer=layer))
        else:
            self.calques.make(
                _("Mon dessin"), _set_of(shape.symbol), lambda _uid: self.place(shape)
            )

    def _allow(self) -> None:
        if not self._desk.node.who.may_write:
            raise BeffroiError(
                _("Votre rôle consulte sans écrire\u00a0: vous ne pouvez pas dessiner.")
            )
        layer = self.calques.current
        if layer and self._desk.stack[layer].locked:
            raise BeffroiError(
                _("Ce calque est verrouillé\u00a0: ôtez son verrou, ou dessinez sur un autre.")
            )
        if layer and not self.calques.may_draw(layer):
            raise BeffroiError(
                _(
                    "Ce calque partagé se lit sans s’écrire ici\u00a0: dessinez sur un calque à vous."
                )
            )

    def put_away(self) -> None:
        """Leave the tool."""
        self.pen.take(None)

    def set_snapping(self, on: bool) -> None:
        """Catch the pointer on what is near, or not."""
        self.snapping = on
        self._desk.canvas.keep("drawing-snap", on)

    def _show_tool(self) -> None:
        pen = self.pen
        if pen.kind is None:
            self._desk.canvas.keep("drawing-tool", None)
            return
        shape = {
            "kind": pen.kind, "symbol": pen.symbol, "colour": pen.colour or self.pictures.colour(pen.symbol) or INK,
            "size": pen.look.size, "planned": pen.look.planned, "fill": pen.look.fill, "label": pen.label,
            "keep": pen.keep and not pen.entry, "prompt": _(_PROMPTS[pen.kind]),
        }  # fmt: skip
        self._desk.canvas.keep("drawing-tool", shape)

    def _dressed(self, look: dict[str, Any]) -> None:
        """Without a tool in hand, the look is for what is selected."""
        if self.pen.kind is None and self.hand.selection:
            self.gestures.dress(look)

    def _left(self, _event: Event) -> None:
        if self.pen.kind is not None:
            self.pen.take(None)

    def _short(self, event: Event) -> None:
        kind: Kind = event["kind"]
        words = _("{kind}\u00a0: il manque des points ({n} au moins).")
        self._desk.notices.info(words.format(kind=_(KIND_WORDS[kind]), n=event["needs"]))

    def _drawn(self, event: Event) -> None:
        try:
            shape = self.pen.shape(self.calques.current, event)
        except BeffroiError as error:
            self._desk.notices.warn(str(error))
            return
        if shape.kind == "text" and not shape.label:
            self.gestures.label_next()
        rid = event.get("entry")
        if rid is None or shape.entry or shape.kind not in ANCHORED:
            self._place(shape)
        else:  # it was caught by an entry: it draws it
            work = partial(self._desk.node.logbook.entry_at, int(rid))
            self._desk.tasks.run(work, partial(self._place_for, shape))

    def _place_for(self, shape: Shape, entry: Entry) -> None:
        self._place(msgspec.structs.replace(shape, entry=entry.uid))

    def _place(self, shape: Shape) -> None:
        try:
            self.place(shape)
        except BeffroiError as error:
            self._desk.notices.warn(str(error))

    # typed values

    def _typed(self, event: Event) -> None:
        said = typed.Typed(
            coordinates=str(event.get("coordinates") or ""),
            distance=str(event.get("distance") or ""),
            azimuth=str(event.get("azimuth") or ""),
        )
        start: Position | None = (event["from"][0], event["from"][1]) if event["from"] else None
        try:
            spot = typed.spot(said, start, towards=event["towards"], far=event["far"])
        except BeffroiError as error:
            self._desk.canvas.tell("drawing-read", {"error": str(error)})
        else:
            self._desk.canvas.tell("drawing-read", {"spot": spot})

    def _cursor(self, event: Event) -> None:
        system = str(self._desk.settings.value("map/system", "dd"))
        lon = (event["lon"] + 180) % 360 - 180
        written = coordinates.format(lon, event["lat"], system)
        self._desk.canvas.tell("drawing-cursor-said", {"coordinates": written})

    # what the page shows

    def _show_selection(self, _uids: object = None) -> None:
        told = {"uids": list(self.hand.selection), "may": self.hand.changeable()}
        self._desk.canvas.keep("drawing-selected", told)

    def _show_time(self) -> None:
        since, until = self._desk.shared.period
        moment = self._desk.shared.moment or None
        self._desk.canvas.keep("drawing-time", {"moment": moment, "since": since, "until": until})


def _set_of(symbol: str) -> SetName:
    """The set a symbol belongs to; a first calque without one is a SITAC."""
    return next((name for name in SETS if symbol.startswith(f"{name}:")), "sitac")


def _field_words() -> dict[str, str]:
    return {
        "coordinates": _("Coordonnées"),
        "distance": _("Distance"),
        "azimuth": _("Azimut"),
    }
