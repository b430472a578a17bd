"""The real map with calques on it, around a profile whose sources have told something."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from beffroi.layers.calques import Calque, fields_of
from beffroi.logbook.sheet import Sheet
from beffroi.node import Node
from beffroi.observations import ObservationsChanged
from beffroi.plugin import Record
from desktop import layers
from desktop import map as map_capability
from desktop.api import Desk
from desktop.layers.calques import Calques
from desktop.map.map_panel import MapPanel
from desktop.shell.window import Window
from tests.desktop.map.conftest import Map

T0 = 1_721_930_400_000  # 25 July 2024, 20:00 in Paris


def point(name: str, lon: float, lat: float, **fields: Any) -> Record:
    """A point that a source tells of."""
    time = fields.pop("time", T0)
    geometry = {"type": "Point", "coordinates": [lon, lat]}
    return Record(id=name, title=name, geometry=geometry, properties=fields, time=time)


def area(name: str, west: float, south: float, side: float, **fields: Any) -> Record:
    """A square area."""
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return Record(id=name, title=name, geometry=geometry, properties=fields, time=T0)


Tell = Callable[..., None]
Make = Callable[[Calque], Sheet]


@pytest.fixture
def tell(node: Node) -> Tell:
    """A source delivers records, and everybody hears of it."""

    def put(source: str, *records: Record, snapshot: bool = True, now: int = T0) -> None:
        node.observations.put(source, records, snapshot=snapshot, now=now)
        node.feed.publish(ObservationsChanged(source=source))

    return put


@pytest.fixture
def make(node: Node) -> Make:
    """Somebody makes a calque."""
    return lambda calque: node.sheets.put("layer", fields_of(calque), node.who)


@pytest.fixture
def shown(desk: Desk, window: Window, qtbot: QtBot) -> Iterator[Map]:
    """The map and the calques on screen, painted once."""
    map_capability.install(desk)
    layers.install(desk)
    panel = desk.docks.widget("map")
    assert isinstance(panel, MapPanel)
    with qtbot.waitSignal(panel.painted, timeout=20_000):
        window.resize(1400, 900)
        window.show()
    yield Map(panel, qtbot)
    assert panel.view.page.messages == []


@pytest.fixture
def calques(shown: Map, desk: Desk) -> Calques:
    """The calques as the desk knows them."""
    found = desk.stack.findChild(Calques)
    assert isinstance(found, Calques)
    return found
