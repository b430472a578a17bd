"""The embedded map: an offline page that draws layers and entries, and the strips around it."""

from beffroi.text import _
from desktop.api import Desk


def install(desk: Desk) -> None:
    """Add the map to the desk."""
    # Imported here: the scheme must be registered early, and that must not load a web engine.
    from desktop.map.canvas import MapCanvas
    from desktop.map.commands import register
    from desktop.map.map_panel import MapPanel

    canvas = desk.canvas
    if not isinstance(canvas, MapCanvas):
        message = "the map draws on its own canvas only"
        raise TypeError(message)
    panel = MapPanel(desk, canvas)
    desk.docks.add("map", _("Carte"), panel, area="centre", icon="map-2")
    register(desk, panel)
