"""The gauge of autonomy: what is left of the map, here and at this scale, if the network dies."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from beffroi.basemaps.geometry import samples, tile_at
from beffroi.basemaps.pack import Box
from beffroi.errors import BeffroiError

Has = Callable[[int, int, int], bool]
"""Whether there is a tile: zoom, column, row."""
_ACROSS = 8
STREET, TOWN, COUNTY = 13, 10, 7
OVERZOOM = 3
"""How many zooms beyond its last one a pack still serves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Something that draws the ground without a network: a pack, or what the cache holds of one."""

    title: str
    box: Box
    min_zoom: int
    max_zoom: int
    has: Has
    wide: bool = False
    """Its tiles are drawn 512 pixels wide, so that a view shows those of the zoom before its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """`share` (0-1) of the view that is covered, up to which zoom, by what."""

    share: float
    max_zoom: int
    by: tuple[str, ...] = ()


def gauge(grounds: Sequence[Ground], box: Box, zoom: float) -> Gauge:
    """What covers a view at its scale: a grid of its positions is looked up, tile by tile.

    `zoom` counts tiles of 256 pixels.  Each position counts for the best ground there; one that is far too coarse does not count.
    """
    covered, deepest = 0, 0
    by: dict[str, None] = {}
    places = list(samples(box, _ACROSS))
    for lon, lat in places:
        best = max(
            (g for g in grounds if _near(g, zoom) and _there(g, lon, lat, zoom)),
            key=lambda g: g.max_zoom, default=None,
        )  # fmt: skip
        if best is not None:
            covered += 1
            deepest = max(deepest, best.max_zoom)
            by[best.title] = None
    return Gauge(share=covered / len(places), max_zoom=deepest, by=tuple(by))


def _near(ground: Ground, zoom: float) -> bool:
    return ground.max_zoom + ground.wide + OVERZOOM >= min(zoom, STREET + OVERZOOM)


def _there(ground: Ground, lon: float, lat: float, zoom: float) -> bool:
    west, south, east, north = ground.box
    if not (west <= lon <= east and south <= lat <= north):
        return False
    z = max(ground.min_zoom, min(round(zoom) - ground.wide, ground.max_zoom))
    try:
        return ground.has(z, *tile_at(lon, lat, z))
    except BeffroiError:
        return False


def by_territory(
    grounds: Sequence[Ground], territories: Iterable[tuple[str, Box]]
) -> list[tuple[str, Gauge]]:
    """For each territory, what covers it at the scale of its streets."""
    return [(name, gauge(grounds, box, STREET)) for name, box in territories]
