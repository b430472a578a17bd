"""The outline of the world and of the départements, drawn small without a web page."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from beffroi.layers.catalogue import folder
from desktop.kit.shared import Box

FRANCE: Box = (-5.2, 41.3, 9.7, 51.2)
WORLD: Box = (-170.0, -56.0, 180.0, 74.0)
_WIDE = 4.0
"""A box of so many degrees shows by itself where it is."""
_LIMIT = 85.0
"""Mercator has no poles."""


@dataclass(frozen=True, slots=True)
class Ring:
    """One outline in Mercator units (degrees at the equator), and what contains it."""

    points: NDArray[np.float64]
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """The colours of the ground."""

    sea: QColor
    land: QColor
    coast: QColor
    border: QColor


@dataclass(frozen=True, slots=True)
class View:
    """From degrees to pixels: a box of the world fitted into a size, north up."""

    west: float
    top: float
    scale: float

    def at(self, lon: float, lat: float) -> QPointF:
        """Where a position lies on the picture."""
        return QPointF((lon - self.west) * self.scale, (self.top - mercator(lat)) * self.scale)


def mercator(lat: float) -> float:
    """The height of a latitude on the map, in degrees of the equator."""
    held = max(-_LIMIT, min(_LIMIT, lat))
    return float(np.degrees(np.arcsinh(np.tan(np.radians(held)))))


def fitted(box: Box, size: QSize, *, least: float = 0.02, margin: float = 0.12) -> View:
    """The view that shows `box` whole and a little more, never less than `least` degrees."""
    west, east = box[0], box[2]
    low, high = mercator(box[1]), mercator(box[3])
    width = max(east - west, least) * (1 + 2 * margin)
    height = max(high - low, least) * (1 + 2 * margin)
    scale = min(size.width() / width, size.height() / height)
    middle_x, middle_y = (west + east) / 2, (low + high) / 2
    return View(middle_x - size.width() / scale / 2, middle_y + size.height() / scale / 2, scale)


@cache
def _rings(name: str) -> tuple[Ring, ...]:
    document = json.loads(gzip.decompress((folder() / "far" / f"{name}.geojson.gz").read_bytes()))
    return tuple(
        _ring(ring) for feature in document["features"] for ring in _outlines(feature["geometry"])
    )


def _outlines(geometry: dict[str, Any]) -> Iterator[Any]:
    if geometry["type"] in ("Polygon", "MultiLineString"):
        yield from geometry["coordinates"]
    elif geometry["type"] == "LineString":
        yield geometry["coordinates"]
    elif geometry["type"] == "MultiPolygon":
        for polygon in geometry["coordinates"]:
            yield from polygon


def _ring(coordinates: Any) -> Ring:
    points = np.asarray(coordinates, dtype=np.float64)[:, :2].copy()
    held = np.clip(points[:, 1], -_LIMIT, _LIMIT)
    points[:, 1] = np.degrees(np.arcsinh(np.tan(np.radians(held))))
    low, high = points.min(axis=0), points.max(axis=0)
    return Ring(points, (float(low[0]), float(low[1]), float(high[0]), float(high[1])))


def draw(view: View, size: QSize, ink: Ink, ratio: float = 1.0) -> QImage:
    """The ground of a view; slow the first time: call it off the main thread."""
    image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(ink.sea)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink.land, 0.6))
    painter.setBrush(ink.land)
    for piece in _pieces("basemap_land", view, size):
        painter.drawPolygon(piece)
    if view.scale > 20:
        painter.setPen(QPen(ink.border, 0.8))
        for piece in _pieces("departements", view, size):
            painter.drawPolyline(piece)
    painter.setPen(QPen(ink.coast, 0.8))
    for piece in _pieces("basemap_coast", view, size):
        painter.drawPolyline(piece)
    painter.end()
    return image


def locator(box: Box, side: int, ink: Ink, mark: QColor, ratio: float = 1.0) -> QImage | None:
    """A small picture of where a narrow box is: in France, or in the world; None for a wide one."""
    if box[2] - box[0] > _WIDE or box[3] - box[1] > _WIDE:
        return None
    middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    at_home = FRANCE[0] < middle[0] < FRANCE[2] and FRANCE[1] < middle[1] < FRANCE[3]
    around = FRANCE if at_home else WORLD
    size = QSize(side, round(side * (1.0 if at_home else 0.62)))
    view = fitted(around, size, margin=0.02)
    image = draw(view, size, ink, ratio)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink.coast, 1))
    painter.drawRect(QRectF(0.5, 0.5, size.width() - 1, size.height() - 1))
    painter.setPen(QPen(ink.land, 1))
    painter.setBrush(mark)
    painter.drawEllipse(view.at(*middle), 3.5, 3.5)
    painter.end()
    return image


def _pieces(name: str, view: View, size: QSize) -> Iterator[QPolygonF]:
    """What a view shows of an outline, in pixels.  Land comes in tiles that overlap a little."""
    frame = QRectF(0, 0, size.width(), size.height())
    for ring in _rings(name):
        west, low, east, high = ring.box
        corner = QPointF((west - view.west) * view.scale, (view.top - high) * view.scale)
        width, height = (east - west) * view.scale, (high - low) * view.scale
        if QRectF(corner.x(), corner.y(), width, height).intersects(frame) and width + height > 1.5:
            yield _polygon(ring, view)


def _polygon(ring: Ring, view: View) -> QPolygonF:
    """The ring in pixels, without the points that would fall on their neighbour."""
    x = (ring.points[:, 0] - view.west) * view.scale
    y = (view.top - ring.points[:, 1]) * view.scale
    cells = np.round(np.stack((x, y), axis=1) * 1.5)
    fresh = np.ones(len(x), dtype=bool)
    fresh[1:] = np.any(cells[1:] != cells[:-1], axis=1)
    return QPolygonF([QPointF(px, py) for px, py in zip(x[fresh], y[fresh], strict=True)])
