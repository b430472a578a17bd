"""A map on screen, as the map's own tests have it."""

from tests.desktop.map.conftest import Map, shown, write

__all__ = ["Map", "shown", "write"]
