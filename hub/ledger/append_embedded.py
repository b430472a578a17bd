"""Takes a micro-batch into the embedded ledger, as `append_ops` does on PostgreSQL."""

from collections.abc import Iterable, Sequence

import msgspec

from beffroi.store import Connection
from hub.db.marks import among, listed
from hub.ledger import chain
from hub.ledger.batch import Accepted, Batch, Placed, Stale, Thing

_INSERT = f"INSERT INTO operation VALUES ({','.join('?' * 22)})"
_AMONG = among("sqlite")
Series = tuple[str, str]


def appended(connection: Connection, batch: Batch) -> list[Placed]:
    """Append inside the transaction under way; one outcome per operation.

    Raises:
        Stale: something moved since the caller looked.
    """
    head, at, moves, last = connection.execute(
        "SELECT head, at, moves, hash FROM ledger_head WHERE one = 1"
    ).fetchone()
    if moves != batch.moves:
        raise Stale
    _bring(connection, batch.things)
    known = _known(connection, [accepted.op.op_id for accepted in batch.ops])
    numbers = _Numbers(connection)
    now, begin = max(batch.now, at), head
    placed: list[Placed] = []
    rows: list[tuple[object, ...]] = []
    about: list[tuple[str, int]] = []
    for accepted in batch.ops:
        there = known.get(accepted.op.op_id)
        if there is None:
            head += 1
            there = Placed(head, numbers.next(accepted), now, fresh=True)
            row, last = _row(accepted, there, last)
            rows.append(row)
            about += [(uid, head) for uid in accepted.about]
            known[accepted.op.op_id] = Placed(head, there.number, now, fresh=False)
        placed.append(there)
    connection.executemany(_INSERT, rows)
    connection.executemany("INSERT INTO about (uid, seq) VALUES (?, ?)", about)
    numbers.write()
    if head > begin:
        connection.execute(
            "UPDATE ledger_head SET head = ?, at = ?, hash = ? WHERE one = 1", (head, now, last)
        )
    return placed


def _bring(connection: Connection, things: Sequence[Thing]) -> None:
    """Add new things; one that is there already, elsewhere, is a surprise."""
    connection.executemany(
        "INSERT INTO thing (uid, kind, workspace, bucket, author, refs) VALUES (?,?,?,?,?,?) "
        "ON CONFLICT DO NOTHING",
        [msgspec.structs.astuple(thing) for thing in things],
    )
    wanted = {thing.uid: thing.bucket for thing in things}
    found = connection.execute(
        f"SELECT uid, bucket FROM thing WHERE uid {_AMONG}", (listed(wanted),)
    )
    if any(wanted[uid] != bucket for uid, bucket in found):
        raise Stale


def _known(connection: Connection, op_ids: Sequence[str]) -> dict[str, Placed]:
    found: Iterable[tuple[str, int, int | None, int]] = connection.execute(
        f"SELECT op_id, seq, number, at FROM operation WHERE op_id {_AMONG}", (listed(op_ids),)
    )
    return {op_id: Placed(seq, number, at, fresh=False) for op_id, seq, number, at in found}


class _Numbers:
    """The numbers of a batch: each journal is read and written once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._last: dict[Series, int] = {}

    def next(self, accepted: Accepted) -> int | None:
        """The number of a publication, None for what has none."""
        if not accepted.prefix:
            return None
        series = accepted.op.workspace, accepted.prefix
        if series not in self._last:
            row = self._connection.execute(
                "SELECT last FROM series WHERE workspace = ? AND prefix = ?", series
            ).fetchone()
            self._last[series] = row[0] if row else 0
        self._last[series] += 1
        return self._last[series]

    def write(self) -> None:
        """Keep the last number of each journal."""
        self._connection.executemany(
            "INSERT INTO series (workspace, prefix, last) VALUES (?, ?, ?) "
            "ON CONFLICT (workspace, prefix) DO UPDATE SET last = excluded.last",
            [(*series, last) for series, last in self._last.items()],
        )


def _row(accepted: Accepted, placed: Placed, previous: bytes) -> tuple[tuple[object, ...], bytes]:
    """The line of an operation, and its hash: what the next one follows."""
    op, said = accepted.op, chain.digest(accepted.op, accepted.sha)
    mine = chain.link(previous, said, placed.seq, placed.at, placed.number)
    row = (
        placed.seq, op.op_id, op.kind, op.entity, op.workspace, op.hlc, op.made_at, op.offset,
        op.author, op.post, op.station, op.marking, op.audience, op.device, bytes(op.payload),
        accepted.sha, op.signature, placed.at, placed.number, accepted.bucket, previous, mine,
    )  # fmt: skip
    return row, mine
