"""The start is timed once everything asked for is on screen."""

import json
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.api import Desk
from desktop.shell.readiness import Readiness
from desktop.shell.window import Window


def test_times_are_written_when_window_list_and_map_have_painted(
    desk: Desk, window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    ready: list[bool] = []
    target = tmp_path / "ready.json"
    readiness = Readiness(window, desk.shared, target, lambda: ready.append(True))
    with qtbot.waitSignal(readiness.first_paint):
        window.show()
    desk.shared.painted.emit("logbook")
    desk.shared.painted.emit("something else")
    assert not target.exists()
    desk.shared.painted.emit("map")
    times = json.loads(target.read_text())
    assert set(times) == {"window_ms", "list_ms", "map_ms"}
    assert 0 <= times["window_ms"] <= times["list_ms"] <= times["map_ms"]
    assert ready == [True]
