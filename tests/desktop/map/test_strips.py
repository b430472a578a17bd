"""The strips around the map keep their words whole, whatever the room and the size of letters."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from beffroi.node import Node
from desktop.kit.theme import Theme
from desktop.map.finder import find
from desktop.map.status_bar import StatusBar
from desktop.map.toolbar import MapToolbar


@pytest.mark.parametrize("width", [380, 440, 900])
@pytest.mark.parametrize("text_size", [100, 150])
def test_no_word_of_the_status_bar_is_cut(
    theme: Theme, qtbot: QtBot, width: int, text_size: int
) -> None:
    theme.set(text_size=text_size)
    bar = StatusBar(theme, "dms")
    qtbot.addWidget(bar)
    bar.count(12_605)
    bar.point(-149.27123, -17.86123)
    bar.resize(max(width, bar.minimumSizeHint().width()), 80)
    bar.show()
    qtbot.waitExposed(bar)
    parts = (bar.unlocated, bar.follow, bar.grid, bar.coordinates, bar.systems)
    qtbot.waitUntil(lambda: all(part.width() >= part.sizeHint().width() for part in parts))
    if width == 900 and text_size == 100:
        assert bar.lines.lines == 1


def test_a_narrow_strip_keeps_its_tools_and_lets_go_only_of_those_set_apart(
    theme: Theme, qtbot: QtBot
) -> None:
    bar = MapToolbar(theme, QWidget())
    qtbot.addWidget(bar)
    tools = [bar.add_tool(f"tool-{n}", "home", f"Outil {n}", lambda: None) for n in range(3)]
    bar.add_gap()
    spare = [bar.add_tool(f"spare-{n}", "home", f"En plus {n}", lambda: None) for n in range(3)]
    bar.resize(bar.minimumSizeHint())
    bar.show()
    qtbot.waitExposed(bar)
    assert all(tool.isVisible() for tool in tools)
    assert not any(tool.isVisible() for tool in spare)
    bar.resize(900, bar.height())
    qtbot.waitUntil(lambda: all(tool.isVisible() for tool in [*tools, *spare]))


def test_a_position_typed_in_any_form_is_offered_once(node: Node) -> None:
    for words in ("48°52'30\" N 2°18'00\" E", "48,875 ; 2,3", "31U DQ 48671 13796"):
        found = find(node, words)
        assert len({(f.lon, f.lat) for f in found}) == len(found) >= 1, words
