"""Empties lines that this node may no longer keep: the chain goes on over their hashes alone.

A line of the journal itself says which lines were emptied, so that nobody can empty others unseen.
"""

from collections.abc import Iterable, Iterator

import msgspec

from beffroi.journal import lines
from beffroi.journal.handlers import Handlers
from beffroi.journal.operation import Operation, encode
from beffroi.store import Connection

PURGE = "journal.purge"
"""The kind of the line that lists emptied ones; it never leaves this node."""
EMPTIED = "purged:"
"""How the identifier of an emptied line begins."""
_EMPTY = (
    f"UPDATE operation SET op_id = '{EMPTIED}' || seq, kind='', entity='', workspace='', hlc=0, "
    "made_at=0, author='', post='', station='', marking='', payload='', audience='', device='', "
    "signature='', offset_ms=0, at=0, hub_seq=0, number=NULL, bucket='' WHERE seq = ?"
)


class Purged(msgspec.Struct, frozen=True, kw_only=True):
    """Which lines were emptied: positions in this journal."""

    lines: tuple[int, ...]


def own_bucket(operation: Operation) -> str:
    """The bucket in which the hub puts an operation when nothing moved since."""
    bucket = f"{operation.workspace}/{operation.marking}"
    return f"{bucket}/{operation.audience}" if operation.audience else bucket


def bucket_of(connection: Connection, uid: str) -> str:
    """Where the thing `uid` lies as far as this node knows, "" when it does not."""
    row = connection.execute("SELECT bucket FROM entity_bucket WHERE uid = ?", (uid,)).fetchone()
    return row[0] if row else ""


def place(connection: Connection, uids: Iterable[str], bucket: str) -> None:
    """These things lie in `bucket` now."""
    connection.executemany(
        "INSERT INTO entity_bucket (uid, bucket) VALUES (?,?) "
        "ON CONFLICT (uid) DO UPDATE SET bucket = excluded.bucket WHERE bucket <> excluded.bucket",
        [(uid, bucket) for uid in uids],
    )


def things_in(connection: Connection, bucket: str) -> list[str]:
    """The things that lie in `bucket`."""
    rows = connection.execute(
        "SELECT uid FROM entity_bucket WHERE bucket = ? ORDER BY uid", (bucket,)
    )
    return [row[0] for row in rows]


def lines_of(connection: Connection, handlers: Handlers, uid: str) -> Iterator[int]:
    """The lines about the thing `uid` that the hub holds; what it does not yet have stays."""
    entity = uid.partition(" ")[0]
    found = list(lines.select(connection, "WHERE entity = ? AND hub_seq > 0 ORDER BY seq", entity))
    return (o.seq for o in found if handlers.subject(o) == uid)


def empty(connection: Connection, seqs: Iterable[int]) -> None:
    """Leave nothing of these lines but their place and their hashes."""
    connection.executemany(_EMPTY, [(seq,) for seq in seqs])


def note_of(seqs: Iterable[int], workspace: str, made_at: int) -> Operation:
    """The line that says which ones were emptied."""
    return Operation(
        seq=0, op_id="", kind=PURGE, entity="", workspace=workspace, hlc=0, made_at=made_at,
        author="", post="", station="", marking="", payload=encode(Purged(lines=tuple(seqs))),
    )  # fmt: skip


def said_gone(payload: bytes) -> tuple[int, ...]:
    """The lines that a purge says it emptied."""
    return msgspec.json.decode(payload, type=Purged).lines
