"""A real map with drawing installed: real clicks and keys on the real page."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from beffroi.layers.shapes import Shape
from desktop import drawing as drawing_capability
from desktop import map as map_capability
from desktop.api import Desk
from desktop.drawing.panel import DrawingPanel
from desktop.drawing.studio import Studio
from desktop.map.map_panel import MapPanel
from desktop.shell.assembly import Assembly

PARIS = (2.35, 48.85)


@dataclass
class Atelier:
    """The map and the dock « Dessin », as a test handles them."""

    desk: Desk
    map: MapPanel
    panel: DrawingPanel
    bot: QtBot

    @property
    def studio(self) -> Studio:
        return self.panel.studio

    def ask(self, script: str) -> Any:
        """What a script says inside the page."""
        with self.bot.waitCallback(timeout=8000) as said:
            self.map.view.page.runJavaScript(f"JSON.stringify({script})", 0, said)
        return json.loads(said.args[0]) if said.args and said.args[0] else None

    def until(self, script: str) -> None:
        """Wait until a script inside the page says yes."""

        def yes() -> bool:
            return bool(self.ask(script))

        self.bot.waitUntil(yes, timeout=8000)

    def at(self, lon: float, lat: float) -> QPoint:
        """Where a position is drawn, in the view."""
        x, y = self.ask(
            f"window.beffroi.map.getPixelFromCoordinate(ol.proj.fromLonLat([{lon}, {lat}]))"
        )
        return QPoint(round(x), round(y))

    @property
    def surface(self) -> QWidget:
        """What receives the mouse and the keys."""
        proxy = self.map.view.view.focusProxy()
        assert proxy is not None
        return proxy

    def click(self, lon: float, lat: float, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        """A real click on the map."""
        QTest.mouseClick(self.surface, Qt.MouseButton.LeftButton, modifier, self.at(lon, lat))

    def key(self, key: Any, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        """A real key on the map."""
        QTest.keyClick(self.surface, key, modifier)

    def type(self, text: str) -> None:
        """Type into the page."""
        for letter in text:
            QTest.keyClick(self.surface, letter)

    def drag(
        self, start: tuple[float, float], end: tuple[float, float],
        modifier: Any = Qt.KeyboardModifier.NoModifier,
    ) -> None:  # fmt: skip
        """A real drag."""
        one, other = self.at(*start), self.at(*end)
        QTest.mouseMove(self.surface, one)
        QTest.mousePress(self.surface, Qt.MouseButton.LeftButton, modifier, one)
        for step in range(1, 6):
            between = one + (other - one) * step / 5
            QTest.mouseMove(self.surface, between)
            self.ask("1")  # let the page see each step
        QTest.mouseRelease(self.surface, Qt.MouseButton.LeftButton, modifier, other)

    def take(self, kind: Any) -> None:
        """Take a tool and wait until the page has it in hand."""
        self.studio.take(kind)
        self.until(f"window.drawing.pen.kind === '{kind}'")

    def shapes(self) -> list[Shape]:
        """The shapes that are stored."""
        shapes = self.studio.shapes
        return [shapes[uid] for uid in sorted(shapes.uids)]

    def wait_shapes(self, count: int) -> list[Shape]:
        """Wait until there are so many shapes, stored and on the page."""
        self.bot.waitUntil(lambda: len(self.shapes()) == count, timeout=8000)
        self.until(f"window.drawing.sheet.features.size === {count}")
        return self.shapes()


@pytest.fixture
def atelier(assembly: Assembly, qtbot: QtBot) -> Iterator[Atelier]:
    """The map around Paris, and one drawing calque."""
    desk, window = assembly.desk, assembly.window
    assembly.install([map_capability.install, drawing_capability.install])
    panel = desk.docks.widget("map")
    dock = desk.docks.widget("drawing")
    assert isinstance(panel, MapPanel)
    assert isinstance(dock, DrawingPanel)
    with qtbot.waitSignal(panel.painted, timeout=20_000):
        window.resize(1300, 850)
        window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    made = Atelier(desk, panel, dock, qtbot)
    desk.canvas.tell("go", {"lon": PARIS[0], "lat": PARIS[1], "zoom": 13, "still": True})
    made.until("Math.abs(window.beffroi.map.getView().getZoom() - 13) < 0.01")
    dock.studio.calques.make("SITAC", "sitac")
    qtbot.waitUntil(lambda: bool(dock.studio.calques.current), timeout=8000)
    yield made
    assert panel.view.page.messages == []
