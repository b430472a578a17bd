"""What printing can do, as commands of the menu « Carte »."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from beffroi.text import N_
from desktop.api import Desk
from desktop.kit.commands import Command
from desktop.printing.annexing import Annexing
from desktop.printing.copying import Copier

if TYPE_CHECKING:
    from desktop.printing.dialog import PrintDialog

_MENU = "Carte"
_CATEGORY = N_("Carte")


class Prints:
    """The dialog of prints, made when it is first asked for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.dialog: PrintDialog | None = None

    def open(self) -> None:
        """Show it, on the view of now when it was away."""
        from desktop.printing.dialog import PrintDialog

        if self.dialog is None:
            self.dialog = PrintDialog(self._desk, self._window())
        elif not self.dialog.isVisible():
            self.dialog.frame_view()
        self.dialog.begin()

    def _window(self) -> QWidget:
        parent = self._desk.shared.parent()
        assert isinstance(parent, QWidget)  # noqa: S101 - the desk is around a window
        return parent


def register(desk: Desk) -> Prints:
    """Add the commands."""
    prints, copier, annexing = Prints(desk), Copier(desk), Annexing(desk)
    allowed = lambda: desk.node.who.may_export  # noqa: E731
    desk.commands.register(
        Command(
            id="map.print", title=N_("Imprimer la carte…"), run=prints.open, menu=_MENU,
            shortcut="Ctrl+P", icon="printer", category=_CATEGORY, enabled=allowed,
        ),
        Command(
            id="map.copy-image", title=N_("Copier l’image de la carte"), run=copier.copy,
            menu=_MENU, icon="photo", category=_CATEGORY, enabled=allowed,
        ),
        Command(
            id="map.annex", title=N_("Exporter la carte en annexe HTML…"), run=annexing.ask,
            menu=_MENU, icon="file-export", category=_CATEGORY, enabled=allowed,
        ),
    )  # fmt: skip
    return prints
