"""Calques in the desktop: their tree, styles, filters, tables, and what they feed the map with."""

from zoneinfo import ZoneInfo

from beffroi.text import _
from desktop.api import Desk


def install(desk: Desk) -> None:
    """Add the tree of layers to the desk."""
    from desktop.layers.panel import LayersPanel

    layers = LayersPanel(desk.stack, desk.theme, desk.node.taxonomy, ZoneInfo(desk.node.info.zone))
    desk.shared.moment_changed.connect(layers.set_moment)
    layers.set_moment(desk.shared.moment)
    desk.docks.add("layers", _("Calques"), layers, area="left", icon="stack-2")
