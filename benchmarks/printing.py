"""A map on paper: time and memory of an A4 and of an A0, letters as letters, the map as pictures.

Prints JSON.  Run it under an X server:
`xvfb-run -a -s "-screen 0 1600x1000x24" python -m benchmarks.printing`.
"""

# The scheme must be known before Qt starts.
# ruff: noqa: E402

import json
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from desktop.map.scheme import register_scheme
from desktop.shell.environment import prepare_qt

prepare_qt()
register_scheme()

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

import desktop.map
from beffroi.access import Account
from beffroi.clock import Clock
from beffroi.node import open_node
from beffroi.profile import ProfileInfo, create_profile
from desktop.kit.canvas import Look
from desktop.kit.theme import Theme
from desktop.printing import job
from desktop.printing.ground import Ground
from desktop.printing.paper import PAPERS
from desktop.printing.plan import Plan
from desktop.shell.assembly import Assembly

SECRET = "banc-d-essai"
MEGA = 1024 * 1024
CASES = (("A4", 150), ("A4", 300), ("A3", 150), ("A0", 150), ("A0", 300))


def wait(until: Callable[[], bool], seconds: float = 300) -> None:
    loop = QEventLoop()
    timer = QTimer(interval=20)
    timer.timeout.connect(lambda: loop.quit() if until() else None)
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    timer.start()
    loop.exec()


class Memory:
    """The most that this program and its pages held together, looked at ten times a second."""

    def __init__(self) -> None:
        self.most = 0.0
        self._timer = QTimer(interval=100)
        self._timer.timeout.connect(self.look)

    def look(self) -> None:
        own = psutil.Process(os.getpid())
        held = 0
        for process in (own, *own.children(recursive=True)):
            try:
                held += process.memory_info().rss
            except psutil.Error:
                continue
        self.most = max(self.most, held / MEGA)

    def start(self) -> float:
        self.most = 0.0
        self.look()
        self._timer.start()
        return self.most

    def stop(self) -> float:
        self._timer.stop()
        return self.most


class Stalls:
    """The longest time for which the main thread answered nobody."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(interval=5)
        self._timer.timeout.connect(self._tick)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, (now - self._last) * 1000 - 5)
        self._last = now

    def start(self) -> None:
        self.longest, self._last = 0.0, time.perf_counter()
        self._timer.start()


def main() -> None:
    app = QApplication([])
    theme = Theme("light", parent=app)
    theme.apply()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "profil"
        info = ProfileInfo(title="JOP Paris 2024", workspace="banc")
        account = Account(
            name="banc", display="Banc d’essai", organisation="CNCS", posts=("Carto",)
        )
        create_profile(folder, info, [(account, SECRET)], Clock())
        assembly = Assembly(open_node(folder, "banc", SECRET), theme)
        desktop.map.install(assembly.desk)
        panel = assembly.desk.docks.widget("map")
        seen: list[bool] = []
        panel.painted.connect(lambda: seen.append(True))
        assembly.window.resize(1300, 850)
        assembly.window.show()
        wait(lambda: bool(seen), 60)
        print(json.dumps(measured(assembly, theme, Path(temporary)), indent=1))
        assembly.close()


def measured(assembly: Assembly, theme: Theme, folder: Path) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    stills, warm = assembly.desk.canvas.stills(), list[object]()
    first = Look(x=261_000, y=6_250_000, resolution=20, width=600, height=400)
    stills.take(first, warm.append, warm.append)  # as the preview does
    wait(lambda: bool(warm))
    for name, dpi in CASES:
        paper = next(paper for paper in PAPERS if paper.name == name)
        plan = Plan(
            ground=Ground(lon=2.35, lat=48.86, scale=25_000 if name == "A0" else 75_000),
            paper=paper, dpi=dpi, grid="utm", title="Dispositif",
        )  # fmt: skip
        path = folder / f"{name}-{dpi}.pdf"
        families = theme.font().families()
        one = job.Job(
            assembly.desk, plan, job.to_pdf(assembly.desk, path, families), assembly.window
        )
        over: list[object] = []
        one.over.connect(over.append)
        memory, stalls = Memory(), Stalls()
        before, begun = memory.start(), time.perf_counter()
        stalls.start()
        one.start()
        wait(lambda over=over: bool(over))
        rows.append(
            {
                "paper": name, "dpi": dpi, "seconds": round(time.perf_counter() - begun, 1),
                "megas_above": round(memory.stop() - before), "pdf_megas": round(path.stat().st_size / MEGA, 1),
                "longest_stall_ms": round(stalls.longest), "error": str(over[0] or "") if over else "too long",
            }
        )  # fmt: skip
    stills.shut()
    return rows


if __name__ == "__main__":
    main()
