"""Lighter drawings of the heaviest layers, for views of a whole country or of the planet.

A view drawn at zoom 7.5 has pixels of a hundred and fiftieth of a degree: what is smaller is left out.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from resource_builders import admin, basemap
from resource_builders.geo import Feature, thinned_together, tidy

DETAIL = 0.006
"""Degrees: one pixel at the zoom until which these are shown."""

SPECK = 4e-5
"""Square degrees under which an island is too small to be seen from afar."""


def departements(data: Path) -> list[Feature]:
    """Départements and territories, with common borders."""
    return _seen_from_afar(admin.departements(data))


def regions(data: Path) -> list[Feature]:
    """Régions, with common borders."""
    return _seen_from_afar(admin.regions(data))


def defence_zones(data: Path) -> list[Feature]:
    """Defence zones, with common borders."""
    return _seen_from_afar(admin.defence_zones(data))


def land(data: Path) -> list[Feature]:
    """Islands and continents that can be seen from afar."""
    return basemap.in_squares(_pieces(data), side=20.0, lap=0.3)


def coast(data: Path) -> list[Feature]:
    """The shore of the land seen from afar."""
    return basemap.shores(_pieces(data))


@cache
def _pieces(data: Path) -> tuple[Feature, ...]:
    return tuple(_seen_from_afar(basemap.land_pieces(data)))


def _seen_from_afar(features: Iterable[Feature]) -> list[Feature]:
    """The features thinned, without islands too small to be seen; what has a name is kept."""
    whole = [Feature(tidy(f.geometry), f.properties) for f in features]
    thin = thinned_together((f for f in whole if not f.geometry.is_empty), DETAIL)
    kept = [Feature(_without_specks(f.geometry), f.properties) for f in thin if f.geometry.area]
    return [f for f in kept if f.properties or f.geometry.area > SPECK]


def _without_specks(shape: BaseGeometry) -> BaseGeometry:
    parts = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
    seen = [part for part in parts if part.area > SPECK] or parts[:1]
    return seen[0] if len(seen) == 1 else shapely.MultiPolygon(seen)
