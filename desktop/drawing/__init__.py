"""Drawing on the map: a palette, shapes of everybody, what is still to be drawn."""

from beffroi.text import _
from desktop.api import Desk


def install(desk: Desk) -> None:
    """Add drawing to the desk."""
    from desktop.drawing.commands import register  # symbols are read when the dock is made
    from desktop.drawing.panel import DrawingPanel
    from desktop.drawing.studio import Studio

    panel = DrawingPanel(desk, Studio(desk))
    desk.docks.add("drawing", _("Dessin"), panel, area="right", icon="pencil")
    register(desk, panel)
