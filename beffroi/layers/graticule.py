"""The lines of a coordinate grid over the view, bent as the projection bends them."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import ceil, floor, log10
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from beffroi.layers.mercator import HALF_WORLD, Array, MercatorBox, mercator, to_degrees
from beffroi.text import number

if TYPE_CHECKING:
    from pyproj import Transformer

GRIDS = ("", "dd", "dms", "ddm", "utm", "mgrs", "l93")
"""No grid, then one per coordinate system that has one."""
_DEGREES = (
    30.0,
    15.0,
    10.0,
    5.0,
    2.0,
    1.0,
    0.5,
    0.25,
    1 / 6,
    1 / 12,
    1 / 30,
    1 / 60,
    1 / 120,
    1 / 360,
)
_DECIMAL = (30.0, 20.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001)
_APART = 7
"""About so many lines over the width of the view."""
_SAMPLES = 33


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its value as text, its way in Web Mercator."""

    label: str
    vertical: bool
    path: list[tuple[float, float]]


def lines(system: str, box: MercatorBox) -> list[Line]:
    """The grid of `system` over a box in Web Mercator metres."""
    if system in ("dd", "dms", "ddm"):
        return _geographic(system, box)
    if system == "l93":
        return _metric("EPSG:2154", box, (-6.0, 40.0, 12.0, 52.0))
    if system in ("utm", "mgrs"):
        return _zones(box)
    return []


def encoded(system: str, box: MercatorBox) -> bytes:
    """The same, for the page."""
    return msgspec.json.encode(lines(system, box))


def _geographic(system: str, box: MercatorBox) -> list[Line]:
    west, south, east, north = to_degrees(box)
    steps = _DECIMAL if system == "dd" else _DEGREES
    step = next((s for s in steps if (east - west) / s >= _APART), steps[-1])
    made: list[Line] = []
    for k in range(ceil(west / step), floor(east / step) + 1):
        x = k * step / 180 * HALF_WORLD
        lon = (k * step + 180) % 360 - 180
        label = _angle(lon, "E", "O", system, step)
        made.append(Line(label, vertical=True, path=[(x, box[1]), (x, box[3])]))
    for k in range(ceil(south / step), floor(north / step) + 1):
        y = _y(k * step)
        label = _angle(k * step, "N", "S", system, step)
        made.append(Line(label, vertical=False, path=[(box[0], y), (box[2], y)]))
    return made


def _angle(value: float, plus: str, minus: str, system: str, step: float) -> str:
    side = "" if abs(value) < 1e-9 else f" {plus if value > 0 else minus}"
    size = abs(value)
    if system == "dd":
        digits = max(0, ceil(-log10(step) - 1e-9))
        return f"{size:.{digits}f}°{side}".replace(".", ",")
    seconds = round(size * 3600)
    degrees, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    text = f"{degrees}°"
    if step < 1:
        text += f" {minutes:02d}′"
    if step < 1 / 60:
        text += f" {rest:02d}″" if system == "dms" else f"{rest / 60:.1f}"[1:].replace(".", ",")
    return text + side


def _zones(box: MercatorBox) -> list[Line]:
    """The kilometre grid of the UTM zones in view; from afar, the zones themselves."""
    west, south, east, north = to_degrees(box)
    first, last = floor(west / 6), floor((east - 1e-9) / 6)
    edges = [
        Line(f"{(k + 30) % 60 + 1}", vertical=True, path=[(x, box[1]), (x, box[3])])
        for k in range(first, last + 2)
        for x in [k * 6 / 180 * HALF_WORLD]
    ]
    if east - west > 14:
        return edges
    made = edges
    for k in range(first, last + 1):
        for hemisphere, low, high in (("6", 0.0, 84.0), ("7", -80.0, 0.0)):
            bottom, top = max(south, low), min(north, high)
            if bottom < top:
                zone = (k + 30) % 60 + 1
                piece = (
                    max(box[0], k * 6 / 180 * HALF_WORLD),
                    _y(bottom),
                    min(box[2], (k + 1) * 6 / 180 * HALF_WORLD),
                    _y(top),
                )
                edge = (k * 6.0, low, k * 6.0 + 6, high)
                made += _metric(f"EPSG:32{hemisphere}{zone:02d}", piece, edge, box[2] - box[0])
    return made


