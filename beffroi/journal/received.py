"""What comes down from the hub, as the journal takes it in."""

# ruff: noqa: D102 - the names are those of an operation and of an outcome

from dataclasses import dataclass
from typing import Any, Protocol

from beffroi.journal.operation import Operation


class Outcome(Protocol):
    """What became of a pushed operation: `kept`, `known` since before, or `refused` with `why`."""

    @property
    def op_id(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def seq(self) -> int: ...
    @property
    def number(self) -> int | None: ...
    @property
    def at(self) -> int: ...
    @property
    def why(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """An operation that the hub keeps at position `seq`, or an entity that left `bucket`.

    `at` (UTC ms) is when the hub accepted it, `number` the definitive number of a publication.
    """

    seq: int
    bucket: str
    at: int = 0
    number: int | None = None
    op: Operation | None = None
    remove: str = ""

    @classmethod
    def of(cls, record: Any) -> "Received":
        """A record of the wire, as it came."""
        op = None if record.op is None else _operation(record)
        return cls(
            seq=record.seq, bucket=record.bucket, at=record.at, number=record.number, op=op,
            remove=record.remove,
        )  # fmt: skip


def _operation(record: Any) -> Operation:
    op = record.op
    return Operation(
        seq=0, op_id=op.op_id, kind=op.kind, entity=op.entity, workspace=op.workspace,
        hlc=op.hlc, made_at=op.made_at, author=op.author, post=op.post, station=op.station,
        marking=op.marking, payload=bytes(op.payload), audience=op.audience, device=op.device,
        signature=op.signature, offset=op.offset, at=record.at, hub_seq=record.seq,
        number=record.number, bucket=record.bucket,
    )  # fmt: skip
