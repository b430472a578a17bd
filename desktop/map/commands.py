"""Everything the map can do, as commands: the menu "Carte", the palette and the keys read them."""

from collections.abc import Callable
from functools import partial

from beffroi.text import N_
from desktop.api import Desk
from desktop.kit.commands import Command
from desktop.map.dressing import PIXELS
from desktop.map.map_panel import MapPanel
from desktop.map.territories import QUICK

_MENU = "Carte"
_CATEGORY = N_("Carte")


def register(desk: Desk, panel: MapPanel) -> None:
    """Add the map's commands to the desk."""
    desk.commands.register(
        _command(
            "map.search", N_("Chercher sur la carte"), panel.lookup.begin, "Ctrl+Shift+F", "search"
        ),
        _command("map.home", N_("Cadre initial"), panel.go_home, "", "home"),
        _command(
            "map.back", N_("Cadre précédent"), partial(panel.travel, -1), "Alt+Left", "arrow-left"
        ),
        _command(
            "map.forward", N_("Cadre suivant"), partial(panel.travel, 1), "Alt+Right", "arrow-right"
        ),
        _command("map.north", N_("Nord en haut"), panel.turn_north, "", "compass"),
        _command(
            "map.measure",
            N_("Mesurer une distance"),
            panel.measure,
            "Ctrl+Shift+M",
            "ruler-measure",
        ),
        Command(
            id="map.pixels",
            title=N_("Tous les points, sans regrouper"),
            run=panel.switch_mode,
            menu=_MENU,
            icon="grid-dots",
            category=_CATEGORY,
            checked=lambda: panel.dressing.mode == PIXELS,
        ),
        Command(
            id="map.time",
            title=N_("Frise du temps"),
            run=panel.switch_time,
            menu=_MENU,
            shortcut="Ctrl+T",
            icon="player-play",
            category=_CATEGORY,
            checked=lambda: panel.time_shown,
        ),
        Command(
            id="map.grid",
            title=N_("Carroyage"),
            run=panel.status.grid.toggle,
            menu=_MENU,
            shortcut="Ctrl+Shift+G",
            icon="world-latitude",
            category=_CATEGORY,
            checked=panel.status.grid.isChecked,
        ),
        Command(
            id="map.follow",
            title=N_("Suivre la liste"),
            run=panel.status.follow.toggle,
            menu=_MENU,
            icon="filter",
            category=_CATEGORY,
            checked=panel.status.follow.isChecked,
        ),
        _command(
            "map.unlocated",
            N_("Entrées sans lieu"),
            panel.status.unlocated.click,
            "",
            "map-pin-plus",
        ),
        _command(
            "map.layers", N_("Calques"), partial(desk.docks.show, "layers"), "Ctrl+L", "stack-2"
        ),
        *(
            _command(f"map.jump.{quick.id}", quick.title, partial(panel.jump, quick), "", "map-pin")
            for quick in QUICK
        ),
    )


def _command(
    command_id: str, title: str, run: Callable[[], None], shortcut: str, icon: str
) -> Command:
    return Command(
        id=command_id,
        title=title,
        run=run,
        menu=_MENU,
        shortcut=shortcut,
        icon=icon,
        category=_CATEGORY,
    )
