"""The desktop and its sync process write to one store; neither trusts what it remembers of it."""

import os
import subprocess
import sys
import time
from pathlib import Path

from beffroi.changes import ChangeFeed
from beffroi.journal import Journal, Signer
from beffroi.store import Store
from tests.beffroi.journal import other_process
from tests.beffroi.journal.conftest import KEY, Notebook
from tests.conftest import HeldClock

PAGES = 5


def test_two_processes_with_stopped_clocks_write_one_chain_with_stamps_that_grow(
    tmp_path: Path,
) -> None:
    path = tmp_path / "s.db"
    store = Store(path, KEY)
    journal = Journal(store, ChangeFeed(), HeldClock(), "jop", signer=Signer("d-1", KEY))
    notebook = Notebook(journal, store)
    written = _written_beside(notebook, path)
    assert journal.verify() is None
    lines = list(journal.replay())
    own = [line for line in lines if line.device == "d-1"]
    received = [line for line in lines if line.device == "d-2"]
    assert (len(own), len(received)) == (written + PAGES, PAGES * other_process.PAGE)
    assert len({line.op_id for line in lines}) == len(lines)
    assert [line.seq for line in lines] == list(range(1, len(lines) + 1))
    stamps = [line.hlc for line in own]
    assert stamps == sorted(set(stamps))
    sent = [line for line in own if line.hub_seq]
    assert len(sent) + journal.waiting() == len(own)
    assert sent
    store.close()


def _written_beside(notebook: Notebook, path: Path) -> int:
    """Write for as long as the other process lives; how many times."""
    root = Path(__file__).parents[3]
    command = [sys.executable, other_process.__file__, path, KEY.hex(), str(PAGES)]
    written = 0
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(root)}
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        while other.poll() is None:
            notebook.write("d’ici")
            written += 1
            time.sleep(0.005)
        assert other.returncode == 0
    return written
