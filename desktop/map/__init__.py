"""The embedded map: an offline page that draws layers and entries, and the panels around it."""

from zoneinfo import ZoneInfo

from beffroi.text import _
from desktop.api import Desk


def install(desk: Desk) -> None:
    """Add the map and its layers to the desk."""
    # Imported here: the scheme must be registered early, and that must not load a web engine.
    from desktop.map.canvas import MapCanvas
    from desktop.map.commands import register
    from desktop.map.layers_panel import LayersPanel
    from desktop.map.map_panel import MapPanel

    canvas = desk.canvas
    if not isinstance(canvas, MapCanvas):
        message = "the map draws on its own canvas only"
        raise TypeError(message)
    panel = MapPanel(desk, canvas)
    desk.docks.add("map", _("Carte"), panel, area="centre", icon="map-2")
    layers = LayersPanel(
        panel.layers, desk.theme, desk.node.taxonomy, ZoneInfo(desk.node.info.zone)
    )
    panel.moment.changed.connect(layers.set_moment)
    layers.set_moment(panel.moment.value)
    desk.docks.add("layers", _("Calques"), layers, area="left", icon="stack-2")
    register(desk, panel)
