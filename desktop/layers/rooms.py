"""Puts the calques on the desk: their dock, what feeds the map, their windows and commands."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from beffroi.layers.calques import Calque
from beffroi.layers.style import Style
from beffroi.logbook.query.say import text_of
from beffroi.text import N_, _
from desktop.api import Desk
from desktop.kit.commands import Command
from desktop.layers.acts import Acts
from desktop.layers.calques import Calques
from desktop.layers.cards import Cards
from desktop.layers.counting import Counting
from desktop.layers.panel import LayersPanel
from desktop.layers.serving import Serving
from desktop.layers.windows import Windows

DOCK = "layers"
_CATEGORY = N_("Calques")
_ENTRIES = Style(shape="ring", size=8, colour="#5b2a86")


@dataclass(frozen=True, slots=True)
class Room:
    """The parts of the capability, as they were put together."""

    calques: Calques
    serving: Serving
    panel: LayersPanel
    acts: Acts
    windows: Windows


def install(desk: Desk) -> Room:
    """Add the dock of the layers, and let the map show what sources tell."""
    calques = Calques(desk, desk.stack)
    serving = Serving(desk, calques, calques)
    cards = Cards(desk, calques, calques)
    panel = LayersPanel(desk, calques)
    Counting(desk, serving, panel)
    acts = Acts(desk, calques, serving, panel)
    windows = Windows(desk, calques, serving, cards, panel)
    acts.run |= windows.acts
    desk.shared.moment_changed.connect(panel.set_moment)
    panel.set_moment(desk.shared.moment)
    desk.docks.add(DOCK, _("Calques"), panel, area="left", icon="stack-2")
    _register(desk, calques, panel, acts)
    return Room(calques, serving, panel, acts, windows)


def _register(desk: Desk, calques: Calques, panel: LayersPanel, acts: Acts) -> None:
    def on_current(act: str) -> Callable[[], None]:
        return lambda: acts.act(act, panel.current())

    def may(act: str) -> Callable[[], bool]:
        return lambda: act in acts.acts(panel.current())

    wanted = (
        ("zoom", N_("Zoomer sur le calque"), "focus-2"),
        ("table", N_("Table du calque"), "list-details"),
        ("style", N_("Style et filtre du calque…"), "adjustments"),
        ("select", N_("Sélectionner et croiser…"), "layers-intersect"),
        ("alone", N_("Seulement ce calque"), "eye"),
        ("lock", N_("Verrouiller ou déverrouiller le calque"), "lock"),
    )
    desk.commands.register(
        *(
            Command(
                id=f"layers.{act}", title=title, run=on_current(act), icon=icon, menu="Carte",
                category=_CATEGORY, enabled=may(act),
            )
            for act, title, icon in wanted
        ),
        Command(
            id="layers.from_search", title=N_("Faire un calque de la recherche en cours"),
            run=partial(_from_search, desk, calques), icon="search", menu="Carte",
            category=_CATEGORY, enabled=lambda: desk.shared.shown.rids is not None,
        ),
        Command(
            id="layers.search", title=N_("Chercher un calque"), run=partial(_search, desk, panel),
            icon="search", category=_CATEGORY,
        ),
    )  # fmt: skip


def _search(desk: Desk, panel: LayersPanel) -> None:
    desk.docks.reveal(DOCK)
    panel.search.setFocus()
    panel.search.selectAll()


def _from_search(desk: Desk, calques: Calques) -> None:
    """What the list shows now becomes a calque, which follows the search from now on."""
    shown = desk.shared.shown
    query = text_of(shown.query) if shown.query is not None else ""
    rids = () if query else tuple(int(rid) for rid in shown.rids)
    title = query or _("Entrées choisies")
    calques.put("", Calque(title=title[:200], kind="query", query=query, rids=rids, style=_ENTRIES))
    desk.notices.done(_("Calque ajouté\u00a0: {title}").format(title=title))
