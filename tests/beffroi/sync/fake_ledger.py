"""What a hub keeps, in memory: records in the order of their positions, things as they stand."""

from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from beffroi.access.buckets import Bucket, visible
from beffroi.clock import Clock
from beffroi.journal.signing import genuine
from beffroi.logbook import merge
from beffroi.sync import wire

SECRET = "une phrase de passe"


@dataclass
class Person:
    rights: list[wire.Rights]
    secret: str = SECRET
    posts: list[str] = field(default_factory=lambda: ["Permanence"])


class FakeLedger:
    """One workspace, and the people who see some of it."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.people: dict[str, Person] = {}
        self.records: list[wire.Record] = []
        self.states: dict[tuple[str, str], bytes] = {}
        self.buckets_of: dict[str, str] = {}
        self.numbers = 0
        self.keys: dict[str, str] = {}
        self.refuse: Callable[[wire.Op], str] = lambda _op: ""
        self.page_limit = wire.MAX_PAGE
        self.workspace = wire.WorkspaceInfo(
            workspace="jop-2024", title="JOP", journal="MC", prefix="MC-2024"
        )

    @property
    def head(self) -> int:
        return len(self.records)

    def take(self, op: wire.Op) -> wire.Outcome:
        """Keep one operation, as a hub does."""
        known = next((r for r in self.records if r.op and r.op.op_id == op.op_id), None)
        if known is not None:
            return wire.Outcome(
                op_id=op.op_id, status="known", seq=known.seq, number=known.number, at=known.at
            )
        if why := self.refuse(op) or self._unsigned(op):
            return wire.Outcome(op_id=op.op_id, status="refused", why=why)
        number = None
        if op.kind == "entry.publish":
            self.numbers += 1
            number = self.numbers
        bucket = str(
            Bucket(op.workspace, op.marking, frozenset(filter(None, op.audience.split("+"))))
        )
        if not merge.places(op.kind):
            bucket = self.buckets_of.get(op.entity, bucket)
        before = self.buckets_of.get(op.entity)
        if before is not None and before != bucket:
            self.append(wire.Record(seq=0, bucket=before, remove=op.entity))
        self.buckets_of[op.entity] = bucket
        record = self.append(wire.Record(seq=0, bucket=bucket, number=number, op=op))
        for kind, uid in merge.targets(op):
            self.states[kind, uid] = merge.fold(
                kind,
                uid,
                self.states.get((kind, uid)),
                op,
                seq=record.seq,
                at=record.at,
                number=number,
            )
        return wire.Outcome(
            op_id=op.op_id, status="kept", seq=record.seq, number=number, at=record.at
        )

    def append(self, record: wire.Record) -> wire.Record:
        made = msgspec.structs.replace(record, seq=self.head + 1, at=self.clock.now())
        self.records.append(made)
        return made

    def _unsigned(self, op: wire.Op) -> str:
        key = self.keys.get(op.device, "")
        return "" if genuine(op, self.workspace.mode, key) else "signature"

    def visible_to(self, account: str) -> list[str]:
        existing = sorted({record.bucket for record in self.records})
        return [b for b in existing if visible(Bucket.parse(b), self.people[account].rights)]

    def _pull(self, account: str, asked: wire.Pull) -> wire.PullReply:
        buckets = self.visible_to(account)
        cursors = {b: c for b, c in asked.cursors.items() if b in buckets}
        fresh = [r for r in self.records if r.bucket in cursors and r.seq > cursors[r.bucket]]
        limit = min(asked.limit, self.page_limit)
        page, more = fresh[:limit], len(fresh) > limit
        reached = page[-1].seq if more else self.head
        return wire.PullReply(
            records=page, cursors={b: max(c, reached) for b, c in cursors.items()},
            buckets=buckets, head=self.head, more=more,
        )  # fmt: skip

    def _state(self, params: dict[str, str]) -> wire.StatePage:
        rank = {kind: n for n, kind in enumerate(merge.STATES)}
        found = sorted(
            (
                (f"{rank[kind]} {uid}", kind, uid, state)
                for (kind, uid), state in self.states.items()
                if self.buckets_of.get(uid.partition(" ")[0]) == params["bucket"]
            ),
        )
        left = [one for one in found if one[0] > params["after"]]
        page = left[: min(int(params["limit"]), self.page_limit)]
        rows = [
            wire.StateRow(kind=kind, uid=uid, seq=self.head, state=msgspec.Raw(state))
            for _place, kind, uid, state in page
        ]
        return wire.StatePage(
            at=self.head, rows=rows, next=page[-1][0] if len(left) > len(page) else ""
        )

    def restore(self, head: int) -> None:
        """Forget everything after `head`, as a restored backup does."""
        del self.records[head:]
        self.numbers = sum(record.number is not None for record in self.records)
        self.states.clear()
        for record in self.records:
            if record.op:
                for kind, uid in merge.targets(record.op):
                    self.states[kind, uid] = merge.fold(
                        kind, uid, self.states.get((kind, uid)), record.op,
                        seq=record.seq, at=record.at, number=record.number,
                    )  # fmt: skip
