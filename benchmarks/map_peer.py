"""The peer: folium's own page (Leaflet on canvas) with the same points, in the same web engine."""

import json
import re
import tempfile
import time
from pathlib import Path
from typing import Any

import folium
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPoint, Qt, QTimer, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWebEngineWidgets import QWebEngineView

from benchmarks.map_points import Crowd

_COLOURS = ("#6b7683", "#2c7a57", "#f2c230", "#c24d08", "#9c1038")


def leaflet(points: Crowd, package: Path | None) -> dict[str, Any]:
    """Figures of folium/Leaflet, or why there are none."""
    if package is None or not (package / "dist" / "leaflet.js").is_file():
        return {"measured": None, "reason": "--leaflet DIR (npm leaflet 1.9.4) was not given"}
    with tempfile.TemporaryDirectory() as place:
        page = Path(place) / "peer.html"
        page.write_text(_html(points, package), encoding="utf-8")
        return _measure(page)


def _html(points: Crowd, package: Path) -> str:
    """folium's page, its addresses on the network replaced by Leaflet's own files, inlined."""
    chart = folium.Map(location=[46.6, 2.5], zoom_start=6, tiles=None, prefer_canvas=True)
    name = chart.get_name()
    html = chart.get_root().render()
    html = re.sub(r'<script src="https?://[^"]*"></script>', "", html)
    html = re.sub(r'<link rel="stylesheet" href="https?://[^"]*"/>', "", html)
    code = (package / "dist" / "leaflet.js").read_text(encoding="utf-8")
    css = (package / "dist" / "leaflet.css").read_text(encoding="utf-8")
    rows = json.dumps(
        [
            [round(float(y), 5), round(float(x), 5), int(g)]
            for x, y, g in zip(points.lon, points.lat, points.columns.gravity, strict=True)
        ]
    )
    load = f"""
    const rows = {rows}, colours = {json.dumps(_COLOURS)};
    window.add = (lat, lon, g) => L.circleMarker([lat, lon],
      {{radius: 4, weight: 1, color: '#fff', fillColor: colours[g], fillOpacity: 1}}).addTo(window.chart);
    window.load = () => {{ window.chart = {name}; rows.forEach((r) => add(...r)); }};
    """
    head = f"<style>{css}</style><script>{code}</script>"
    html = html.replace("<head>", f"<head>{head}", 1)
    return html.replace("</html>", f"<script>{load}</script></html>")


def _measure(page: Path) -> dict[str, Any]:
    view = QWebEngineView()
    view.resize(1200, 800)
    view.show()
    loop = QEventLoop()
    view.loadFinished.connect(lambda _ok: loop.quit())
    view.load(QUrl.fromLocalFile(str(page)))
    loop.exec()

    def run(script: str) -> Any:
        inner, said = QEventLoop(), []
        view.page().runJavaScript(script, 0, lambda v: (said.append(v), inner.quit()))
        inner.exec()
        return said[0]

    def painted(script: str) -> float:
        start = time.perf_counter()
        run(
            f"window.done = 0; {script}; requestAnimationFrame(() => requestAnimationFrame("
            "() => { window.done = 1; })); 1"
        )
        while not run("window.done"):
            _rest(1)
        return round((time.perf_counter() - start) * 1000, 1)

    first = painted("load()")
    more = sorted(painted(f"add(47, {2 + k * 0.05}, 2)") for k in range(10))
    fps = _drag(view, run)
    other = painted("chart.setView([45.7, 4.83], 8, {animate: false})")
    view.hide()
    view.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return {
        "first_view_painted_ms": first,
        "view_asked_to_painted_ms": other,
        "one_more_painted_ms": more[5],
        "drag_fps": fps,
        "remark": "Leaflet moves a picture while dragged and draws what comes into view at the end",
    }


def _drag(view: QWebEngineView, run: Any, seconds: float = 4.0) -> float:
    """Frames per second while a mouse button is held and moved."""
    run("window.drawn = 0; (function f() { window.drawn++; requestAnimationFrame(f); })(); 1")
    target = view.focusProxy()
    middle = QPoint(600, 400)
    QTest.mousePress(target, Qt.MouseButton.LeftButton, pos=middle)
    before, start, k = run("window.drawn"), time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        k += 1
        QTest.mouseMove(target, middle + QPoint(k * 7 % 300 - 150, k * 5 % 200 - 100))
        _rest(8)
    frames = (run("window.drawn") - before) / (time.perf_counter() - start)
    QTest.mouseRelease(target, Qt.MouseButton.LeftButton, pos=middle)
    return round(frames, 1)


def _rest(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
