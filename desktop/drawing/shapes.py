"""All the shapes of the profile, as they stand: read once, then kept true by the change feed."""

from collections.abc import Callable, Iterable
from functools import partial

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from beffroi.layers.drawing.board import KIND
from beffroi.layers.shapes import Shape
from beffroi.logbook.changes import SheetChanged
from beffroi.logbook.sheet import Sheet
from desktop.api import Desk
from desktop.drawing.wire import for_page, read

Drawn = tuple[Sheet, Shape]
_BULK = 100
"""More than that the page fetches anew: a long message would hold the window up."""
_GATHER_MS = 25
"""Changes that come together are read together."""


class Shapes(QObject):
    """Tells the page, and whoever listens, which shapes there are."""

    changed = Signal()
    """Some shape is not what it was, or all have been read."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sheets: dict[str, Sheet] = {}
        self._shapes: dict[str, Shape] = {}
        self._stale: set[str] = set()
        self.loaded = False
        self._gather = QTimer(self, singleShot=True, interval=_GATHER_MS)
        self._gather.timeout.connect(self._read_stale)
        desk.canvas.serve("drawing/shapes", self._serve)
        desk.feed.on(SheetChanged, self._heard)
        desk.tasks.run(self._read_all, self._load)

    def __getitem__(self, uid: str) -> Shape:
        return self._shapes[uid]

    def __contains__(self, uid: str) -> bool:
        return uid in self._shapes

    @property
    def uids(self) -> set[str]:
        """All of them."""
        return set(self._shapes)

    def sheet(self, uid: str) -> Sheet:
        """Who drew a shape, when, and who sees it."""
        return self._sheets[uid]

    def of_layer(self, layer: str) -> dict[str, Shape]:
        """The shapes of a calque."""
        return {uid: shape for uid, shape in self._shapes.items() if shape.layer == layer}

    def of_entry(self, entry: str) -> list[str]:
        """The shapes that draw an entry."""
        return [uid for uid, shape in self._shapes.items() if shape.entry == entry]

    @property
    def drawn_entries(self) -> set[str]:
        """The uids of entries that some shape draws."""
        return {shape.entry for shape in self._shapes.values() if shape.entry}

    # reading

    def _read_all(self) -> list[Drawn]:
        return _understood(self._desk.node.sheets.all(KIND))

    def _load(self, drawn: list[Drawn]) -> None:
        for sheet, shape in drawn:
            self._sheets[sheet.uid], self._shapes[sheet.uid] = sheet, shape
        self.loaded = True
        self._desk.canvas.tell("drawing-reload")
        self.changed.emit()

    def _heard(self, change: SheetChanged) -> None:
        if change.kind == KIND:
            self._stale.add(change.uid)
            if not self._gather.isActive():
                self._gather.start()

    def _read_stale(self) -> None:
        uids, self._stale = sorted(self._stale), set()
        self._desk.tasks.run(partial(self._find, uids), partial(self._found, uids))

    def _find(self, uids: Iterable[str]) -> list[Drawn]:
        found = (self._desk.node.sheets.find(uid) for uid in uids)
        return _understood(sheet for sheet in found if sheet is not None)

    def _found(self, uids: list[str], drawn: list[Drawn]) -> None:
        kept = {sheet.uid for sheet, _shape in drawn}
        gone = [uid for uid in uids if uid not in kept]
        for uid in gone:
            self._shapes.pop(uid, None)
            self._sheets.pop(uid, None)
        for sheet, shape in drawn:
            self._sheets[sheet.uid], self._shapes[sheet.uid] = sheet, shape
        if len(drawn) > _BULK:
            self._desk.canvas.tell("drawing-reload")
        elif kept:
            told = [for_page(sheet.uid, shape) for sheet, shape in drawn]
            self._desk.canvas.tell("drawing-put", told)
        if gone:
            self._desk.canvas.tell("drawing-drop", gone)
        self.changed.emit()

    # the page

    def _serve(self, _asked: dict[str, str], reply: Callable[[bytes], None]) -> None:
        """All of them at once, written in the background: there may be thousands."""
        self._desk.tasks.run(partial(_written, dict(self._shapes)), reply)


def _understood(sheets: Iterable[Sheet]) -> list[Drawn]:
    pairs = ((sheet, read(sheet)) for sheet in sheets)
    return [(sheet, shape) for sheet, shape in pairs if shape is not None]


def _written(shapes: dict[str, Shape]) -> bytes:
    return msgspec.json.encode([for_page(uid, shape) for uid, shape in shapes.items()])
