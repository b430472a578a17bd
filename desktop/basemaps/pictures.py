"""Calques of pictures (WMS, WMTS, TMS, XYZ): what people added from a service, drawn at its place."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from beffroi.basemaps.online import Online, checked
from beffroi.basemaps.pack import MOST_ZOOM
from beffroi.errors import BeffroiError
from beffroi.layers.calques import calque_of
from beffroi.logbook.changes import SheetChanged
from beffroi.logbook.sheet import Sheet
from beffroi.text import _
from desktop.api import Desk
from desktop.basemaps.grounds import WORLD, Grounds

KIND = "layer"
_PICTURES = ("raster", "tiles")


class Pictures(QObject):
    """Reads the sheets of calques, tells the page of those that are pictures."""

    def __init__(self, desk: Desk, grounds: Grounds) -> None:
        super().__init__(desk.shared)
        self._desk, self._grounds = desk, grounds
        self._refused: set[str] = set()
        desk.feed.on(SheetChanged, self._sheet_changed)
        self._read()

    def _sheet_changed(self, change: SheetChanged) -> None:
        if change.kind == KIND:
            self._read()

    def _read(self) -> None:
        self._desk.tasks.run(partial(self._desk.node.sheets.all, KIND), self._came)

    def _came(self, sheets: list[Sheet]) -> None:
        found = {sheet.uid: one for sheet in sheets if (one := self._picture(sheet)) is not None}
        self._grounds.pictures = found
        self._desk.canvas.keep("pictures", [_spec(uid, one) for uid, one in found.items()])

    def _picture(self, sheet: Sheet) -> Online | None:
        """What to ask for, when the calque is one of pictures whose address can be asked."""
        try:
            calque = calque_of(sheet.fields)
            if calque.kind not in _PICTURES:
                return None
            return checked(
                Online(
                    title=calque.title or _("Image"),
                    template=str(calque.options.get("address", "")),
                    attribution=calque.attribution,
                    min_zoom=round(calque.min_zoom),
                    max_zoom=round(calque.max_zoom) or MOST_ZOOM,
                )
            )
        except BeffroiError as error:
            if sheet.uid not in self._refused:
                self._refused.add(sheet.uid)
                self._desk.notices.warn(f"{sheet.fields.get('title', '')} – {error}")
            return None


def _spec(uid: str, one: Online) -> dict[str, Any]:
    return {
        "id": uid, "vector": False, "box": WORLD, "size": one.size, "min_zoom": one.min_zoom,
        "max_zoom": one.max_zoom, "attribution": one.attribution,
    }  # fmt: skip
