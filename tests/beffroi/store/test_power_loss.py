"""Killed while it writes, Beffroi keeps everything it said it had kept."""

import random
from pathlib import Path

from benchmarks.power_loss import Tally, examine, kill_once, make_profile


def test_nothing_acknowledged_is_lost_and_no_draft_either(tmp_path: Path) -> None:
    folder, tally, dice = tmp_path / "profil", Tally(), random.Random(5)
    make_profile(folder)
    for _ in range(4):
        examine(folder, kill_once(folder, dice.uniform(0, 0.2)), tally)
    assert tally.acknowledged > 10
    assert (tally.lost, tally.drafts_lost, tally.problems) == (0, 0, [])
