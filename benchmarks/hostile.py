"""Hostile samples, each read in the guard: how long, and how much memory above the reader at rest.

    python -m benchmarks.hostile [folder of samples…]

Prints JSON.  The bombs are those of `tests/plugins/hostile`, and larger ones that tests have no time for.
"""

import json
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from beffroi.errors import BeffroiError
from beffroi.sources.guard import Guard, Limits
from tests.plugins.hostile.bombs import MEGA, bombs

CORPUS = Path(__file__).parents[1] / "tests" / "data" / "hostile"
LIMITS = Limits(seconds=5.0, memory=300 * MEGA)
KILLED = ("Ce contenu est trop long", "Ce contenu demande trop")
WARM = b'{"type":"Point","coordinates":[2.3,48.9]}'


def samples(folders: list[Path], secret: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and file.name != "README.md":
                yield file.name, file.read_bytes
    with zipfile.ZipFile(CORPUS / "jsontestsuite.zip") as suite:
        for name in suite.namelist():
            yield name, lambda name=name: suite.read(name)
    yield from bombs(secret)
    yield "deep-100-megas.json", lambda: b"[" * (100 * MEGA)
    yield "flat-100-megas.json", lambda: b"[" + b"1," * (50 * MEGA) + b"1]"
    yield "words-100-megas.xml", lambda: b"<rss>" + b"a" * (100 * MEGA)


class Meter:
    """The memory of a reading process: its peak since it was last reset (Linux)."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    def _pid(self) -> int:
        return self._guard._idle[0]._process.pid if self._guard._idle else 0  # noqa: SLF001

    def reset(self) -> int:
        """Forget the peak; the megabytes held now."""
        if not (pid := self._pid()):
            return 0
        Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")
        return self._told(pid, "VmRSS")

    def peak(self) -> int:
        """The megabytes held at most; 0 when the process was killed."""
        return self._told(pid, "VmHWM") if (pid := self._pid()) else 0

    @staticmethod
    def _told(pid: int, name: str) -> int:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(name)) // 1024


def measured(guard: Guard, name: str, data: bytes) -> dict[str, object]:
    meter = Meter(guard)
    guard.read(data=WARM)
    before, begun = meter.reset(), time.perf_counter()
    try:
        found = guard.read(data=data, name=name, limits=LIMITS)
        said = f"{found.format}: {found.read}"
    except BeffroiError as refusal:
        said = str(refusal)
    seconds, peak = time.perf_counter() - begun, meter.peak()
    return {
        "name": name,
        "bytes": len(data),
        "seconds": round(seconds, 2),
        "megas": max(0, peak - before) if peak else None,
        "killed": said.startswith(KILLED),
        "said": said[:120],
    }


def main() -> None:
    folders = [Path(one) for one in sys.argv[1:]] or [CORPUS]
    with tempfile.TemporaryDirectory() as machine, Guard(1) as guard:
        secret = Path(machine) / "secret.txt"
        secret.write_text("secret", encoding="utf-8")
        rows = [measured(guard, name, made()) for name, made in samples(folders, secret)]
    heavy = [row for row in rows if row["killed"] or float(str(row["seconds"])) > 1]
    heavy += [row for row in rows if int(str(row["megas"] or 0)) > 100 and row not in heavy]
    print(
        json.dumps(
            {
                "samples": len(rows),
                "killed": sum(bool(row["killed"]) for row in rows),
                "slowest_seconds": max(row["seconds"] for row in rows),  # type: ignore[type-var]
                "largest_megas": max(int(str(row["megas"] or 0)) for row in rows),
                "heavy": heavy,
            },
            ensure_ascii=False,
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
