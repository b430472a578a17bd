"""Every real sample of a folder: read as what, how many records, how long, how much memory.

python -m benchmarks.source_read FOLDER [--hostile] [--catalogue FILE]      prints one JSON document.

FOLDER is `D_feeds` of the shared data.  Each file is read by a fresh guarded process, as it is when
a stranger's file is dropped; `memory_mb` is the peak of that process.  With `--hostile` the files of
`hostile/` are read too, and must be read or refused within 5 s and 300 MB.  With a catalogue
(`CATALOGUE.md` of the data) the counts that it gives are compared.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from beffroi.errors import BeffroiError
from beffroi.sources.child import Limits, Worker
from beffroi.sources.frames import Ask
from benchmarks.catalogue import expected

_NOT_DATA = {".md", ".errors", ".cpg", ".prj", ".shx"}
_LONGEST_S, _MOST_MB = 5.0, 300


def files(folder: Path, *, hostile: bool) -> Iterator[Path]:
    """The samples, in order."""
    for file in sorted(folder.rglob("*")):
        strange = "hostile" in file.relative_to(folder).parts
        if file.is_file() and file.suffix not in _NOT_DATA and (hostile or not strange):
            yield file


def peak_mb(pid: int) -> float:
    """The most memory that a process ever held."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def measured(file: Path) -> dict[str, Any]:
    """What became of one sample."""
    worker = Worker()
    pid = worker._process.pid  # noqa: SLF001 - the benchmark looks at the process from outside
    size = file.stat().st_size
    started = time.perf_counter()
    told: dict[str, Any]
    try:
        found = worker.read(Ask(path=str(file), name=file.name, memory=Limits.of(size).memory),
                            Limits.of(size))  # fmt: skip
        told = {"format": found.format, "read": found.read, "skipped": found.skipped,
                "located": found.located, "problems": len(found.problems)}  # fmt: skip
    except BeffroiError as refusal:
        told = {"refused": str(refusal)}
    told["seconds"] = round(time.perf_counter() - started, 3)
    try:
        told["memory_mb"] = round(peak_mb(pid), 1)
    except OSError:
        told["memory_mb"] = None  # killed: it went over
    worker.kill()
    return told


def main() -> int:
    """Measure, and print; 1 when a limit was passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--hostile", action="store_true")
    parser.add_argument("--catalogue", type=Path, default=None)
    called = parser.parse_args()
    samples = list(files(called.folder, hostile=called.hostile))
    with ThreadPoolExecutor(1) as pool:
        outcomes = list(pool.map(measured, samples))
    told = {str(file.relative_to(called.folder)): one
            for file, one in zip(samples, outcomes, strict=True)}  # fmt: skip
    slow = [n for n, one in told.items() if one["seconds"] > _LONGEST_S]
    large = [n for n, one in told.items() if (one["memory_mb"] or _MOST_MB + 1) > _MOST_MB]
    counts = expected(called.catalogue) if called.catalogue else {}
    document = {
        "files": len(told),
        "read": sum("format" in one for one in told.values()),
        "refused": sum("refused" in one for one in told.values()),
        "slowest_s": max(one["seconds"] for one in told.values()),
        "largest_mb": max(one["memory_mb"] or 0 for one in told.values()),
        "over_5_s": slow,
        "over_300_mb": large,
        "baseline_mb_of_the_reader": min(one["memory_mb"] or 1e9 for one in told.values()),
        "counts_compared": sum(name in told for name in counts),
        "counts_unequal": {
            name: {"catalogue": count, "read": told[name].get("read")}
            for name, count in counts.items()
            if name in told and told[name].get("read") != count
        },
        "each": told,
    }
    json.dump(document, sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")
    return 1 if slow or large else 0


if __name__ == "__main__":
    sys.exit(main())
