"""The repository names no registry and no path of the machine it was written on."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOSTS = re.compile(r"pypi[.]org|pythonhoste[d]|npmjs[.]org|deb[.]debian[.]org")
MACHINE = re.compile(r"/wor[k]/(main|shared)|/roo[t]/")
SKIPPED = {".png", ".gz", ".mo", ".svg", ".pbf"}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    names = listed.stdout.split("\n") if listed.returncode == 0 else []
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def test_no_file_names_a_registry_or_this_machine() -> None:
    guilty = []
    for path in tracked():
        if path.suffix in SKIPPED or "vendor" in path.parts:
            continue
        text = path.read_text(errors="replace")
        if HOSTS.search(text) or MACHINE.search(text):
            guilty.append(path.relative_to(ROOT).as_posix())
    assert guilty == []
