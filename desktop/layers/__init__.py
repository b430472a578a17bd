"""Calques in the desktop: their tree, styles, filters, tables, and what they feed the map with."""

from zoneinfo import ZoneInfo

from beffroi.text import _
from desktop.api import Desk


def install(desk: Desk) -> None:
    """Add the tree of layers to the desk."""
    from desktop.layers.calques import Calques
    from desktop.layers.cards import Cards
    from desktop.layers.panel import LayersPanel
    from desktop.layers.serving import Serving

    calques = Calques(desk, desk.stack)
    Serving(desk, calques, calques)
    Cards(desk, calques, calques)
    layers = LayersPanel(desk.stack, desk.theme, desk.node.taxonomy, ZoneInfo(desk.node.info.zone))
    desk.shared.moment_changed.connect(layers.set_moment)
    layers.set_moment(desk.shared.moment)
    desk.docks.add("layers", _("Calques"), layers, area="left", icon="stack-2")
