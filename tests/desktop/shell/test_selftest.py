"""The program checks itself: it opens on a profile of its own, looks at its pixels, and says so."""

import os
import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.shell.assembly import Assembly
from desktop.shell.selftest import blank_parts


def test_an_empty_desk_is_noticed(assembly: Assembly, qtbot: QtBot) -> None:
    assembly.window.show()
    said = blank_parts(assembly, assembly.window.grab().toImage())
    assert said == ["Le panneau logbook est resté vide.", "Le panneau map est resté vide."]


def test_the_program_checks_itself(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path), "BEFFROI_PASSPHRASE": ""}
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "--self-test"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "Auto-contrôle réussi.\n"), done.stderr
