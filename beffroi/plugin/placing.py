"""Puts many shapes at once where they belong: into WGS 84, on the globe, cut at 180°."""

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry import mapping, shape

from beffroi.plugin import crs as systems
from beffroi.plugin.antimeridian import crosses, cut
from beffroi.plugin.book import Book
from beffroi.plugin.refusals import Unreadable
from beffroi.text import _

Shapes = NDArray[np.object_]
_LAMBERT = (-400_000, 5_900_000, 1_400_000, 7_300_000)
"""Where metropolitan France lies in Lambert-93, with room around."""
_TURN = 180.0


def placed(
    shapes: Shapes, said: str, where: str, book: Book, wkb: Shapes | None = None
) -> tuple[list[bytes | None], str]:
    """The shapes as WKB in WGS 84 (None where nothing can be drawn), and the system they were in.

    `said` is what the file says of its system; what had to be guessed or left out goes to the book,
    with `where` it was.  `wkb` are the same shapes as they came: those that stay as they are.
    """
    system = _system(said, shapes, where, book)
    moved = bool(system) and system != systems.WGS84
    if moved:
        shapes = _moved(shapes, systems.transformer_of(system))
    bounds = shapely.bounds(shapes)
    kept = _on_the_globe(shapes, bounds, where, book, known=bool(system))
    wide = _cut(shapes, bounds, kept)
    if wkb is None or moved or wide:
        wkb = shapely.to_wkb(shapes)
    told: list[bytes | None] = wkb.tolist()
    for index in np.flatnonzero(~kept).tolist():
        told[index] = None
    return told, system or systems.WGS84


def _system(said: str, shapes: Shapes, where: str, book: Book) -> str:
    """The system to read by; nothing when it is unknown and cannot be guessed."""
    if said and not said.startswith(("LOCAL_CS", "ENGCRS", "ENGINEERINGCRS")):
        try:
            return systems.named(said)
        except Unreadable:
            book.note(where, _("système de coordonnées non reconnu"), lost=False)
    if not len(shapes):
        return systems.WGS84
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    if not west <= east:
        return systems.WGS84
    if west >= -_TURN and east <= _TURN and south >= -90 and north <= 90:
        why = _("système de coordonnées absent, lu comme longitude et latitude (WGS 84)")
        book.note(where, why, lost=False)
        return systems.WGS84
    if _inside((west, south, east, north), _LAMBERT):
        book.note(where, _("système de coordonnées absent, lu comme du Lambert-93"), lost=False)
        return "EPSG:2154"
    return ""


def looks_like_lambert_93(x: float, y: float) -> bool:
    """Whether a position in metres would be in metropolitan France in Lambert-93."""
    return _inside((x, y, x, y), _LAMBERT)


def _inside(box: tuple[float, ...], around: tuple[float, ...]) -> bool:
    west, south, east, north = box
    return west >= around[0] and south >= around[1] and east <= around[2] and north <= around[3]


def _moved(shapes: Shapes, transformer: Transformer) -> Shapes:
    def move(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        lon, lat = transformer.transform(coordinates[:, 0], coordinates[:, 1])
        return np.column_stack((lon, lat))

    found: Shapes = shapely.transform(shapes, move)
    return found


def _on_the_globe(
    shapes: Shapes, bounds: NDArray[np.float64], where: str, book: Book, *, known: bool
) -> NDArray[np.bool_]:
    """Which shapes can be drawn."""
    there = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    with np.errstate(invalid="ignore"):
        west, south, east, north = bounds.T
        good = (west >= -_TURN) & (south >= -90) & (east <= _TURN) & (north <= 90)
    lost = int((there & ~good).sum())
    if lost:
        why = (
            _("coordonnées hors du globe") if known
            else _("système de coordonnées absent\u00a0: choisissez-le (option crs)")
        )  # fmt: skip
        book.note(where, why, lost, lost=False)
    kept: NDArray[np.bool_] = there & good
    return kept


def _cut(shapes: Shapes, bounds: NDArray[np.float64], kept: NDArray[np.bool_]) -> bool:
    """Lines and areas wider than half the globe may cross 180°: those that do are cut, in place."""
    with np.errstate(invalid="ignore"):
        wide = np.flatnonzero(kept & (bounds[:, 2] - bounds[:, 0] > _TURN))
    changed = False
    for index in wide:
        told: dict[str, Any] = _lists(mapping(shapes[index]))
        if crosses(told):
            shapes[index] = shape(cut(told))
            changed = True
    return changed


def _lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _lists(inner) for key, inner in value.items()}
    return [_lists(item) for item in value] if isinstance(value, list | tuple) else value
