"""Puts tracks on the desk: their dock, what the map draws of them, what can be done there."""

from functools import partial

from beffroi.text import N_, _
from desktop.api import Desk
from desktop.kit.canvas import Event
from desktop.kit.commands import Command
from desktop.tracks.drawing import Drawing
from desktop.tracks.herald import Herald
from desktop.tracks.incidents import Incidents
from desktop.tracks.inputs import Inputs
from desktop.tracks.panel import DOCK, TracksPanel
from desktop.tracks.saving import Saving
from desktop.tracks.setups import Setups
from desktop.tracks.tracker import Tracker


def install(desk: Desk) -> None:
    """Add the dock `tracks`, draw on the map, register the commands."""
    tracker = Tracker(desk.node.clock, desk.shared)
    setups = Setups(desk, tracker)
    Inputs(desk, tracker)
    drawing = Drawing(desk, tracker, setups)
    panel = TracksPanel(desk, tracker, setups)
    incidents = Incidents(desk, tracker, setups)
    Herald(desk, tracker, DOCK)
    saving = Saving(desk, tracker, panel)
    panel.chosen.connect(drawing.choose)
    panel.shown.connect(drawing.show)
    panel.cards.written.connect(incidents.write)
    panel.stage.closed.connect(incidents.report)
    desk.canvas.menu(drawing.offers)
    drawing.follow_asked.connect(partial(_follow, desk, panel))
    desk.canvas.on("track-clicked", lambda event: _clicked(desk, panel, event))
    desk.docks.add(DOCK, _("Pistes"), panel, area="left", icon="current-location")
    panel.draw()
    desk.commands.register(*_commands(desk, panel, saving))
    desk.commands.bind(DOCK, panel)


def _commands(desk: Desk, panel: TracksPanel, saving: Saving) -> tuple[Command, ...]:
    category = N_("Pistes")
    return (
        Command(
            id="tracks.show", title=N_("Pistes et bulles"), run=partial(desk.docks.show, DOCK),
            menu="Carte", icon="current-location", category=category,
        ),
        Command(
            id="tracks.bubble", title=N_("Bulle de la piste choisie…"), run=panel.ask_bubble,
            icon="target", category=category, scope=DOCK, shortcut="Ctrl+B",
            enabled=lambda: panel.uid != "",
        ),
        Command(
            id="tracks.replay", title=N_("Rejouer un GPX…"), run=panel.replay.ask, menu="Carte",
            icon="history", category=category,
        ),
        Command(
            id="tracks.start_leg", title=N_("Démarrer le tronçon suivant"),
            run=panel.stage.start_leg, icon="player-play", category=category,
            enabled=panel.stage.start.isEnabled,
        ),
        Command(
            id="tracks.close_stage", title=N_("Clore l’étape"), run=panel.stage.close_stage,
            icon="flag-3", category=category, enabled=panel.stage.end.isEnabled,
        ),
        Command(
            id="tracks.gpx", title=N_("Enregistrer la piste en GPX…"), run=saving.ask_gpx,
            icon="file-export", category=category, enabled=lambda: panel.uid != "",
        ),
        Command(
            id="tracks.cot", title=N_("Enregistrer la piste en CoT…"), run=saving.ask_cot,
            icon="file-export", category=category, enabled=lambda: panel.uid != "",
        ),
    )  # fmt: skip


def _clicked(desk: Desk, panel: TracksPanel, event: Event) -> None:
    panel.choose(str(event.get("uid", "")))
    desk.docks.reveal(DOCK)


def _follow(desk: Desk, panel: TracksPanel, uid: str) -> None:
    panel.choose(uid)
    desk.docks.show(DOCK)
    panel.ask_bubble()
