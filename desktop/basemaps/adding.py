"""Puts grounds on the desk: the page's tiles, the dock, drops of packs, a command."""

from functools import partial

from PySide6.QtCore import QMimeData

from beffroi.basemaps.pack import SUFFIXES
from beffroi.text import N_, _
from desktop.api import Desk
from desktop.basemaps.grounds import Grounds
from desktop.basemaps.panel import DOCK, BasemapsPanel
from desktop.basemaps.pictures import Pictures
from desktop.kit.commands import Command
from desktop.kit.drops import Taker, dropped_files


def install(desk: Desk) -> None:
    """Add the dock `basemaps`, draw the grounds, take the packs that are dropped."""
    grounds = Grounds(desk)
    panel = BasemapsPanel(desk, grounds)
    desk.docks.add(DOCK, _("Fonds"), panel, area="right", icon="map-2")
    desk.drops.add(
        Taker(
            wants=wants,
            take=lambda data: panel.take(dropped_files(data)),
            words=_("Installer ce fond de carte"),
        )
    )
    category = N_("Carte")
    desk.commands.register(
        Command(
            id="basemaps.show", title=N_("Fonds de carte et jauge d’autonomie"),
            run=partial(desk.docks.show, DOCK), menu="Carte", icon="map-2", category=category,
        ),
        Command(
            id="basemaps.install", title=N_("Installer un fond de carte…"), run=panel.ask_files,
            icon="download", category=category,
        ),
    )  # fmt: skip
    Pictures(desk, grounds)
    grounds.refresh()


def wants(data: QMimeData) -> bool:
    """Whether only packs are dropped."""
    files = dropped_files(data)
    return bool(files) and all(file.suffix.lower() in SUFFIXES for file in files)
