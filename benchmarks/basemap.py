"""How long a pack takes to build, how fast its tiles are read, and how fluid the map is above it.

Prints JSON.  `--extract FILE.osm.pbf` is an extract of OpenStreetMap (the small one of the tests when
none is given); `--at LON,LAT` is a place in it.  Frames per second while the view is dragged by real
mouse moves, with and without the pack.
Run it under an X server: `xvfb-run -a -s "-screen 0 1600x1000x24" python -m benchmarks.basemap`.
"""

# The page's scheme must be known before Qt starts: benchmarks.map_view sees to it.
# ruff: noqa: SLF001

import argparse
import json
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from beffroi.basemaps.building import build
from beffroi.basemaps.geometry import tile_at
from beffroi.basemaps.opening import open_pack
from benchmarks.map_points import crowd
from benchmarks.map_view import Bench, _node, rest
from desktop import basemaps
from desktop.basemaps.panel import DOCK, BasemapsPanel
from desktop.kit.theme import Theme

SMALL = Path(__file__).parents[1] / "tests/data/basemaps/extrait.osm.pbf"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--extract", type=Path, default=SMALL)
    parser.add_argument("--at", default="5.7655,45.1938")
    said = parser.parse_args()
    lon, lat = (float(part) for part in said.at.split(","))
    report: dict[str, Any] = {"load_average": os.getloadavg()[0], "extract": said.extract.name}
    with tempfile.TemporaryDirectory() as place:
        pack = Path(place) / "fond.pmtiles"
        built = build(said.extract, pack)
        report["build_s"] = built.seconds
        report["features"] = sum(built.features.values())
        report["tiles"], report["bytes"] = built.pack.tiles, built.pack.size
        report["extract_bytes"] = said.extract.stat().st_size
        report["tile_ms"] = _tile(pack, lon, lat)
        report |= _drawn(Path(place), pack, lon, lat)
    print(json.dumps(report, indent=2))


def _tile(pack: Path, lon: float, lat: float) -> dict[str, float]:
    """Milliseconds to read one tile, over all zooms of a place."""
    tiles, took = open_pack(pack), []
    for _turn in range(50):
        for z in range(tiles.pack.min_zoom, tiles.pack.max_zoom + 1):
            start = time.perf_counter()
            tiles.tile(z, *tile_at(lon, lat, z))
            took.append((time.perf_counter() - start) * 1000)
    tiles.close()
    return {"median": round(statistics.median(took), 3), "max": round(max(took), 3)}


def _drawn(place: Path, pack: Path, lon: float, lat: float) -> dict[str, Any]:
    app = QApplication([])
    theme = Theme("light")
    theme.apply()
    bench = Bench(theme, _node(place / "profil"), crowd(1000))
    bench.assembly.install([basemaps.install])
    dock = bench.assembly.desk.docks.widget(DOCK)
    assert isinstance(dock, BasemapsPanel)
    figures: dict[str, Any] = {}
    for zoom in (13.0, 15.5):
        where = {"lon": lon, "lat": lat, "zoom": zoom, "still": True}
        for name in ("without", "with"):
            if name == "with" and not dock._grounds._packs:
                bench.until(dock._grounds.changed, lambda: dock.take([pack]))
                rest(2500)
            for row in dock._grounds.rows:
                if row.pack:
                    dock._grounds.show(row.uid, float(name == "with"))
            bench.panel.bridge.tell("go", where)
            rest(2500)
            figures[f"drag_fps_z{zoom:g}_{name}"] = round(bench.drag(), 1)
    bench.close()
    app.quit()
    return figures


if __name__ == "__main__":
    main()
