"""What waits for the hub, and what the hub refused."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from beffroi.journal import lines
from beffroi.journal.operation import Operation
from beffroi.store import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """An operation that the hub put into quarantine: `why` is one of the wire's refusals.

    `tries` is how many times a person asked to send it again.
    """

    operation: Operation
    why: str
    tries: int


def waiting(connection: Connection, limit: int, max_bytes: int) -> list[Operation]:
    """The oldest operations to send, at least one if any waits, `max_bytes` of payload together."""
    rows = connection.execute(
        f"{lines.SELECT_WAITING} WHERE refused = '' ORDER BY seq LIMIT ?", (limit,)
    )
    return list(_within(max_bytes, map(lines.operation_of, rows)))


def _within(max_bytes: int, operations: Iterator[Operation]) -> Iterator[Operation]:
    size = 0
    for operation in operations:
        size += len(operation.payload)
        if size > max_bytes and size != len(operation.payload):
            return
        yield operation


def seq_waiting(connection: Connection, op_id: str) -> int | None:
    """The line of an operation that is in the outbox."""
    row = connection.execute(
        "SELECT seq FROM outbox JOIN operation USING (seq) WHERE op_id = ?", (op_id,)
    ).fetchone()
    return row[0] if row else None


def refuse(connection: Connection, seq: int, why: str) -> None:
    """The hub does not want the operation at `seq`: it stays here, and the others go on."""
    connection.execute("UPDATE outbox SET refused = ? WHERE seq = ?", (why or "refused", seq))


def retry(connection: Connection, op_ids: Sequence[str]) -> None:
    """Send these again: what stood in their way may be gone."""
    connection.executemany(
        "UPDATE outbox SET refused = '', tries = tries + 1 WHERE refused <> '' "
        "AND seq = (SELECT seq FROM operation WHERE op_id = ?)",
        [(op_id,) for op_id in op_ids],
    )


def refused(connection: Connection) -> list[Refused]:
    """What lies in quarantine, the oldest first."""
    rows = connection.execute(
        "SELECT seq, refused, tries FROM outbox WHERE refused <> '' ORDER BY seq"
    ).fetchall()
    return [
        Refused(operation=operation, why=why, tries=tries)
        for seq, why, tries in rows
        for operation in lines.select(connection, "WHERE seq = ?", seq)
    ]
