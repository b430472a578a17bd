"""The embedded map: an offline page that draws layers and entries, and the panels around it."""

from beffroi.text import _
from desktop.api import Desk
from desktop.map.layers_panel import LayersPanel
from desktop.map.map_panel import MapPanel


def install(desk: Desk) -> None:
    """Add the map and its layers to the desk."""
    panel = MapPanel(desk)
    desk.docks.add("map", _("Carte"), panel, area="centre", icon="map-2")
    layers = LayersPanel(panel.layers, desk.theme)
    desk.docks.add("layers", _("Calques"), layers, area="left", icon="stack-2")
