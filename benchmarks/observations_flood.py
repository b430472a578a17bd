"""A million observations an hour into visible calques while an officer works: what does it cost them?

    xvfb-run -a -s "-screen 0 1600x1000x24" python benchmarks/observations_flood.py
        [--work DIR] [--seconds 60] [--entries 10000] [--rate 278] [--json FILE]

Eight sources tell, from a process of its own as the collector does, of things that move, appear
and go: ships and aircraft, sensors graded by a number, a crowd drawn as heat and as groups, zones.
All are visible.  Meanwhile the officer scrolls the list, types a search and an entry, pans and
zooms the map with the mouse.  A heartbeat asks for the main thread's turn each 4 ms: a late beat is
a stall.  `without_queue` leaves out what the thread only waited for a processor
that others held.  The baseline is the same work, the same calques, with no source telling anything.
"""

import argparse
import gc
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from threading import Thread

sys.path.insert(0, str(Path(__file__).parents[1]))

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import desktop.layers
import desktop.logbook
import desktop.map
from beffroi.layers.calques import Calque, fields_of
from beffroi.layers.classing import by_value, graduated
from beffroi.layers.style import Labels, Style
from beffroi.node import Node, open_node
from beffroi.observations import OBSERVATIONS_FILE, Observations, ObservationsChanged
from beffroi.plugin import Record
from benchmarks.big_store import ACCOUNT, SECRET, key_of, profile
from benchmarks.list_scroll import TARGET_MS, Heartbeat, keys, scroll, search, until, wait
from desktop.kit.theme import Theme
from desktop.logbook.list_panel import ListPanel
from desktop.map.map_panel import MapPanel
from desktop.map.scheme import register_scheme
from desktop.shell.assembly import Assembly

T0 = int(time.time()) * 1000
SHARES = {"ais": 0.3, "adsb": 0.25, "capteurs": 0.15, "foule": 0.12, "appels": 0.1, "siri": 0.05,
          "zones": 0.02, "velos": 0.01}  # fmt: skip
"""Of all observations, which part each source tells."""
THINGS = {"ais": 12_000, "adsb": 6_000, "capteurs": 20_000, "foule": 30_000, "appels": 8_000,
          "siri": 2_000, "zones": 400, "velos": 1_500}  # fmt: skip
"""How many different things each source knows of."""
STYLES = {
    "ais": Style(mode="values", field="kind", classes=by_value(["cargo", "pêche", "passagers"])),
    "adsb": Style(shape="triangle", colour="#5b2a86", labels=Labels(min_zoom=9)),
    "capteurs": Style(mode="graduated", field="level", classes=graduated([0, 2, 4, 6, 10], "heat")),
    "foule": Style(mode="heat", ramp="heat"),
    "appels": Style(mode="cluster", colour="#b3202c"),
    "siri": Style(shape="square", colour="#0072b2", scale=True),
    "zones": Style(colour="#d55e00", hatch="rising"),
    "velos": Style(shape="ring", colour="#009e73"),
}


def record(source: str, number: int, chance: Random, turn: int) -> Record:
    """The `number`-th thing of a source, as it is now."""
    place = Random(f"{source}{number}")
    lon, lat = place.gauss(3.0, 2.5) + turn * 1e-4, place.gauss(46.5, 1.8) + chance.random() * 1e-3
    if source == "zones":
        ring = [[lon, lat], [lon + 0.2, lat], [lon + 0.2, lat + 0.1], [lon, lat + 0.1], [lon, lat]]
        geometry: dict[str, object] = {"type": "Polygon", "coordinates": [ring]}
    else:
        geometry = {"type": "Point", "coordinates": [lon, lat]}
    fields = {
        "kind": place.choice(["cargo", "pêche", "passagers"]), "level": chance.random() * 10,
        "speed": round(chance.random() * 30, 1), "turn": turn,
    }  # fmt: skip
    return Record(id=f"{source}-{number}", title=f"{source} {number}", geometry=geometry,
                  properties=fields, time=T0 + turn * 1000)  # fmt: skip


