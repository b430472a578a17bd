"""Kills a writing process at random moments and counts what was lost.

python -m benchmarks.power_loss [KILLS]      prints one JSON document.

A worker publishes, qualifies, groups and drafts without a pause, and says after each act what was
acknowledged.  It is killed with SIGKILL; then the store is opened again and compared with what
was said.  (Lost fsyncs cannot be simulated here: there is no device mapper.)
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from beffroi.access import Account
from beffroi.access.keyring import Cost
from beffroi.clock import Clock
from beffroi.logbook.entry import Content
from beffroi.node import Node, open_node
from beffroi.profile import ProfileInfo, create_profile

ACCOUNT, SECRET = "a.essai", "mot-de-passe-de-test"
ROOT = Path(__file__).parents[1]


@dataclass(slots=True)
class Tally:
    """What the kills did.  `problems` is empty when every promise held."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    drafts_lost: int = 0
    problems: list[str] = field(default_factory=list)


def make_profile(folder: Path) -> None:
    """A profile that opens fast."""
    account = Account(name=ACCOUNT, display="Essai", organisation="CNCS", posts=("Chef de salle",))
    info = ProfileInfo(title="Coupures", workspace="coupures", mode="test")
    create_profile(folder, info, [(account, SECRET)], Clock(), cost=Cost(memory_kib=64, passes=1))


def write_until_killed(folder: Path) -> None:
    """The worker: an act, then a line on stdout that says it was kept."""
    node = open_node(folder, ACCOUNT, SECRET)
    logbook, who = node.logbook, node.who
    number = 0
    while True:
        number += 1
        content = Content(
            text=f"Coupure {number} à la gare", lon=2.35, lat=48.85, tags=("TRA.FERRE",)
        )
        draft = f"draft-{os.getpid()}-{number}"
        node.personal.save_draft(draft, {"text": content.text})
        _say("draft", draft)
        entry = logbook.publish(content, who)
        _say("entry", entry.uid, entry.label)
        child = logbook.complete(entry.uid, Content(text="suite"), who)
        _say("entry", child.uid, child.label)
        logbook.qualify(entry.uid, {"gravity": number % 5}, who)
        logbook.open_followup(entry.uid, "OL-SNCF", None, "rappeler", who)
        node.personal.drop_draft(draft)
        _say("dropped", draft)


def _say(*words: str) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def kill_once(folder: Path, delay: float) -> list[list[str]]:
    """Let a worker write for `delay` seconds after its first act, kill it; what it said."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.power_loss", "--worker", str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout is not None
    said = [worker.stdout.readline()]
    time.sleep(delay)
    worker.kill()
    said += worker.communicate()[0].splitlines(keepends=True)
    return [json.loads(line) for line in said if line.endswith("\n")]


def examine(folder: Path, said: list[list[str]], tally: Tally) -> None:
    """Compare the store with what the worker had been told was kept."""
    node = open_node(folder, ACCOUNT, SECRET)
    try:
        promised = [words for words in said if words[0] == "entry"]
        tally.acknowledged += len(promised)
        with node.store.read() as connection:
            kept = {
                uid: f"{journal}-{number:06d}"
                for uid, journal, number in connection.execute(
                    "SELECT uid, journal, number FROM entry"
                )
            }
        tally.lost += sum(kept.get(uid) != label for _kind, uid, label in promised)
        drafts = {draft.uid for draft in node.personal.drafts()}
        tally.drafts_lost += len(_drafts_under_way(said) - drafts)
        tally.problems += broken_promises(node)
    finally:
        node.close()


def _drafts_under_way(said: list[list[str]]) -> set[str]:
    """The draft that the worker had kept and could not have dropped yet when it was killed."""
    kinds = [words[0] for words in said]
    if "draft" not in kinds:
        return set()
    last = len(kinds) - 1 - kinds[::-1].index("draft")
    return {said[last][1]} if kinds[last:].count("entry") < 2 else set()


def broken_promises(node: Node) -> list[str]:
    """What should hold of any store, and does not."""
    problems = []
    if (broken := node.journal.verify()) is not None:
        problems.append(f"journal broken at {broken.seq}: {broken.why}")
    if (broken := node.audit.verify()) is not None:
        problems.append(f"audit broken at {broken.seq}: {broken.why}")
    with node.store.write() as connection:
        connection.execute("INSERT INTO entry_fts (entry_fts) VALUES ('integrity-check')")
        for question, expected in (
            ("PRAGMA integrity_check", "ok"),
            ("SELECT count(*) - count(DISTINCT number) FROM entry", 0),
            ("SELECT coalesce(max(number), 0) - count(*) FROM entry", 0),
            ("SELECT last_number - (SELECT count(*) FROM entry) FROM logbook", 0),
            ("SELECT (SELECT count(*) FROM operation WHERE kind = 'entry.publish') "
             "- (SELECT count(*) FROM entry)", 0),
            ("SELECT (SELECT count(*) FROM operation) - (SELECT count(*) FROM outbox)", 0),
            ("SELECT (SELECT count(*) FROM entry WHERE geom IS NOT NULL) "
             "- (SELECT count(*) FROM idx_entry_geom)", 0),
            ("SELECT (SELECT count(*) FROM entry_fts WHERE entry_fts MATCH 'coupure OR suite') "
             "- (SELECT count(*) FROM entry)", 0),
            ("SELECT (SELECT sum(children) FROM entry) "
             "- (SELECT count(*) FROM entry WHERE parent <> '')", 0),
        ):  # fmt: skip
            (answer,) = connection.execute(question).fetchone()
            if answer not in (expected, None):
                problems.append(f"{question} -> {answer}")
    return problems


def main() -> None:
    """Kill as often as asked and print the tally."""
    if sys.argv[1:2] == ["--worker"]:
        write_until_killed(Path(sys.argv[2]))
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    dice, tally, started = random.Random(2024), Tally(), time.perf_counter()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "profil"
        make_profile(folder)
        for _ in range(kills):
            examine(folder, kill_once(folder, dice.uniform(0, 0.3)), tally)
            tally.kills += 1
    print(
        json.dumps(
            {
                "what": "kill -9 while writing",
                "kills": tally.kills,
                "entries_acknowledged": tally.acknowledged,
                "entries_lost": tally.lost,
                "drafts_lost": tally.drafts_lost,
                "problems": tally.problems,
                "seconds": round(time.perf_counter() - started, 1),
            },
            indent=2,
        )
    )
    sys.exit(bool(tally.lost or tally.drafts_lost or tally.problems))


if __name__ == "__main__":
    main()
