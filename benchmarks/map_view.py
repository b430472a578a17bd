"""How fast the map is: 100,000 and 1,000,000 entries, and folium's Leaflet on the same 100,000.

Prints JSON.  Times in milliseconds, from the request in Python to the frame that shows it; frames
per second while the view is dragged by real mouse moves, counted by the page's own frames.
Run it under an X server: `xvfb-run -a -s "-screen 0 1600x1000x24" python benchmarks/map_view.py`.
`--leaflet DIR` is the folder of the npm package leaflet 1.9.4 (its `dist` inside).
"""

# The scheme must be known before Qt starts, and the points are put in place of the store's.
# ruff: noqa: E402, SLF001

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.map_peer import leaflet
from benchmarks.map_points import Crowd, crowd
from desktop.map.scheme import register_scheme
from desktop.shell.environment import prepare_qt

prepare_qt()
register_scheme()

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import desktop.map
from beffroi.access import Account
from beffroi.clock import Clock
from beffroi.logbook.changes import EntryAdded
from beffroi.logbook.point_columns import Growing
from beffroi.node import Node, open_node
from beffroi.profile import ProfileInfo, create_profile
from desktop.kit.theme import Theme
from desktop.map.map_panel import MapPanel
from desktop.shell.assembly import Assembly

VIEWS = (
    (2.5, 46.6, 5.7),
    (2.35, 48.86, 9.0),
    (4.83, 45.7, 8.0),
    (5.4, 43.4, 10.0),
    (2.35, 48.86, 12.0),
)
SECRET = "banc-d-essai"
_COUNT = """(window.drawn === undefined && beffroi.map.on('postrender', () => window.drawn++),
  window.drawn = 0, 1)"""


class Bench:
    """A desk with the map alone, around a store whose points are made up."""

    def __init__(self, theme: Theme, node: Node, points: Crowd) -> None:
        self.assembly = Assembly(node, theme)
        node.points.load()
        node.points._kept = Growing(points.columns)
        self.points = points
        self.assembly.install([desktop.map.install])
        panel = self.assembly.desk.docks.widget("map")
        assert isinstance(panel, MapPanel)
        self.panel = panel
        self.assembly.window.resize(1560, 900)
        self.first = self.until(panel.painted, self.assembly.window.show)

    def until(self, signal: Any, act: Callable[[], Any], limit: int = 20_000) -> float:
        """Milliseconds from `act` to the next `signal`."""
        loop, timer = QEventLoop(), QTimer(singleShot=True, interval=limit)
        timer.timeout.connect(loop.quit)
        signal.connect(loop.quit)
        start = time.perf_counter()
        timer.start()
        act()
        loop.exec()
        signal.disconnect(loop.quit)
        return (time.perf_counter() - start) * 1000

    def ask(self, script: str) -> Any:
        """What a script says inside the page."""
        loop, said = QEventLoop(), []
        self.panel.view.page.runJavaScript(
            f"JSON.stringify({script})", 0, lambda v: (said.append(v), loop.quit())
        )
        loop.exec()
        return json.loads(said[0]) if said[0] else None

    def views(self) -> list[float]:
        """Each view asked for, until its entries are painted."""
        took = []
        for lon, lat, zoom in VIEWS * 2:
            where = {"lon": lon, "lat": lat, "zoom": zoom, "still": True}

            def act(where: dict[str, Any] = where) -> None:
                self.panel.bridge.tell("go", where)
                self.panel.bridge.tell("refresh")

            took.append(self.until(self.panel.painted, act))
            rest(900)
        return took

    def one_more(self, times: int = 20) -> list[float]:
        """One entry announced on the feed, until the page has painted it."""
        lon, lat, zoom = VIEWS[0]
        self.panel.bridge.tell("go", {"lon": lon, "lat": lat, "zoom": zoom, "still": True})
        rest(1500)
        loop, took = QEventLoop(), []
        self.panel.bridge.on("added", lambda _event: loop.quit())
        for k in range(times):
            change = EntryAdded(entry=self.points.entry(k))
            start = time.perf_counter()
            self.assembly.desk.node.feed.publish(change)
            loop.exec()
            took.append((time.perf_counter() - start) * 1000)
            rest(120)
        return took

    def drag(self, seconds: float = 3.0) -> float:
        """Frames painted per second while a mouse button is held and moved."""
        target = self.panel.view.view.focusProxy()
        assert target is not None
        self.ask(_COUNT)
        middle = QPoint(target.width() // 2, target.height() // 2)
        QTest.mousePress(target, Qt.MouseButton.LeftButton, pos=middle)
        before, start, k = self.ask("window.drawn"), time.perf_counter(), 0
        while time.perf_counter() - start < seconds:
            k += 1
            QTest.mouseMove(target, middle + QPoint(k * 7 % 300 - 150, k * 5 % 200 - 100))
            rest(8)
        took = time.perf_counter() - start
        frames = self.ask("window.drawn") - before
        assert self.ask("beffroi.map.getView().getInteracting()")
        QTest.mouseRelease(target, Qt.MouseButton.LeftButton, pos=middle)
        return frames / took

    def measure(self) -> dict[str, Any]:
        """All figures, grouped and with every point drawn."""
        figures: dict[str, Any] = {"first_paint_ms": round(self.first)}
        for mode in ("clusters", "pixels"):
            self.panel.dressing.set_mode(mode)
            rest(1500)
            views, more = self.views(), self.one_more()
            figures[mode] = {
                "view_asked_to_painted_ms": {"median": round(statistics.median(views)), "max": round(max(views))},
                "one_more_painted_ms": {"median": round(statistics.median(more), 1), "max": round(max(more), 1)},
                "drag_fps": round(self.drag(), 1),
            }  # fmt: skip
            rest(600)
        return figures

    def close(self) -> None:
        """Put everything away."""
        self.assembly.close()
        QApplication.processEvents()


def rest(milliseconds: int) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leaflet", type=Path, help="folder of the npm package leaflet")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000])
    said = parser.parse_args()
    app = QApplication([])
    theme = Theme("light")
    theme.apply()
    report: dict[str, Any] = {"load_average": os.getloadavg()[0]}
    with tempfile.TemporaryDirectory() as place:
        for size in said.sizes:
            node = _node(Path(place) / str(size))
            bench = Bench(theme, node, crowd(size))
            report[f"{size}"] = bench.measure()
            bench.close()
    report["folium_leaflet_100000"] = leaflet(crowd(100_000), said.leaflet)
    report["ratio_last_to_first"] = _ratios(report, said.sizes)
    print(json.dumps(report, indent=2))
    app.quit()


def _ratios(report: dict[str, Any], sizes: list[int]) -> dict[str, float]:
    """The biggest base against the smallest, each in the drawing mode by default."""
    first, last = (report[str(size)]["clusters"] for size in (sizes[0], sizes[-1]))
    keys = ("view_asked_to_painted_ms", "one_more_painted_ms")
    ratios = {key: round(last[key]["median"] / first[key]["median"], 2) for key in keys}
    return ratios | {"drag_fps": round(last["drag_fps"] / first["drag_fps"], 2)}


def _node(folder: Path) -> Node:
    account = Account(name="banc", display="Banc", organisation="CNCS", posts=("Carto",))
    clock = Clock()
    create_profile(folder, ProfileInfo(title="Banc", workspace="banc"), [(account, SECRET)], clock)
    return open_node(folder, "banc", SECRET, clock=clock)


if __name__ == "__main__":
    main()
