"""The moving bubble: 200 tracks at one fix a second, twenty of them watched, on a real map.

Prints JSON: milliseconds from a fix (in Python, as a source hands it over) to the frame of the map
that shows it; frames per second meanwhile; the longest the main thread was held; false alerts when
a thousand late fixes are replayed out of order.
`xvfb-run -a -s "-screen 0 1600x1000x24" python benchmarks/moving_bubble.py [--seconds 30]`.
"""

# The scheme must be known before Qt starts.
# ruff: noqa: E402

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from desktop.map.scheme import register_scheme
from desktop.shell.environment import prepare_qt

prepare_qt()
register_scheme()

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

import desktop.map
from beffroi.access import Account
from beffroi.clock import Clock
from beffroi.layers.drawing.geodesic import reach
from beffroi.layers.shapes import Position
from beffroi.node import Node, open_node
from beffroi.profile import ProfileInfo, create_profile
from beffroi.tracks.fix import Fix
from beffroi.tracks.rules import Setup, fields_of
from beffroi.tracks.stage import Leg, Stage
from beffroi.tracks.stage import fields_of as stage_fields
from desktop import tracks
from desktop.kit.canvas import Event
from desktop.kit.theme import Theme
from desktop.shell.assembly import Assembly
from desktop.tracks.tracker import Tracker

TRACKS, WATCHED = 200, 20
START: Position = (-149.57, -17.54)
SECRET = "banc-d-essai"
BEAT_MS = 5


def place(track: int, seconds: float) -> Position:
    """Where a track is: on a road of its own, at 3 m/s."""
    return reach(reach(START, 40.0 * track, 180), 3 * seconds, 90)


def fixes(now: int, seconds: float) -> list[Fix]:
    """One fix of each track, of now."""
    found = []
    for track in range(TRACKS):
        lon, lat = place(track, seconds)
        found.append(
            Fix(
                track=f"T{track:03}",
                time=now,
                stale=now + 60_000,
                lon=lon,
                lat=lat,
                speed=3.0,
                course=90.0,
            )
        )
    return found


def prepared(node: Node) -> None:
    """Twenty set-ups, each along its road of two kilometres."""
    for track in range(WATCHED):
        line = tuple(place(track, second) for second in range(0, 700, 20))
        stage = Stage(
            title=f"Route {track}", track=f"T{track:03}", legs=(Leg(title="T1", line=line),)
        )
        uid = node.sheets.put("stage", stage_fields(stage), node.who, shared=True).uid
        setup = Setup(track=f"T{track:03}", stage=uid)
        node.sheets.put("track", fields_of(setup), node.who, shared=True)


class Bench:
    """A desk with the map and the tracks."""

    def __init__(self, node: Node, theme: Theme) -> None:
        self.assembly = Assembly(node, theme)
        self.assembly.install([desktop.map.install, tracks.install])
        found = self.assembly.desk.shared.findChild(Tracker)
        assert isinstance(found, Tracker)
        self.tracker = found
        self.sent: dict[int, float] = {}
        self.delays: list[float] = []
        self.frames: list[tuple[float, int]] = []
        self.longest, self._beat = 0.0, time.perf_counter()
        self.assembly.desk.canvas.on("tracks-painted", self._painted)

    def _painted(self, event: Event) -> None:
        moment = time.perf_counter()
        self.frames.append((moment, int(event["frames"])))
        for sent in [s for s in self.sent if s <= event["newest"]]:
            self.delays.append((moment - self.sent.pop(sent)) * 1000)

    def beat(self) -> None:
        """How long the main thread was away."""
        moment = time.perf_counter()
        self.longest = max(self.longest, (moment - self._beat) * 1000 - BEAT_MS)
        self._beat = moment

    def wait(self, milliseconds: int) -> None:
        """Let the desk work."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def run(self, seconds: int) -> None:
        """One fix of every track each second."""
        for second in range(seconds):
            begun = time.perf_counter()
            now = self.tracker.now
            self.sent[now] = time.perf_counter()
            self.tracker.take(fixes(now, second))
            self.wait(max(1, round(1000 - (time.perf_counter() - begun) * 1000)))

    def late(self) -> int:
        """New alerts after a thousand fixes of the last hour, out of order, far off every road."""
        following, now = self.tracker.following, self.tracker.now
        before = len(following.alerts(now))
        late = []
        for n in range(1000):
            lon, lat = reach(place(n % WATCHED, 0), 800, 0)
            late.append(
                Fix(track=f"T{n % WATCHED:03}", time=now - 61_000 - n * 3_000, lon=lon, lat=lat)
            )
        random.Random(7).shuffle(late)
        for start in range(0, len(late), 50):
            self.tracker.take(late[start : start + 50])
        self.wait(1500)
        return len(following.alerts(self.tracker.now)) - before


def main() -> None:
    """Run it and print what was measured."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--seconds", type=int, default=30)
    seconds = asked.parse_args().seconds
    qt = QApplication([])
    theme = Theme("light")
    theme.apply()
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder) / "profil"
        account = Account(name="b", display="Banc", organisation="Banc", posts=("Banc",))
        create_profile(
            profile, ProfileInfo(title="Banc", workspace="banc"), [(account, SECRET)], Clock()
        )
        node = open_node(profile, "b", SECRET)
        prepared(node)
        bench = Bench(node, theme)
        bench.assembly.window.resize(1560, 900)
        bench.assembly.window.show()
        bench.wait(5000)
        lon, lat = reach(reach(START, 4000, 180), 60, 90)
        bench.assembly.desk.shared.go_to.emit(lon, lat, 12.6)
        bench.wait(1500)
        bench.run(3)
        bench.delays.clear()
        bench.frames.clear()
        timer = QTimer(interval=BEAT_MS)
        timer.timeout.connect(bench.beat)
        bench.beat()
        bench.longest = 0.0
        timer.start()
        bench.run(seconds)
        timer.stop()
        print(json.dumps(_figures(bench, bench.longest, bench.late()), indent=2))
        qt.processEvents()
        sys.stdout.flush()
        os._exit(0)


def _figures(bench: Bench, longest: float, false_alerts: int) -> dict[str, object]:
    (begun, first), (ended, last) = bench.frames[0], bench.frames[-1]
    delays = sorted(bench.delays)
    return {
        "tracks": TRACKS,
        "watched": WATCHED,
        "fix_to_screen_ms": {
            "median": round(statistics.median(delays)),
            "p99": round(delays[min(len(delays) - 1, round(0.99 * len(delays)))]),
            "worst": round(delays[-1]),
            "count": len(delays),
        },
        "frames_per_second": round((last - first) / (ended - begun), 1),
        "main_thread_longest_ms": round(longest),
        "false_alerts": false_alerts,
    }


if __name__ == "__main__":
    main()
