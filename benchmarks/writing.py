"""How fast acts are kept, chain, index and disk included, and how fast the chain is verified.

python -m benchmarks.writing [ENTRIES]      prints one JSON document.

Everything goes through the real journal on a real encrypted profile.  `plain_sqlite` is the peer:
the same rows and words in an unencrypted SQLite without journal, tags, geometry or rules.
"""

import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from beffroi.access import Account
from beffroi.access.keyring import Cost
from beffroi.clock import Clock
from beffroi.logbook.entry import Content
from beffroi.logbook.rebuild import rebuild
from beffroi.logbook.writing import Draft
from beffroi.node import Node, open_node
from beffroi.profile import ProfileInfo, create_profile

ACCOUNT, SECRET = "a.essai", "mot-de-passe-de-test"
WORDS = [
    "incendie", "gare", "train", "voyageurs", "police", "manifestation", "route", "accident",
    "secours", "pompiers", "drone", "suspect", "colis", "évacuation", "inondation", "orage",
    "coupure", "réseau", "stade", "préfecture",
]  # fmt: skip
SAMPLES = 300


def opened(folder: Path) -> Node:
    """A new profile, open."""
    account = Account(name=ACCOUNT, display="Essai", organisation="CNCS", posts=("Chef de salle",))
    info = ProfileInfo(title="Écriture", workspace="ecriture", mode="test")
    create_profile(folder, info, [(account, SECRET)], Clock(), cost=Cost(memory_kib=64, passes=1))
    return open_node(folder, ACCOUNT, SECRET)


def contents(dice: random.Random) -> Iterator[Content]:
    """Entries without end."""
    while True:
        yield Content(
            text=" ".join(dice.choices(WORDS, k=20)),
            lon=dice.uniform(-5, 8),
            lat=dice.uniform(42, 51),
            tags=("TRA.FERRE", "SEC.OP"),
            gravity=dice.randrange(5),
        )


def drafts(node: Node, count: int, told: Iterator[Content]) -> Iterator[Draft]:
    """`count` entries, one each ten seconds until now."""
    now = node.clock.now()
    for n in range(count):
        yield Draft(content=next(told), who=node.who, entered_time=now - (count - n) * 10_000)


def timed(act: Callable[[], object]) -> dict[str, float]:
    """Milliseconds of an act done many times."""
    spans = []
    for _ in range(SAMPLES):
        start = time.perf_counter()
        act()
        spans.append((time.perf_counter() - start) * 1000)
    cuts = statistics.quantiles(spans, n=100)
    return {"p50": round(cuts[49], 2), "p95": round(cuts[94], 2), "max": round(max(spans), 2)}


def seconds(act: Callable[[], object]) -> float:
    """How long an act takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def plain_sqlite(folder: Path, told: Iterator[Content]) -> dict[str, float]:
    """One insert and commit, fully synchronous, in SQLite as it comes."""
    connection = sqlite3.connect(folder / "plain.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE entry (rid INTEGER PRIMARY KEY, content TEXT)")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5 (text, content='', prefix='2 3')")

    def write() -> None:
        content = next(told)
        connection.execute("BEGIN")
        row = connection.execute("INSERT INTO entry (content) VALUES (?)", (repr(content),))
        connection.execute(
            "INSERT INTO words (rowid, text) VALUES (?,?)", (row.lastrowid, content.text)
        )
        connection.execute("COMMIT")

    measured = timed(write)
    connection.close()
    return measured


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    told = contents(random.Random(2024))
    with tempfile.TemporaryDirectory() as scratch:
        node = opened(Path(scratch) / "profil")
        cpu = time.process_time()
        bulk = seconds(lambda: node.logbook.publish_many(drafts(node, count, told)))
        cpu = time.process_time() - cpu
        publish = timed(lambda: node.logbook.publish(next(told), node.who))
        last = node.logbook.publish(next(told), node.who)
        levels = iter(range(10**9))
        qualify = timed(
            lambda: node.logbook.qualify(last.uid, {"gravity": next(levels) % 5}, node.who)
        )
        verify = seconds(lambda: _whole(node))
        again = seconds(lambda: rebuild(node.store, node.journal, node.logbook))
        operations = node.journal.waiting()
        peer = plain_sqlite(Path(scratch), told)
        node.close()
    result = {
        "what": "acts kept through the journal (encrypted, chained, indexed, fully synchronous)",
        "entries": count,
        "bulk_entries_per_s": round(count / bulk),
        "bulk_entries_per_cpu_s": round(count / cpu),
        "publish_ms": publish,
        "qualify_ms": qualify,
        "plain_sqlite_ms": peer,
        "publish_p50_over_plain_sqlite": round(publish["p50"] / peer["p50"], 2),
        "verify_s_per_million": round(verify / operations * 1_000_000, 1),
        "rebuild_operations_per_s": round(operations / again),
    }
    print(json.dumps(result, indent=2))


def _whole(node: Node) -> None:
    if node.journal.verify() is not None:
        message = "the journal is broken"
        raise AssertionError(message)


if __name__ == "__main__":
    main()
