"""A real map page in a real window, around a store with a few entries."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from beffroi.journal import Identity
from beffroi.logbook.entry import Content, Entry
from beffroi.node import Node
from desktop import map as map_capability
from desktop.api import Desk
from desktop.map.map_panel import MapPanel
from desktop.shell.window import Window

PATIENCE_MS = 20_000


@dataclass
class Map:
    """The map as a test handles it."""

    panel: MapPanel
    bot: QtBot

    def ask(self, script: str) -> Any:
        """What a script says inside the page."""
        with self.bot.waitCallback(timeout=PATIENCE_MS) as said:
            self.panel.view.page.runJavaScript(f"JSON.stringify({script})", 0, said)
        return json.loads(said.args[0]) if said.args and said.args[0] else None

    def wait(self, script: str) -> None:
        """Wait until a script inside the page says yes."""

        def yes() -> bool:
            return bool(self.ask(script))

        self.bot.waitUntil(yes, timeout=PATIENCE_MS)

    def go(self, lon: float, lat: float, zoom: float) -> None:
        """Show a place and wait until its entries are painted: those asked for from now on."""
        before = self.ask("beffroi.entries.serial ?? 0")
        self.panel.bridge.tell("go", {"lon": lon, "lat": lat, "zoom": zoom, "still": True})
        self.panel.bridge.tell("refresh")
        there = f"Math.abs(beffroi.map.getView().getZoom() - {zoom}) < 0.01"
        told = f"beffroi.entries.painted > {before} && !beffroi.entries.busy"
        self.wait(f"{there} && {told} && !beffroi.entries.stale")

    def pixel(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a position is drawn."""
        x, y = self.ask(
            f"window.beffroi.map.getPixelFromCoordinate(ol.proj.fromLonLat([{lon}, {lat}]))"
        )
        return x, y


@pytest.fixture
def write(node: Node, who: Identity) -> Callable[..., Entry]:
    """Put an entry into the journal."""

    def put(text: str, lon: float | None = None, lat: float | None = None, **more: Any) -> Entry:
        return node.logbook.publish(Content(text=text, lon=lon, lat=lat, **more), who)

    return put


@pytest.fixture
def shown(desk: Desk, window: Window, qtbot: QtBot) -> Iterator[Map]:
    """The map on screen, painted once."""
    map_capability.install(desk)
    panel = desk.docks.widget("map")
    assert isinstance(panel, MapPanel)
    with qtbot.waitSignal(panel.painted, timeout=20_000):
        window.resize(1300, 850)
        window.show()
    yield Map(panel, qtbot)
    assert panel.view.page.messages == []
