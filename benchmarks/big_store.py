"""Makes a real profile of any size fast: journal, chain, index and all, for the other benchmarks.

`python -m benchmarks.big_store FOLDER COUNT` reuses FOLDER/COUNT when it is already there.  The
profile opens with account `c.marchand` and the secret below.
"""

import shutil
import sys
import time
from collections import defaultdict
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from beffroi.access import Account, Keyring
from beffroi.clock import Clock
from beffroi.ids import uuid7
from beffroi.journal import chain, head
from beffroi.journal.journal import CHAIN
from beffroi.journal.operation import encode
from beffroi.logbook import index, rows
from beffroi.logbook.entry import Entry, Qualification
from beffroi.logbook.facets import entry_words
from beffroi.logbook.operations import PUBLISH, Publish
from beffroi.logbook.words import words
from beffroi.profile import KEYRING_FILE, STORE_FILE, ProfileInfo, create_profile
from beffroi.store import Connection, Settings, Store, open_connection
from benchmarks.fake_entries import END_MS, ORGANISATIONS, POSTS, entries

ACCOUNT, SECRET = "c.marchand", "beffroi-demo-2024"
WORKSPACE = "jop-2024"
BATCH = 5_000
UNREAD = 200
LEVELS = 5
_PRAGMAS = (
    "locking_mode = EXCLUSIVE",
    "journal_mode = MEMORY",
    "synchronous = OFF",
    "cache_size = -600000",
)
_OPERATION = (
    "INSERT INTO operation (seq, op_id, kind, entity, workspace, hlc, made_at, author, post, "
    "station, marking, payload, prev_hash, hash) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
)
_FTS = "INSERT INTO entry_fts (rowid, text, place, origin, facets) VALUES (?,?,?,?,?)"
_TREE = "INSERT INTO idx_entry_geom (pkid, xmin, xmax, ymin, ymax) VALUES (?,?,?,?,?)"
_DEFERRED = ("ix_entry_event", "ix_entry_points", "ix_entry_tag_rid", "ix_operation_entity")


class Recorder:
    """Stands for a connection: keeps the statements that the product would run, to run them in bulk."""

    def __init__(self) -> None:
        self.kept: dict[str, list[tuple[Any, ...]]] = defaultdict(list)

    def execute(self, sql: str, values: tuple[Any, ...]) -> None:
        self.kept[sql].append(values)

    def flush(self, connection: Connection) -> None:
        for sql, values in self.kept.items():
            connection.executemany(sql, values)
        self.kept.clear()


def profile(folder: Path, count: int) -> Path:
    """A profile of `count` entries under `folder`: the one already made there, or a new one."""
    made = folder / f"profil-{count}"
    if (made / "ready").is_file():
        return made
    shutil.rmtree(made, ignore_errors=True)
    build(made, count)
    (made / "ready").write_text("")
    return made


def key_of(made: Path) -> bytes:
    """The key of a profile made here."""
    return Keyring(made / KEYRING_FILE, Clock()).unlock(ACCOUNT, SECRET)


def build(made: Path, count: int) -> None:
    """Make the profile."""
    account = Account(name=ACCOUNT, display="Claire Marchand", organisation="CNCS", posts=POSTS)
    info = ProfileInfo(title="JOP Paris 2024", workspace=WORKSPACE, mode="exercise")
    create_profile(made, info, [(account, SECRET)], Clock(lambda: END_MS))
    key = key_of(made)
    connection = open_connection(made / STORE_FILE, key)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN")
    deferred = _defer(connection)
    connection.execute("INSERT INTO entry_fts(entry_fts, rank) VALUES('hashsize', 134217728)")
    tags = _fill(connection, count)
    connection.executemany("INSERT INTO entry_tag (tag, rid) VALUES (?,?)", sorted(tags))
    for sql in deferred:
        connection.execute(sql)
    _small_tables(connection, count)
    connection.execute("INSERT INTO entry_fts(entry_fts, rank) VALUES('hashsize', 1048576)")
    connection.execute("INSERT INTO entry_fts(entry_fts) VALUES('optimize')")
    connection.execute("COMMIT")
    _raise_level(connection)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    store = Store(made / STORE_FILE, key)
    last_unread = max(0, count - UNREAD)
    with store.read() as reader:
        row = reader.execute("SELECT rid FROM entry WHERE number = ?", (last_unread,)).fetchone()
    Settings(store).put(index.READ_UP_TO + ACCOUNT, row[0] if row else 0)
    store.close()


