"""The map as it was drawn for a sheet: pictures in their places, kept packed until they are painted."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QColor, QImage

from desktop.kit.canvas import Canvas, Stills
from desktop.printing.ground import Tile, tiles
from desktop.printing.ink import Ink
from desktop.printing.paper import Rect
from desktop.printing.plan import Plan

Packed = list[tuple[Tile, bytes]]
"""Each part of the map with its picture (PNG)."""


class Pictures(QObject):
    """Takes all pictures of one plan, one after the other, by `stills` or by some of its own."""

    def __init__(
        self, canvas: Canvas, plan: Plan, stills: Stills | None, done: Callable[[Packed], None],
        failed: Callable[[BaseException], None], step: Callable[[int, int], None],
        parent: QObject,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._done, self._failed, self._step = done, failed, step
        sheet = plan.sheet
        self._wanted = list(tiles(plan.ground, sheet.map, plan.fineness, sheet.factor))
        self._packed: Packed = []
        self._over = False
        self._own = None if stills else canvas.stills()
        taker = stills or self._own
        assert taker is not None  # noqa: S101 - one or the other
        for tile in self._wanted:
            taker.take(tile.look, partial(self._came, tile), self._lost)

    def _came(self, tile: Tile, picture: bytes) -> None:
        if self._over:
            return
        self._packed.append((tile, picture))
        self._step(len(self._packed), len(self._wanted))
        if len(self._packed) == len(self._wanted):
            self.stop()
            self._done(self._packed)

    def _lost(self, error: BaseException) -> None:
        if not self._over:
            self.stop()
            self._failed(error)

    def stop(self) -> None:
        """No more pictures are wanted."""
        self._over = True
        own, self._own = self._own, None
        if own is not None:
            own.shut()


def draw_map(packed: Packed, *, grey: bool, ink: Ink, place: Rect) -> None:
    """Paint the pictures into the place of the map; one is unpacked at a time."""
    ink.fill(place, QColor("#eef1f4"))
    for tile, data in packed:
        picture = QImage.fromData(data)
        if grey:
            picture = picture.convertToFormat(QImage.Format.Format_Grayscale8)
        kept = QRectF(*tile.kept)
        ink.painter.drawImage(ink.rect(tile.place), picture, kept)
