"""Keeps a delivery: what is new, what changed, what is gone, and nothing written for the rest."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from beffroi.observations.completing import completed
from beffroi.observations.rows import BATCH, Body, Put
from beffroi.store import Connection

MAX_GONE = 200_000
"""How many departures are remembered for those who ask what changed."""
MOST_TURNS = 8
_NAME: Final = 0
_TIME: Final = 1
_DIGEST: Final = 7
_INSERT = """INSERT INTO observation (source, seq, seen, id, time, until, west, south, east, north,
    digest, title, geometry, properties) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)"""
_UPDATE = """UPDATE observation SET seq=?, seen=?, time=?, until=?, west=?, south=?, east=?,
    north=?, digest=?, title=?, geometry=?, properties=? WHERE rid=?"""

Known = dict[str, tuple[int, bytes, int | None]]
"""By id: rid, digest and time of what is kept."""


@dataclass(slots=True)
class _Count:
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    late: int = 0
    twice: int = 0


def source_key(connection: Connection, uid: str) -> int:
    """The number of a source here, made at need."""
    connection.execute("INSERT OR IGNORE INTO source (uid) VALUES (?)", (uid,))
    return int(connection.execute("SELECT key FROM source WHERE uid = ?", (uid,)).fetchone()[0])


def next_seq(connection: Connection) -> int:
    """The number of the transaction under way, larger than all before."""
    row = connection.execute(
        "UPDATE counter SET value = value + 1 WHERE name = 'seq' RETURNING value"
    ).fetchone()
    return int(row[0])


def put(
    connection: Connection,
    uid: str,
    rows: Iterable[Body],
    ended: Sequence[str],
    *,
    snapshot: bool,
    now: int,
    exact: bool = False,
) -> Put:
    """Keep `rows` as the latest of the source, inside the caller's transaction.

    With `exact` they are copies of what another node keeps: nothing is completed, nothing is late.
    """
    key, seq = source_key(connection, uid), next_seq(connection)
    known = _all_known(connection, key) if snapshot else {}
    count, met = _Count(), set[str]()
    source = iter(rows)
    while batch := list(itertools.islice(source, BATCH)):
        if snapshot or exact:
            known = known if snapshot else _known_of(connection, key, [row[_NAME] for row in batch])
            _keep(connection, (key, seq, now), _last_of_each(batch, met, count), known, count, True)
            continue
        for turn in _in_turns(batch):
            known = _known_of(connection, key, [row[_NAME] for row in turn])
            _keep(connection, (key, seq, now), turn, known, count, False)
    over = [rid for name, (rid, _d, _t) in known.items() if name not in met] if snapshot else []
    over += [rid for rid, _digest, _time in _known_of(connection, key, ended).values()]
    gone = forget(connection, key, over, seq)
    if count.new or count.changed or count.late or gone:
        connection.execute(
            "UPDATE source SET seq = ?, count = count + ? WHERE key = ?",
            (seq, count.new - gone, key),
        )
    if snapshot:
        connection.execute("UPDATE source SET told = ? WHERE key = ?", (now, key))
    return Put(
        new=count.new, changed=count.changed, gone=gone, unchanged=count.unchanged,
        late=count.late, twice=count.twice, seq=seq,
    )  # fmt: skip


def _last_of_each(batch: list[Body], met: set[str], count: _Count) -> list[Body]:
    """One row per identity, the last one told."""
    last = {row[_NAME]: row for row in batch}
    count.twice += len(batch) - len(last)
    met.update(last)
    return list(last.values())


def _in_turns(batch: list[Body]) -> list[list[Body]]:
    """Messages of a stream so that each turn tells of a thing once: one may complete another.

    Of many on one thing the last ones count.
    """
    by_name: dict[str, list[Body]] = {}
    for row in batch:
        by_name.setdefault(row[_NAME], []).append(row)
    last = [rows[-MOST_TURNS:] for rows in by_name.values()]
    return [
        [rows[turn] for rows in last if turn < len(rows)] for turn in range(max(map(len, last)))
    ]


def _keep(
    connection: Connection,
    stamp: tuple[int, int, int],
    batch: list[Body],
    known: Known,
    count: _Count,
    whole: bool,
) -> None:
    key, seq, now = stamp
    new, changed, again = list[Body](), list[tuple[int, Body]](), list[int]()
    late = list[int]()
    for row in batch:
        held = known.get(row[_NAME])
        if held is None:
            new.append(row)
            continue
        rid, digest, time = held
        if digest == row[_DIGEST]:
            again.append(rid)
        elif not whole and _is_before(row[_TIME], time):
            late.append(rid)
        else:
            changed.append((rid, row))
    if not whole:
        changed = completed(connection, changed)
        connection.executemany(
            "UPDATE observation SET seen = ? WHERE rid = ?", [(now, rid) for rid in again]
        )
    connection.executemany(_INSERT, [(key, seq, now, *row) for row in new])
    connection.executemany(_UPDATE, [(seq, now, *row[1:], rid) for rid, row in changed])
    # What came late changes nothing that is shown now; whoever draws where it was wants to know.
    connection.executemany(
        "UPDATE observation SET seq = ? WHERE rid = ?", [(seq, rid) for rid in late]
    )
    count.late += len(late)
    count.new, count.changed = count.new + len(new), count.changed + len(changed)
    count.unchanged += len(again)


def _is_before(told: int | None, known: int | None) -> bool:
    return told is not None and known is not None and told < known


def _all_known(connection: Connection, key: int) -> Known:
    rows = connection.execute(
        "SELECT id, rid, digest, time FROM observation WHERE source = ?", (key,)
    )
    return {name: (rid, digest, time) for name, rid, digest, time in rows}


def _known_of(connection: Connection, key: int, names: Sequence[str]) -> Known:
    if not names:
        return {}
    rows = connection.execute(
        "SELECT id, rid, digest, time FROM observation WHERE source = ? AND id IN "
        "(SELECT value FROM json_each(?))",
        (key, msgspec.json.encode(names).decode()),
    )
    return {name: (rid, digest, time) for name, rid, digest, time in rows}


def forget(connection: Connection, key: int, rids: Sequence[int], seq: int) -> int:
    """Take these observations away and remember that they went; how many there were."""
    told = msgspec.json.encode(list(rids)).decode()
    connection.execute(
        "INSERT OR REPLACE INTO gone SELECT rid, source, id, ? FROM observation "
        "WHERE source = ? AND rid IN (SELECT value FROM json_each(?))",
        (seq, key, told),
    )
    went = connection.execute(
        "DELETE FROM observation WHERE rid IN (SELECT value FROM json_each(?)) AND source = ?",
        (told, key),
    )
    if went.rowcount:
        _bound_memory(connection)
    return int(went.rowcount)


def _bound_memory(connection: Connection) -> None:
    """Forget the oldest departures; whoever asks from before must read everything again."""
    row = connection.execute(
        "SELECT seq FROM gone ORDER BY seq DESC LIMIT 1 OFFSET ?", (MAX_GONE,)
    ).fetchone()
    if row is not None:
        connection.execute("DELETE FROM gone WHERE seq <= ?", row)
        connection.execute("UPDATE counter SET value = ? WHERE name = 'forgotten'", row)


def let_go(connection: Connection, key: int, rids: Sequence[int]) -> int:
    """Take these observations away in a transaction of their own; how many there were."""
    if not rids:
        return 0
    seq = next_seq(connection)
    went = forget(connection, key, rids, seq)
    connection.execute(
        "UPDATE source SET seq = ?, count = count - ? WHERE key = ?", (seq, went, key)
    )
    return went
