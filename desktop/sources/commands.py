"""What can be done about sources, for menus, palette, buttons and keys."""

from collections.abc import Callable

from beffroi.text import N_
from desktop.kit.commands import Command
from desktop.sources.board import DOCK
from desktop.sources.windows import Sources


def register(sources: Sources) -> None:
    """Declare the commands; those of the board answer their keys there."""
    desk, actions = sources.desk, sources.actions
    category = N_("Sources")
    desk.commands.register(
        Command(
            id="sources.add", title=N_("Ajouter une source…"), run=sources.add, menu="Carte",
            icon="plus", shortcut="Ctrl+Shift+A", category=category,
        ),
        Command(
            id="sources.paste", title=N_("Coller une adresse ou un tableau"), run=sources.paste,
            menu="Carte", icon="clipboard-text", shortcut="Ctrl+V", category=category,
        ),
        Command(
            id="sources.write", title=N_("Saisir un tableau à la main…"), run=sources.write_table,
            menu="Carte", icon="pencil", category=category,
        ),
        Command(
            id="sources.troubled", title=N_("Sources en panne ou en retard"),
            run=sources.troubled, icon="alert-octagon", category=category,
        ),
        Command(
            id="sources.filter", title=N_("Filtrer les sources"),
            run=sources.board.filters.into, shortcut="/", scope=DOCK, icon="filter",
            category=category,
        ),
    )  # fmt: skip
    acts: dict[str, tuple[str, Callable[[], None], str, str]] = {
        "sources.retry": (N_("Réessayer"), actions.retry, "F5", "refresh"),
        "sources.suspend": (N_("Suspendre ou reprendre"), actions.suspend, "P", "player-pause"),
        "sources.edit": (N_("Modifier…"), actions.edit, "F2", "pencil"),
        "sources.layer": (N_("Voir le calque"), actions.show_layer, "C", "map-2"),
        "sources.data": (N_("Dernières données"), sources.last_data, "D", "list-details"),
        "sources.remove": (N_("Retirer…"), sources.ask_removal, "Del", "trash"),
    }
    desk.commands.register(
        *(
            Command(
                id=name, title=title, run=run, shortcut=key, icon=icon, scope=DOCK,
                category=category, enabled=lambda: actions.any,
            )
            for name, (title, run, key, icon) in acts.items()
        )
    )  # fmt: skip
    desk.commands.bind(DOCK, sources.board)