def feed(path: Path, rate: int) -> None:
    """What the other process does: tells for ever, and says on its output who told."""
    observations = Observations(path, bytes.fromhex(sys.stdin.readline().strip()))
    chance, turn, began = Random(7), 0, time.perf_counter()
    while True:
        turn += 1
        for source, share in SHARES.items():
            many = max(1, round(rate * share))
            numbers = {chance.randrange(THINGS[source]) for _n in range(many)}
            ended = [f"{source}-{chance.randrange(THINGS[source])}"] if turn % 5 == 0 else []
            told = [record(source, number, chance, turn) for number in numbers]
            observations.put(source, told, snapshot=False, now=T0 + turn * 1000, ended=ended)
            print(source, len(told), flush=True)
        time.sleep(max(0.0, began + turn - time.perf_counter()))


@dataclass
class Flood:
    """The feeding process, and the ears that pass on what it says."""

    node: Node
    path: Path
    key: bytes
    rate: int
    told: int = 0
    process: "subprocess.Popen[str] | None" = None

    def begin(self) -> None:
        """Let the sources tell."""
        command = [sys.executable, __file__, "--feed", str(self.path), "--rate", str(self.rate)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdin
        self.process.stdin.write(self.key.hex() + "\n")
        self.process.stdin.flush()
        Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process
        assert self.process.stdout
        for line in self.process.stdout:
            source, many = line.split()
            self.told += int(many)
            self.node.feed.publish(ObservationsChanged(source=source))

    def stop(self) -> None:
        """Silence them."""
        if self.process:
            self.process.terminate()
            self.process.wait()


def first_deliveries(node: Node) -> None:
    """Everything each source knows, and a calque for each."""
    chance = Random(1)
    for source, many in THINGS.items():
        node.observations.put(
            source, (record(source, n, chance, 0) for n in range(many)), snapshot=True, now=T0
        )
        calque = Calque(title=source, source=source, style=STYLES[source], validity_s=120)
        node.sheets.put("layer", fields_of(calque), node.who)


class Beat(Heartbeat):
    """Knows, beside each gap, how long this thread only waited for a processor others held."""

    def restart(self) -> None:
        self.owed: list[float] = []
        self._waited = _queued_ms()
        super().restart()

    def _beat(self) -> None:
        super()._beat()
        waited = _queued_ms()
        self.owed.append(max(0.0, self.gaps[-1] - (waited - self._waited)))
        self._waited = waited


def _queued_ms() -> float:
    """How long this thread has waited in the queue of the kernel (schedstat), in all."""
    return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e6


class Officer:
    """What they do, again and again."""

    def __init__(self, assembly: Assembly, beat: Beat) -> None:
        desk = assembly.desk
        self.beat = beat
        self.desk = desk
        panels = [desk.docks.widget(dock) for dock in ("logbook", "map")]  # type: ignore[attr-defined]
        assert isinstance(panels[0], ListPanel)
        assert isinstance(panels[1], MapPanel)
        self.list, self.map = panels[0], panels[1]
        self.number = 0

    def shift(self, seconds: float) -> dict[str, object]:
        """Work, and what the main thread suffered meanwhile."""
        self.beat.restart()
        cpu, began = time.process_time(), time.perf_counter()
        tasks: list[Callable[[], None]] = [self.pan, self.read, self.write, self.look, self.zoom]
        turn = 0
        while time.perf_counter() - began < seconds:
            tasks[turn % len(tasks)]()
            turn += 1
        gaps, owed = sorted(self.beat.gaps), sorted(self.beat.owed)
        took = time.perf_counter() - began
        return {
            "longest_stall_ms": round(gaps[-1], 1),
            "p999_stall_ms": round(gaps[int(len(gaps) * 0.999)], 1),
            "p99_stall_ms": round(gaps[int(len(gaps) * 0.99)], 1),
            "p999_without_queue_ms": round(owed[int(len(owed) * 0.999)], 1),
            "longest_without_queue_ms": round(owed[-1], 1),
            "over_50_ms": sum(gap > TARGET_MS for gap in gaps),
            "longest_stall_cpu_ms": round(max(self.beat.worked), 1),
            "beats": len(gaps),
            "seconds": round(took, 1),
            "desktop_cpu_share": round((time.process_time() - cpu) / took, 2),
            "rounds": turn,
        }

    def read(self) -> None:
        """Scroll the list, go about by keys."""
        scroll(self.list, 240, 40)
        keys(self.list)

    def write(self) -> None:
        """Publish an entry on the store lane, as the editor does."""
        self.number += 1
        text, node = f"Pendant le flot {self.number}", self.desk.node
        from beffroi.logbook.entry import Content

        content = Content(text=text, lon=2.3, lat=48.8)
        self.desk.tasks.run(
            lambda: node.logbook.publish(content, node.who), lambda _e: None, touches_store=True
        )
        wait(300)

    def look(self) -> None:
        """Type a search, letter by letter."""
        search(self.list)

    def pan(self) -> None:
        """Drag the map."""
        target = self.map.view.view.focusProxy()
        middle = QPoint(target.width() // 2, target.height() // 2)
        QTest.mousePress(target, Qt.MouseButton.LeftButton, pos=middle)
        for k in range(90):
            QTest.mouseMove(target, middle + QPoint(k * 7 % 300 - 150, k * 5 % 200 - 100))
            wait(16)
        QTest.mouseRelease(target, Qt.MouseButton.LeftButton, pos=middle)
        wait(400)

    def zoom(self) -> None:
        """Look at one place from near, then from afar."""
        for zoom in (9.0, 11.0, 6.0):
            self.map.bridge.tell("go", {"lon": 3.0, "lat": 46.5, "zoom": zoom})
            wait(900)


def measure(
    app: QApplication, made: Path, folder: Path, asked: argparse.Namespace
) -> dict[str, object]:
    shutil.copytree(made, folder)
    node = open_node(folder, ACCOUNT, SECRET)
    first_deliveries(node)
    theme = Theme("light", parent=app)
    theme.apply()
    assembly = Assembly(node, theme)
    assembly.notices.posted.connect(lambda n: print(n.text, n.details, file=sys.stderr))
    assembly.install([desktop.logbook.install, desktop.map.install, desktop.layers.install])
    assembly.window.resize(1560, 940)
    assembly.window.show()
    beat = Beat()
    officer = Officer(assembly, beat)
    until(lambda: officer.list.model.timeline.rows > 0)
    wait(6000)
    gc.collect()  # as the application does once all is painted
    gc.freeze()
    flood = Flood(node, folder / OBSERVATIONS_FILE, key_of(made), asked.rate)
    quiet = officer.shift(asked.seconds)
    flood.begin()
    wait(2000)
    before, at = flood.told, time.perf_counter()
    busy = officer.shift(asked.seconds)
    rate = (flood.told - before) / (time.perf_counter() - at)
    if asked.picture:
        assembly.window.grab().save(str(asked.picture))
    flood.stop()
    assembly.close()
    shutil.rmtree(folder)
    return {"quiet": quiet, "flood": busy, "observations_per_hour": round(rate * 3600)}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path)
    parser.add_argument("--feed", type=Path)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--rate", type=int, default=290)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--picture", type=Path)
    asked = parser.parse_args()
    if asked.feed:
        feed(asked.feed, asked.rate)
        return
    register_scheme()
    app = QApplication([])
    work = asked.work or Path(tempfile.mkdtemp())
    scratch = work / "observations_flood"
    shutil.rmtree(scratch, ignore_errors=True)
    result = measure(app, profile(work, asked.entries), scratch, asked)
    flood = result["flood"]
    assert isinstance(flood, dict)
    report = {
        "what": "1 M observations an hour into visible calques while an officer works",
        "target_ms": TARGET_MS,
        "reached": flood["p999_stall_ms"] <= TARGET_MS,
        "load": os.getloadavg()[0],
        **result,
    }
    if asked.json:
        asked.json.write_text(json.dumps(report, indent=1))
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