def _metric(
    crs: str, box: MercatorBox, valid: tuple[float, float, float, float], width: float = 0.0
) -> list[Line]:
    """The grid of a projected system, cut to the degrees where it is valid."""
    west, south, east, north = to_degrees(box)
    west, south = max(west, valid[0]), max(south, valid[1])
    east, north = min(east, valid[2]), min(north, valid[3])
    if west >= east or south >= north:
        return []
    to_grid, to_map = _transformers(crs)
    turns = floor((west + 180) / 360) * 360
    lon, lat = np.meshgrid(np.linspace(west, east, 9), np.linspace(south, north, 9))
    es, ns = to_grid.transform(lon - turns, lat)
    scale = np.cos(np.radians((south + north) / 2))
    step = _metres((width or box[2] - box[0]) * float(scale) / _APART)
    clip = (_x(west), _y(south), _x(east), _y(north))
    across = np.linspace(ns.min(), ns.max(), _SAMPLES)
    along = np.linspace(es.min(), es.max(), _SAMPLES)
    made: list[Line] = []
    for e in np.arange(ceil(es.min() / step), floor(es.max() / step) + 1) * step:
        path = _drawn(to_map, np.full(_SAMPLES, e), across, turns, clip)
        made += [Line(_kilometres(e, step), vertical=True, path=path)] if path else []
    for n in np.arange(ceil(ns.min() / step), floor(ns.max() / step) + 1) * step:
        path = _drawn(to_map, along, np.full(_SAMPLES, n), turns, clip)
        made += [Line(_kilometres(n, step), vertical=False, path=path)] if path else []
    return made


def _drawn(
    to_map: "Transformer", e: Array, n: Array, turns: float, clip: MercatorBox
) -> list[tuple[float, float]]:
    xs, ys = to_map.transform(e, n)
    path = list(zip((xs + turns / 180 * HALF_WORLD).tolist(), ys.tolist(), strict=True))
    kept: list[tuple[float, float]] = []
    for before, after in pairwise(path):
        if piece := _clipped(before, after, clip):
            kept += piece if not kept else piece[1:]
    return kept


def _clipped(
    before: tuple[float, float], after: tuple[float, float], clip: MercatorBox
) -> list[tuple[float, float]]:
    """The part of a segment inside a box (Liang–Barsky), or nothing."""
    dx, dy = after[0] - before[0], after[1] - before[1]
    low, high = 0.0, 1.0
    for change, room in (
        (-dx, before[0] - clip[0]),
        (dx, clip[2] - before[0]),
        (-dy, before[1] - clip[1]),
        (dy, clip[3] - before[1]),
    ):
        if change == 0:
            if room < 0:
                return []
        elif change < 0:
            low = max(low, room / change)
        else:
            high = min(high, room / change)
    if low >= high:
        return []
    return [(before[0] + t * dx, before[1] + t * dy) for t in (low, high)]


@cache
def _transformers(crs: str) -> "tuple[Transformer, Transformer]":
    from pyproj import Transformer  # 40 ms and 8 MB: for who draws a grid of metres

    return (
        Transformer.from_crs("EPSG:4326", crs, always_xy=True),
        Transformer.from_crs(crs, "EPSG:3857", always_xy=True),
    )


def _metres(wanted: float) -> float:
    """The round length (1, 2 or 5 with zeros) nearest below `wanted`."""
    power = 10.0 ** floor(log10(max(wanted, 1.0)))
    return max(m * power for m in (1.0, 2.0, 5.0) if m * power <= max(wanted, 1.0))


def _kilometres(value: float, step: float) -> str:
    if step >= 1000:
        return f"{number(value / 1000)} km"
    return f"{number(value)} m"


def _x(lon: float) -> float:
    return mercator(lon, 0)[0]


def _y(lat: float) -> float:
    return mercator(0, lat)[1]
