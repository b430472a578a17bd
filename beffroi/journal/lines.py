"""Between lines of the store and operations, and the hash that chains each line to the one before."""

from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from beffroi.journal import chain
from beffroi.journal.hlc import credible
from beffroi.journal.operation import Operation
from beffroi.store import Connection, Row

_FIELDS = "seq, op_id, kind, entity, workspace, hlc, made_at, author, post, station, marking"
_COLUMNS = (
    f"{_FIELDS}, payload, audience, device, signature, offset_ms, at, hub_seq, number, bucket"
)
SELECT = f"SELECT {_COLUMNS} FROM operation"
SELECT_CHAINED = f"SELECT {_COLUMNS}, prev_hash, hash FROM operation ORDER BY seq"
SELECT_WAITING = f"SELECT {_COLUMNS} FROM outbox JOIN operation USING (seq)"
_INSERT = (
    f"INSERT INTO operation ({_COLUMNS}, prev_hash, hash) "
    f"VALUES ({','.join('?' * (_COLUMNS.count(',') + 3))})"
)
_HEARD = "journal/heard"
_UNSIGNED = ("", "", "", 0)


class End(NamedTuple):
    """Where the journal ends: its last line, and the latest stamp made or heard here."""

    seq: int
    hlc: int
    hash: bytes


def operation_of(row: Row) -> Operation:
    """The operation in a row of `SELECT`."""
    return Operation(
        seq=row[0], op_id=row[1], kind=row[2], entity=row[3], workspace=row[4], hlc=row[5],
        made_at=row[6], author=row[7], post=row[8], station=row[9], marking=row[10],
        payload=row[11].encode(), audience=row[12], device=row[13], signature=row[14],
        offset=row[15], at=row[16], hub_seq=row[17], number=row[18], bucket=row[19],
    )  # fmt: skip


def append(connection: Connection, o: Operation, previous: bytes) -> bytes:
    """Write `o` as the line after the one whose hash is `previous`; the hash of the new line.

    What the hub says of it is not chained: it comes later for one's own operations.
    """
    fields = (
        o.seq, o.op_id, o.kind, o.entity, o.workspace, o.hlc, o.made_at, o.author, o.post,
        o.station, o.marking,
    )  # fmt: skip
    signed = (o.audience, o.device, o.signature, o.offset)
    digest = chain.link(previous, _parts(fields, o.payload, signed))
    hub = (o.at, o.hub_seq, o.number, o.bucket)
    connection.execute(_INSERT, (*fields, o.payload.decode(), *signed, *hub, previous, digest))
    return digest


def parts_of(row: Row) -> tuple[str | int, ...]:
    """What the hash of a stored line covers."""
    return _parts(row[:11], str(row[11]).encode(), row[12:16])


def _parts(
    fields: tuple[str | int, ...], payload: bytes, signed: tuple[str | int, ...]
) -> tuple[str | int, ...]:
    """A line without signature is hashed as it was before there was a hub: old chains stay true."""
    digest = sha256(payload).hexdigest()
    return (*fields, digest) if signed == _UNSIGNED else (*fields, digest, *signed)


def end(connection: Connection) -> End:
    """Where the journal ends now; another process may have gone on with it."""
    row = connection.execute(
        "SELECT seq, hlc, hash, at FROM operation ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    heard = _heard(connection)
    if row is None:
        return End(0, heard, chain.GENESIS)
    seq, hlc, digest, accepted_at = row
    counted = credible(hlc, accepted_at) if accepted_at else hlc
    return End(seq, max(counted, heard), digest)


def _heard(connection: Connection) -> int:
    row = connection.execute("SELECT value FROM setting WHERE key = ?", (_HEARD,)).fetchone()
    return int(row[0]) if row else 0


def remember_heard(connection: Connection, stamp: int) -> None:
    """`stamp` is the latest that this node heard: its next own ones come after."""
    connection.execute(
        "INSERT OR REPLACE INTO setting (key, value) VALUES (?,?)", (_HEARD, str(stamp))
    )


def select(connection: Connection, rest: str, *values: object) -> Iterator[Operation]:
    """The operations that answer `rest`, a WHERE and an ORDER BY."""
    return map(operation_of, connection.execute(f"{SELECT} {rest}", values))
