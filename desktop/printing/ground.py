"""What of the ground a sheet shows, at a scale, turned or not; and the pictures that make it up."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, cos, floor, radians, sin

from beffroi.layers.mercator import MercatorBox, mercator
from desktop.kit.canvas import Look
from desktop.printing.paper import Rect

CSS_MM = 25.4 / 96
"""Millimetres of a CSS pixel."""
SCALES = (
    1_000, 2_000, 2_500, 5_000, 10_000, 15_000, 20_000, 25_000, 50_000, 75_000, 100_000,
    150_000, 200_000, 250_000, 500_000, 750_000, 1_000_000,
)  # fmt: skip
LARGEST, SMALLEST = 500, 20_000_000
"""The scales that can be chosen freely lie between these."""
_INSIDE = 0.9
_TILE, _FINEST = 1_280, 2_000
"""CSS pixels and pixels of a picture's side, at most: what one holds in memory stays small."""
_SKIRT = 72
"""CSS pixels drawn around each picture and left out, so that names are whole at its edges."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A place at a scale (its denominator), the sheet turned clockwise by `rotation` degrees."""

    lon: float
    lat: float
    scale: float
    rotation: float = 0.0

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the map in Web Mercator metres."""
        return mercator(self.lon, self.lat)

    @property
    def resolution(self) -> float:
        """Web Mercator metres of a CSS pixel; the scale holds at the middle of the map."""
        return CSS_MM / 1000 * self.scale / cos(radians(self.lat))

    @property
    def turn(self) -> float:
        """How the map turns under the upright sheet, in radians, clockwise."""
        return -radians(self.rotation)

    def at(self, right: float, down: float) -> tuple[float, float]:
        """Web Mercator metres of a place on the map, in CSS pixels from its middle."""
        x, y = self.centre
        c, s, r = cos(self.turn), sin(self.turn), self.resolution
        return x + r * (c * right + s * down), y + r * (s * right - c * down)

    def on(self, x: float, y: float) -> tuple[float, float]:
        """Where Web Mercator metres lie on the map, in CSS pixels from its middle."""
        cx, cy = self.centre
        c, s, r = cos(self.turn), sin(self.turn), self.resolution
        dx, dy = (x - cx) / r, (y - cy) / r
        return c * dx + s * dy, s * dx - c * dy

    def box(self, place: Rect) -> MercatorBox:
        """The upright box around the whole map."""
        w, h = place.w / CSS_MM / 2, place.h / CSS_MM / 2
        corners = [self.at(x, y) for x, y in ((-w, -h), (w, -h), (w, h), (-w, h))]
        xs, ys = zip(*corners, strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def world_file(self, place: Rect, pixels_per_mm: float) -> str:
        """The six lines that lay a picture of the whole sheet on Web Mercator (ESRI world file)."""
        side = self.resolution / (CSS_MM * pixels_per_mm)
        c, s = cos(self.turn), sin(self.turn)
        middle_x = (place.x + place.w / 2) / CSS_MM
        middle_y = (place.y + place.h / 2) / CSS_MM
        half = 0.5 / (CSS_MM * pixels_per_mm)
        x, y = self.at(half - middle_x, half - middle_y)
        numbers = (side * c, side * s, side * s, -side * c, x, y)
        return "".join(f"{number:.10f}\n" for number in numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A part of the map: the picture to take of it, where it goes, what of it is kept (pixels)."""

    look: Look
    place: Rect
    kept: Rect


def tiles(ground: Ground, place: Rect, dpi: float, factor: float = 1.0) -> Iterator[Tile]:
    """The pictures of a map, row by row; one is enough for a small sheet.

    Symbols and names grow by `factor`, as the letters of the margin do on large papers.
    """
    css = CSS_MM * factor
    width, height = place.w / css, place.h / css
    ratio = dpi / 96 * factor
    side = min(_TILE, _FINEST / ratio)
    columns, rows = ceil(width / side), ceil(height / side)
    skirt = _SKIRT if columns * rows > 1 else 0
    for row in range(rows):
        for column in range(columns):
            left, right = width * column / columns, width * (column + 1) / columns
            top, bottom = height * row / rows, height * (row + 1) / rows
            w, h = ceil(right - left), ceil(bottom - top)
            x, y = ground.at(
                factor * (left + w / 2 - width / 2), factor * (top + h / 2 - height / 2)
            )
            yield Tile(
                look=Look(
                    x=x, y=y, resolution=ground.resolution * factor, rotation=ground.turn,
                    width=w + 2 * skirt, height=h + 2 * skirt, ratio=ratio,
                ),
                place=Rect(
                    place.x + left * css, place.y + top * css, (right - left) * css, (bottom - top) * css
                ),
                kept=Rect(
                    skirt * ratio, skirt * ratio, (right - left) * ratio, (bottom - top) * ratio
                ),
            )  # fmt: skip


def fitting(box: tuple[float, float, float, float], place: Rect) -> Ground:
    """A ground that lies whole inside a box of degrees, at the smallest usual scale that does.

    So the sheet is seen whole on the map, with room to grasp it.
    """
    west, south, east, north = box
    east += 360 if east < west else 0
    lon, lat = (west + east) / 2, (south + north) / 2
    (x0, y0), (x1, y1) = mercator(west, south), mercator(east, north)
    shrink = cos(radians(lat)) * _INSIDE
    room = min((x1 - x0) * shrink / place.w, (y1 - y0) * shrink / place.h) * 1000
    usual = [scale for scale in SCALES if scale <= room]
    scale = usual[-1] if usual else SCALES[0]
    if room > 2 * SCALES[-1]:
        scale = min(SMALLEST, floor(room / 1e6) * 1_000_000)
    return Ground(lon=(lon + 180) % 360 - 180, lat=lat, scale=float(scale))
