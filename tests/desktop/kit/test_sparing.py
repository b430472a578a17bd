"""Starting does not read the source of every module."""

import subprocess
import sys

_SCRIPT = """
import desktop.shell.assembly, linecache, sys
ours = [name for name in linecache.cache if "beffroi" in name or "logging" in name]
sys.exit(f"{len(ours)} sources were read" if ours else 0)
"""


def test_no_source_is_read_by_importing_the_desktop() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
