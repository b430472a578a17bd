"""What the map says and draws when it shows one period only."""

from collections.abc import Callable

from beffroi.logbook.entry import Entry
from beffroi.node import Node
from desktop import layers as layers_capability
from desktop.api import Desk
from desktop.kit.shared import Shown
from desktop.layers.panel import LayersPanel
from desktop.shell.window import Window
from tests.desktop.map.conftest import Map

LYON = (4.8357, 45.764)
EVE = 1_721_930_400_000  # 25 July 2024, 20:00
CEREMONY = 1_722_014_400_000  # 26 July 2024, 19:20
PERIMETERS = """beffroi.layers.ground.source.getFeatures()
    .filter((f) => f.get('layer') === 'jop_perimetres')"""
Write = Callable[..., Entry]


def test_a_search_whose_results_all_lie_outside_the_period_says_so_and_can_show_them(
    shown: Map, write: Write, desk: Desk, node: Node
) -> None:
    write("Hier", *LYON, event_time=EVE)
    write("Ce soir", *LYON, event_time=CEREMONY)
    shown.panel.show_time(True)
    shown.panel.live.set_window(CEREMONY - 1000, CEREMONY + 1000)
    desk.shared.set_shown(Shown(query=None, rids=node.points.columns().rid[-1:]))
    hidden = shown.panel.hidden
    shown.bot.waitUntil(hidden.isVisible)
    assert hidden.words.text() == "1 entrée hors de la période affichée"
    hidden.button.click()
    shown.bot.waitUntil(lambda: not hidden.isVisible())
    assert not shown.panel.time_shown


def test_a_period_that_shows_some_of_the_results_says_nothing(
    shown: Map, write: Write, desk: Desk, node: Node
) -> None:
    write("Ce soir", *LYON, event_time=CEREMONY)
    shown.panel.live.set_window(CEREMONY - 1000, CEREMONY + 1000)
    with shown.bot.waitSignal(shown.panel.live.hidden) as said:
        desk.shared.set_shown(Shown(query=None, rids=node.points.columns().rid))
    assert said.args == [0]


def test_only_the_perimeters_in_force_at_the_moment_shown_are_drawn(
    shown: Map, window: Window, desk: Desk
) -> None:
    layers_capability.install(desk)
    layers = window.docks.widget("layers")
    assert isinstance(layers, LayersPanel)
    desk.stack.show("jop_perimetres", True)
    shown.go(2.35, 48.86, 12)
    shown.wait(f"{PERIMETERS}.length > 0")
    in_force = f"{PERIMETERS}.filter((f) => beffroi.layers.ground.holds(f)).length"
    shown.panel.moment.replay(None, CEREMONY)
    shown.wait(f"{in_force} > 0 && {in_force} < {PERIMETERS}.length")
    names = [item.text(0) for item in layers.tree.leaves()]
    assert "Périmètres de sécurité (26/07, 19:20)" in names
    shown.panel.moment.replay(None, CEREMONY + 400 * 86_400_000)
    shown.wait(f"{in_force} === 0")