def _raise_level(connection: Connection) -> None:
    """Put the index's one segment where years of single entries would have: at a high level.

    At the lowest level the sixteenth new entry would merge with all of it, for seconds.  The
    structure record (FTS5 source, fts5_index.c) is a cookie, the number of levels, of segments
    and of writes, then the levels: empty ones are slipped in before.
    """
    row = connection.execute("SELECT block FROM entry_fts_data WHERE id = 10").fetchone()
    record = bytearray(row[0])
    at = 8 if record[4:8] == b"\xff\x00\x00\x01" else 4
    record[at] += LEVELS
    end = at + 2
    while record[end] & 0x80:
        end += 1
    record[end + 1 : end + 1] = bytes(2 * LEVELS)
    connection.execute("UPDATE entry_fts_data SET block = ? WHERE id = 10", (bytes(record),))


def _defer(connection: Connection) -> list[str]:
    """Drop what slows a bulk insert down, and return how to make it again."""
    kept: list[str] = []
    for kind, name, sql in connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE name IN (?,?,?,?) "
        "OR (type = 'trigger' AND tbl_name = 'entry')",
        _DEFERRED,
    ).fetchall():
        kept.append(sql)
        connection.execute(f'DROP {kind} "{name}"')
    return kept


def _fill(connection: Connection, count: int) -> list[tuple[str, int]]:
    recorder, tags = Recorder(), []
    digest = chain.GENESIS
    for number, entry in enumerate(entries(count), 1):
        digest = _operation(recorder, number, entry, digest)
        rows.insert(recorder, entry)
        recorder.execute(_FTS, (entry.rid, *_searched(entry)))
        lon, lat = entry.content.lon, entry.content.lat
        if lon is not None and lat is not None:
            recorder.execute(_TREE, (entry.rid, lon, lon, lat, lat))
        tags += [(tag, entry.rid) for tag in entry.content.tags]
        if number % BATCH == 0:
            recorder.flush(connection)
    recorder.flush(connection)
    head.remember(connection, CHAIN, count, digest)
    return tags


def _operation(recorder: Recorder, seq: int, entry: Entry, previous: bytes) -> bytes:
    at = entry.entered_time
    level = "" if entry.qualification is Qualification.RAW else entry.qualification
    payload = encode(
        Publish(
            journal=entry.journal, number=entry.number, content=entry.content, qualification=level
        )
    )
    fields = (
        seq, uuid7(at), PUBLISH, entry.uid, WORKSPACE, at << 16, at, entry.author, entry.post,
        entry.station, entry.content.marking,
    )  # fmt: skip
    digest = chain.link(previous, (*fields, sha256(payload).hexdigest()))
    recorder.execute(_OPERATION, (*fields, payload.decode(), previous, digest))
    return digest


def _searched(entry: Entry) -> tuple[str, str, str, str]:
    """What `beffroi.logbook.index.searched` gives, with the words of repeated sentences kept."""
    c = entry.content
    said, _dot, reference = c.text.rpartition(". ")
    text = f"{_words(said)} {' '.join(words(reference))}"
    return (
        text,
        _words(f"{c.place} {c.commune}"),
        _words(c.organisation),
        " ".join(entry_words(entry)),
    )


@lru_cache(maxsize=40_000)
def _words(text: str) -> str:
    return " ".join(words(text))


def _small_tables(connection: Connection, count: int) -> None:
    connection.execute("UPDATE logbook SET last_number = ?", (count,))
    connection.execute("INSERT INTO outbox (seq) SELECT seq FROM operation")
    names = [("post", p) for p in POSTS] + [("organisation", o) for o in ORGANISATIONS]
    names += connection.execute("SELECT DISTINCT 'author', author FROM entry").fetchall()
    connection.executemany(
        "INSERT OR IGNORE INTO known_value (kind, value, uses) VALUES (?,?,1)", names
    )


def main() -> str:
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    began = time.perf_counter()
    made = profile(folder, count)
    size = sum(path.stat().st_size for path in made.iterdir() if path.is_file())
    return f"{made} {size / 1e6:.0f} MB {time.perf_counter() - began:.1f} s"


if __name__ == "__main__":
    print(main())
