"""The grounds of the map: packs, pictures of the network, and what remains without one."""

from desktop.api import Desk


def install(desk: Desk) -> None:
    """Add the grounds to the desk."""
    from desktop.basemaps.adding import install as add

    add(desk)
