"""The map's columns: read once, kept in step, put into the cells of a screen.

    python benchmarks/points.py --work DIR [--sizes 100000,1000000]

Beside the reading: the same columns built from plain rows, on the same store in the same run.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
from beffroi.clock import Clock
from beffroi.logbook.changes import EntryAdded
from beffroi.logbook.entry import Entry
from beffroi.logbook.personal import Personal
from beffroi.logbook.points import Points
from beffroi.logbook.query import Query
from beffroi.logbook.search import Search
from beffroi.store import Store
from benchmarks.big_store import ACCOUNT, STORE_FILE, key_of, profile
from benchmarks.fake_entries import END_MS

WORLD = (-20_037_508.0, -20_037_508.0, 20_037_508.0, 20_037_508.0)
PARIS = (200_000.0, 6_200_000.0, 320_000.0, 6_300_000.0)
CELLS = (80, 45)
DAY_MS = 86_400_000
_ROWS = (
    "SELECT rid, lon, lat, event_time, theme, gravity, key_event, lifecycle FROM entry "
    "INDEXED BY ix_entry_points WHERE lon IS NOT NULL ORDER BY rid"
)


def median(work: Callable[[], object], times: int) -> dict[str, float]:
    """Milliseconds, as seen and of processor."""
    seen, worked = [], []
    for _turn in range(times):
        began, cpu = time.perf_counter(), time.process_time()
        work()
        seen.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - cpu) * 1000)
    return {
        "median_ms": round(statistics.median(seen), 3),
        "max_ms": round(max(seen), 3),
        "median_cpu_ms": round(statistics.median(worked), 3),
    }


def plain(store: Store) -> int:
    """The columns from rows, as one would first write it."""
    with store.read() as connection:
        rows = connection.execute(_ROWS).fetchall()
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    return len(columns[0])


def measure(work: Path, size: int) -> dict[str, object]:
    """Everything for one size of store."""
    made = profile(work, size)
    store = Store(made / STORE_FILE, key_of(made))
    clock = Clock(lambda: END_MS)
    points = Points(store)
    search = Search(store, Personal(store, ACCOUNT, clock), clock)
    entry = search.first(Query(located=True), 1)[0]
    fresh = iter(range(1, 10_000))

    def add(older_by: int = 0) -> None:
        rid = entry.rid - older_by + next(fresh)
        change: Entry = msgspec.structs.replace(entry, rid=rid)
        points.apply(EntryAdded(entry=change))

    month = {"since": END_MS - 30 * DAY_MS, "until": END_MS}
    try:
        rows = median(lambda: plain(store), 3)
        load = median(points.load, 3)
        return {
            "entries": size,
            "load": load,
            "load_from_rows": rows,
            "load_faster_by": round(rows["median_cpu_ms"] / load["median_cpu_ms"], 1),
            "add_newest": median(add, 200),
            "add_late_arrival": median(lambda: add(10_000_000), 20),
            "grid_world": median(lambda: points.grid(WORLD, *CELLS), 15),
            "grid_paris": median(lambda: points.grid(PARIS, *CELLS), 15),
            "grid_world_month_serious": median(
                lambda: points.grid(WORLD, *CELLS, min_gravity=2, **month), 15
            ),
            "columns": median(points.columns, 5),
            "hist": median(lambda: points.hist(END_MS - 900 * DAY_MS, END_MS, 300), 15),
        }
    finally:
        store.close()


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--sizes", default="100000,1000000")
    given = parser.parse_args()
    results = [measure(given.work, int(size)) for size in given.sizes.split(",")]
    target = {"load_100k_ms": 200, "add_ms": 1, "grid_1m_ms": 40}
    print(json.dumps({"benchmark": "points", "target": target, "results": results}, indent=2))


if __name__ == "__main__":
    main()
