"""Calques in the desktop: their tree, styles, filters, tables, and what they feed the map with."""

from desktop.api import Desk


def install(desk: Desk) -> None:
    """Add the calques to the desk."""
    from desktop.layers import rooms

    rooms.install(desk)
