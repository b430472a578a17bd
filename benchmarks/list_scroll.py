"""Opens the main courante on a big base and scrolls it: how long does the main thread ever stall?

    xvfb-run python benchmarks/list_scroll.py --work DIR [--sizes 1000000] [--json FILE]

The whole main courante (list, search, entry) is installed in the real window on a real encrypted
store.  A heartbeat asks for its turn each 4 ms; a beat that comes late tells how long the main
thread was busy.  Beside each phase: the processor time that this very thread used in its longest
beat, which a busy machine does not lengthen.
"""

import argparse
import json
import os
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("QT_QUICK_BACKEND", "software")
if os.getuid() == 0:
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from beffroi.logbook.entry import Content
from beffroi.node import Node, open_node
from benchmarks.big_store import ACCOUNT, SECRET, profile
from desktop.kit.theme import Theme
from desktop.logbook import install
from desktop.logbook.list_panel import ListPanel
from desktop.map.scheme import register_scheme
from desktop.shell.assembly import Assembly

BEAT_MS = 4
TARGET_MS = 50


class Heartbeat(QObject):
    """Measures how late each beat comes."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self.worked: list[float] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self.restart()
        self._timer.start()

    def restart(self) -> None:
        self.gaps, self.worked = [], []
        self._last, self._cpu = time.perf_counter(), time.thread_time()

    def _beat(self) -> None:
        now, cpu = time.perf_counter(), time.thread_time()
        self.gaps.append((now - self._last) * 1000)
        self.worked.append((cpu - self._cpu) * 1000)
        self._last, self._cpu = now, cpu


def phase(beat: Heartbeat, act: Callable[[], None]) -> dict[str, float]:
    """What the main thread suffered while something was done."""
    beat.restart()
    began = time.perf_counter()
    act()
    gaps, worked = beat.gaps or [0.0], beat.worked or [0.0]
    return {
        "longest_stall_ms": round(max(gaps), 1),
        "longest_stall_cpu_ms": round(max(worked), 1),
        "p99_stall_ms": round(sorted(gaps)[int(len(gaps) * 0.99)], 1),
        "beats": len(gaps),
        "seconds": round(time.perf_counter() - began, 2),
    }


def wait(milliseconds: int) -> None:
    """Let the desk live.  (QTest.qWait would keep the interpreter's lock from the readers.)"""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(done: Callable[[], bool], seconds: float = 30.0) -> None:
    """Let the desk live until something is true."""
    end = time.perf_counter() + seconds
    while not done() and time.perf_counter() < end:
        wait(5)


def panel_of(assembly: Assembly) -> ListPanel:
    panel = assembly.desk.docks.widget("logbook")  # type: ignore[attr-defined]
    assert isinstance(panel, ListPanel)
    return panel


def seen(panel: ListPanel) -> bool:
    """Whether the rows in sight have their entries (the first may lie under the floating day)."""
    model, top = panel.model, max(0, panel.view.top_row())
    rows = range(top + 1, min(model.timeline.rows, top + 10))
    return all(model.timeline.position(r) is None or model.entry_at(r) for r in rows)


def scroll(panel: ListPanel, step: int, times: int) -> None:
    """Turn the wheel, one frame each time."""
    bar = panel.view.verticalScrollBar()
    for _turn in range(times):
        bar.setValue(bar.value() + step)
        wait(16)


def leap(panel: ListPanel, times: int) -> None:
    """Drag the handle across the whole base, and wait for the entries each time."""
    bar = panel.view.verticalScrollBar()
    for turn in range(times):
        bar.setValue(bar.maximum() * turn // times)
        until(lambda: seen(panel), 5)


def keys(panel: ListPanel) -> None:
    """Arrows, pages, home and end."""
    panel.view.setFocus()
    for key in (Qt.Key.Key_Home, *[Qt.Key.Key_Down] * 30, *[Qt.Key.Key_PageDown] * 30,
                Qt.Key.Key_End, *[Qt.Key.Key_PageUp] * 10, Qt.Key.Key_Home):  # fmt: skip
        QTest.keyClick(panel.view, key)
        wait(16)


def search(panel: ListPanel) -> None:
    """Type a search, letter by letter, then take it away."""
    for typed in ("i", "in", "inc", "incendie", "incendie gravité>=2", ""):
        panel.search.set_text(typed)
        wait(120)
    until(lambda: panel.found is not None and not panel.found.filtered)


def arrivals(panel: ListPanel, node: Node, count: int) -> None:
    """Others write while one reads far down."""
    bar = panel.view.verticalScrollBar()
    bar.setValue(bar.maximum() // 3)
    before = len(panel.model.timeline.rids)
    for number in range(count):
        text = f"Arrivée pendant la lecture {number}"
        panel.desk.tasks.run(
            lambda text=text: node.logbook.publish(Content(text=text), node.who),
            lambda _entry: None,
            touches_store=True,
        )
        wait(50)
    until(lambda: len(panel.model.timeline.rids) >= before + count)


def by_event_time(panel: ListPanel) -> None:
    """Sort the other way and back."""
    panel.search.order.click()
    until(lambda: panel.model.by_event)
    until(lambda: seen(panel), 5)
    panel.search.order.click()
    until(lambda: not panel.model.by_event)


def measure(app: QApplication, made: Path, scratch: Path) -> dict[str, object]:
    """All phases on one base."""
    folder = scratch / made.name
    shutil.copytree(made, folder)
    node = open_node(folder, ACCOUNT, SECRET)
    theme = Theme("light", parent=app)
    theme.apply()
    assembly = Assembly(node, theme)
    beat = Heartbeat()
    results: dict[str, object] = {}

    def open_list() -> None:
        until(lambda: panel_of(assembly).model.timeline.rows > 0 and seen(panel_of(assembly)))

    assembly.notices.posted.connect(lambda n: print(n.text, n.details, file=sys.stderr))
    assembly.install([install])
    assembly.window.resize(1366, 768)
    assembly.window.show()
    results["open"] = phase(beat, open_list)
    panel = panel_of(assembly)
    results["entries"] = len(panel.model.timeline.rids)
    until(lambda: False, 1.0)
    results["scroll"] = phase(beat, lambda: scroll(panel, 120, 150))
    results["scroll_fast"] = phase(beat, lambda: scroll(panel, 4000, 150))
    results["leap"] = phase(beat, lambda: leap(panel, 40))
    results["keys"] = phase(beat, lambda: keys(panel))
    results["search"] = phase(beat, lambda: search(panel))
    results["arrivals"] = phase(beat, lambda: arrivals(panel, node, 20))
    results["event_order"] = phase(beat, lambda: by_event_time(panel))
    assembly.close()
    shutil.rmtree(folder)
    return results


def main() -> dict[str, object]:
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--sizes", type=int, nargs="*", default=[100, 1_000_000])
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    register_scheme()
    app = QApplication([])
    scratch = asked.work / "list_scroll"
    shutil.rmtree(scratch, ignore_errors=True)
    results = {str(n): measure(app, profile(asked.work, n), scratch) for n in asked.sizes}
    stalls = [
        float(part["longest_stall_ms"])
        for result in results.values()
        for part in result.values()
        if isinstance(part, dict)
    ]
    report: dict[str, object] = {
        "what": "open and scroll the main courante",
        "target_ms": TARGET_MS,
        "longest_stall_ms": max(stalls),
        "median_of_longest_ms": statistics.median(stalls),
        "reached": max(stalls) <= TARGET_MS,
        "load": os.getloadavg()[0],
        "sizes": results,
    }
    if asked.json:
        asked.json.write_text(json.dumps(report, indent=1))
    return report


if __name__ == "__main__":
    print(json.dumps(main(), indent=1))
