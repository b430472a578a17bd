"""Takes in what the hub sends: each operation once, each in its place, cursors in the same breath."""

import logging
from collections.abc import Iterable, Sequence

import msgspec

from beffroi.changes import Change
from beffroi.ids import uuid7
from beffroi.journal import head, lines, purging
from beffroi.journal.handlers import Handlers
from beffroi.journal.hlc import HybridClock, credible
from beffroi.journal.operation import Operation
from beffroi.journal.received import Outcome, Received
from beffroi.store import BAD_VALUES, Connection

CHAIN = "journal"
_log = logging.getLogger(__name__)
_MARKS = 500
_SETTLE = "UPDATE operation SET hub_seq=?, at=?, number=?, bucket=? WHERE seq=?"


class Intake:
    """What comes from the hub in one transaction of the journal; `close` ends it."""

    def __init__(
        self, connection: Connection, handlers: Handlers, hlc: HybridClock, now: int
    ) -> None:
        self._connection = connection
        self._handlers = handlers
        self._hlc = hlc
        self._now = now
        self._end = lines.end(connection)
        self._seq, self._hash = self._end.seq, self._end.hash
        self._emptied: list[int] = []
        self._here: dict[str, int] = {}
        hlc.last = max(hlc.last, self._end.hlc)

    def take(self, records: Sequence[Received], workspace: str) -> list[Change]:
        """A page of records; what it changed.

        Operations of another workspace and those that no journal can hold are left out.
        """
        self._here = self._known(r.op.op_id for r in records if r.op is not None)
        later = self._last_buckets(records)
        changes: list[Change] = []
        for record in records:
            if record.op is None:
                # What comes back in this very page, in another bucket, was moved and not lost.
                if later.get(record.remove, record.bucket) == record.bucket:
                    changes += self.remove(record.remove, record.bucket)
            elif _belongs(record.op, workspace):
                changes += self._operation(record, record.op)
            else:
                _log.warning("operation at %d does not belong here: left out", record.seq)
        return changes

    def _operation(self, record: Received, op: Operation) -> list[Change]:
        if op.op_id in self._here:
            return self._settle(self._here[op.op_id], record)
        try:
            self._here[op.op_id] = self._append(op)
        except BAD_VALUES as error:
            _log.warning("operation at %d: left out: %s", record.seq, type(error).__name__)
            return []
        self._hlc.hear(credible(op.hlc, record.at))
        return self._put(msgspec.structs.replace(op, seq=self._seq))

    def _settle(self, seq: int, told: Received) -> list[Change]:
        """The line `seq`, already here, has its position, its time and its place from the hub."""
        before = self._line(seq)
        after = msgspec.structs.replace(
            before, hub_seq=told.seq, at=told.at, number=told.number, bucket=told.bucket
        )
        if after == before:
            return []
        self._settled(after)
        return self._put(after)

    def acknowledged(self, seq: int, outcome: Outcome) -> list[Change]:
        """The hub took the operation at line `seq`; it lies where its marking says until moved."""
        before = self._line(seq)
        after = msgspec.structs.replace(
            before, hub_seq=outcome.seq, at=outcome.at, number=outcome.number,
            bucket=before.bucket or purging.own_bucket(before),
        )  # fmt: skip
        self._settled(after)
        subject = self._handlers.subject(after)
        if not purging.bucket_of(self._connection, subject):
            purging.place(self._connection, [subject], after.bucket)
        return self._handlers.arrive(self._connection, after)

    def _line(self, seq: int) -> Operation:
        (operation,) = lines.select(self._connection, "WHERE seq = ?", seq)
        return operation

    def _settled(self, o: Operation) -> None:
        self._connection.execute(_SETTLE, (o.hub_seq, o.at, o.number, o.bucket, o.seq))
        self._connection.execute("DELETE FROM outbox WHERE seq = ?", (o.seq,))

    def _put(self, operation: Operation) -> list[Change]:
        """Carry out an operation that the hub shows, its thing being where the hub says."""
        purging.place(self._connection, [self._handlers.subject(operation)], operation.bucket)
        return self._handlers.arrive(self._connection, operation)

    def remove(self, uid: str, bucket: str) -> list[Change]:
        """The thing `uid` left `bucket`: nothing of it stays, unless it lies elsewhere by now."""
        if purging.bucket_of(self._connection, uid) != bucket:
            return []
        gone = set(purging.lines_of(self._connection, self._handlers, uid))
        purging.empty(self._connection, gone)
        self._emptied += gone
        self._here = {op_id: seq for op_id, seq in self._here.items() if seq not in gone}
        self._connection.execute("DELETE FROM entity_bucket WHERE uid = ?", (uid,))
        return self._handlers.remove(self._connection, uid)

    def close(self) -> None:
        """Write down where the journal ends now, and what was emptied."""
        if self._emptied:
            note = purging.note_of(self._emptied, "", self._now)
            self._append(msgspec.structs.replace(note, op_id=uuid7(self._now)))
        if self._seq != self._end.seq:
            head.remember(self._connection, CHAIN, self._seq, self._hash)
        if self._hlc.last != self._end.hlc or self._seq != self._end.seq:
            # The last line may now be an older act of somebody else's.
            lines.remember_heard(self._connection, self._hlc.last)

    def _append(self, operation: Operation) -> int:
        line = msgspec.structs.replace(operation, seq=self._seq + 1)
        self._hash = lines.append(self._connection, line, self._hash)
        self._seq = line.seq
        return line.seq

    def _known(self, op_ids: Iterable[str]) -> dict[str, int]:
        wanted = list(op_ids)
        found: dict[str, int] = {}
        for start in range(0, len(wanted), _MARKS):
            some = wanted[start : start + _MARKS]
            marks = ",".join("?" * len(some))
            rows = self._connection.execute(
                f"SELECT op_id, seq FROM operation WHERE op_id IN ({marks})", some
            )
            found.update(rows.fetchall())
        return found

    def _last_buckets(self, records: Sequence[Received]) -> dict[str, str]:
        """Where each thing of the page lies at its end."""
        subject = self._handlers.subject
        return {subject(r.op): r.bucket for r in records if r.op is not None}


def _belongs(op: Operation, workspace: str) -> bool:
    """Whether another node may have made it: nobody sends what only this journal says of itself."""
    return (
        op.workspace == workspace
        and op.entity != ""
        and op.kind not in ("", purging.PURGE)
        and not op.op_id.startswith(purging.EMPTIED)
    )
