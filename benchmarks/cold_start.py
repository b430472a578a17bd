"""Cold start and memory of the real `beffroi`, against the same with 100 entries.

    python benchmarks/cold_start.py --work DIR [--sizes 100,100000] [--runs 5]

Each run starts the installed program in a new process on an unlocked profile, waits until the
window is up, the list has painted and the map has painted, and notes the times from the start of
the process; then sums the proportional memory (PSS) of all its processes once it is idle.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.big_store import ACCOUNT, SECRET, profile

READY_WITHIN_S = 60.0
SETTLE_S = 4.0


def drop_caches() -> bool:
    """Empty the page cache so that the start is a cold one; False when that is not allowed."""
    try:
        subprocess.run(["sync"], check=True)
        Path("/proc/sys/vm/drop_caches").write_text("3")
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def pss_mb(process: psutil.Process) -> float:
    """Proportional set size of a process and its children, in MB."""
    total = 0
    for each in [process, *process.children(recursive=True)]:
        try:
            total += each.memory_full_info().pss
        except psutil.Error:
            continue
    return total / 1e6


def start(folder: Path, *, cold: bool) -> dict[str, float]:
    """One start: milliseconds to window, list and map; memory once settled."""
    if cold:
        drop_caches()
    ready = Path(tempfile.mkdtemp()) / "ready.json"
    environment = {**os.environ, "BEFFROI_PASSPHRASE": SECRET, "BEFFROI_T0": repr(time.time())}
    program = Path(sys.executable).parent / "beffroi"
    process = subprocess.Popen(
        [program, folder, "--account", ACCOUNT, "--ready-file", ready], env=environment
    )
    try:
        deadline = time.monotonic() + READY_WITHIN_S
        while not ready.is_file() and time.monotonic() < deadline and process.poll() is None:
            time.sleep(0.02)
        times = json.loads(ready.read_text())
        time.sleep(SETTLE_S)
        return {**times, "pss_mb": pss_mb(psutil.Process(process.pid))}
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def measure(sizes: list[int], runs: int, work: Path) -> dict[str, object]:
    """Medians per size, sizes taken in turn so that drift touches all alike."""
    folders = {size: profile(work, size) for size in sizes}
    seen: dict[int, list[dict[str, float]]] = {size: [] for size in sizes}
    cold = drop_caches()
    for _ in range(runs):
        for size in sizes:
            seen[size].append(start(folders[size], cold=cold))
    medians = {
        str(size): {key: round(statistics.median(run[key] for run in rows), 1) for key in rows[0]}
        for size, rows in seen.items()
    }
    small, large = str(min(sizes)), str(max(sizes))
    usable = {size: max(m["window_ms"], m["list_ms"]) for size, m in medians.items()}
    return {
        "benchmark": "cold_start",
        "page_cache_dropped": cold,
        "runs": runs,
        "medians": medians,
        "usable_ms": usable,
        "ratio_to_smallest": round(usable[large] / usable[small], 3),
        "target": {"usable_ms": 3000, "ratio": 1.2, "pss_mb": 600},
    }


def main() -> None:
    """Print one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--sizes", default="100,100000")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    print(json.dumps(measure(sizes, options.runs, options.work), indent=2))


if __name__ == "__main__":
    main()
