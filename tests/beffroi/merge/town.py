"""Several desks and the hub between them, all in one test: real stores, and a hub of a few lines."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec
from hypothesis import strategies as st

from beffroi.journal.operation import Operation
from beffroi.journal.received import Received
from beffroi.logbook import merge
from beffroi.logbook import operations as ops
from beffroi.logbook.content import highest
from beffroi.logbook.rebuild import TABLES
from beffroi.node import Node
from tests.beffroi.logbook.acts import Room
from tests.conftest import START, HeldClock

BUSY = st.sampled_from(
    [
        "publish", "complete", "correct", "correct", "correct", "qualify", "qualify", "qualify",
        "void", "link", "unlink", "dossier", "edit", "edit", "edit", "figure", "arbitrate", "ask",
        "answer", "answer", "answer", "restrict", "sheet", "sheet", "sheet", "drop",
    ]
)  # fmt: skip
"""What people do when all look at the same few things."""

SHEETS = st.sampled_from(["calque-0001", "calque-0002"])
SHEET_FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["Périmètre", "Itinéraire"]),
        "style": st.sampled_from([None, {"mode": "single"}, {"mode": "heat"}]),
        "attachment": st.sampled_from([None, "ab" * 32, "cd" * 32]),
    },
)


class Crowd(Room):
    """A room in which everybody works on the newest two things."""

    def _one(self, data: st.DataObject, table: str) -> str:
        uids = self.uids(table)[-2:] or ["nowhere"]
        return uids[data.draw(st.integers(0, 1)) % len(uids)]

    def _restrict(self, data: st.DataObject) -> None:
        uid = self._one(data, "entry")
        self.node.logbook.qualify(uid, {"marking": "DR_SF"}, self._who(data))

    def _sheet(self, data: st.DataObject) -> None:
        self.node.sheets.put(
            "layer", data.draw(SHEET_FIELDS), self._who(data), uid=data.draw(SHEETS), shared=True,
            marking=data.draw(st.sampled_from([None, None, "DR", "DR_SF"])),
        )  # fmt: skip

    def _drop(self, data: st.DataObject) -> None:
        self.node.sheets.drop(data.draw(SHEETS), self._who(data))


@dataclass(frozen=True, slots=True)
class Kept:
    """What the hub says of an operation that it took."""

    op_id: str
    seq: int
    at: int
    number: int | None
    status: str = "kept"
    why: str = ""


@dataclass(frozen=True, slots=True)
class StateRow:
    """A thing as it stands."""

    kind: str
    uid: str
    seq: int
    state: bytes


@dataclass(slots=True)
class TinyHub:
    """Takes operations in, each once, gives positions and numbers, keeps everything's state."""

    at: int = START
    last_number: int = 0
    records: list[Received] = field(default_factory=list)
    known: dict[str, Kept] = field(default_factory=dict)
    states: dict[tuple[str, str], bytes] = field(default_factory=dict)

    def push(self, operations: Sequence[Operation]) -> list[Kept]:
        return [self.known.get(o.op_id) or self._take(o) for o in operations]

    def _take(self, o: Operation) -> Kept:
        self.at += 700
        number = None
        if o.kind == ops.PUBLISH:
            self.last_number += 1
            number = self.last_number
        said = Kept(o.op_id, len(self.records) + 1, self.at, number)
        self.known[o.op_id] = said
        self.records.append(as_received(o, said))
        for target in merge.targets(o):
            self.states[target] = merge.fold(
                *target, self.states.get(target), o, seq=said.seq, at=said.at, number=number
            )
        return said

    def in_buckets(self) -> list[Received]:
        """Every record in the bucket where its thing lies by now: the join of what it is about."""
        return [
            replace(r, bucket=bucket, op=msgspec.structs.replace(r.op, bucket=bucket))
            for r in self.records
            if r.op is not None and (bucket := f"jop-2024/{self.marking(merge.targets(r.op)[0])}")
        ]

    def marking(self, target: tuple[str, str]) -> str:
        """The marking under which a thing lies."""
        found = merge.describe(self.states[target])
        assert found is not None
        if target[0] in ("entry", "dossier", "layer"):
            return found.marking
        above = [
            self.marking(key)
            for key in self.states
            if key[1] in found.about and key[0] in ("entry", "dossier", "figure")
        ]
        return highest(found.marking, *above)

    def rows(self) -> list[StateRow]:
        found = [
            StateRow(kind, uid, merge.read_state(state).seq, state)
            for (kind, uid), state in self.states.items()
        ]
        return sorted(found, key=lambda row: (merge.STATES.index(row.kind), row.uid))


def as_received(o: Operation, said: Kept) -> Received:
    bucket = f"{o.workspace}/{o.marking}"
    sent = Operation(
        seq=0, op_id=o.op_id, kind=o.kind, entity=o.entity, workspace=o.workspace, hlc=o.hlc,
        made_at=o.made_at, author=o.author, post=o.post, station=o.station, marking=o.marking,
        payload=o.payload, audience=o.audience, at=said.at, hub_seq=said.seq, number=said.number,
        bucket=bucket,
    )  # fmt: skip
    return Received(seq=said.seq, bucket=bucket, at=said.at, number=said.number, op=sent)


@dataclass(slots=True)
class Desk:
    """A node, how far it followed the hub, and its clock, which may be wrong."""

    node: Node
    clock: HeldClock
    position: int = 0

    def push(self, hub: TinyHub, *, answered: bool = True) -> None:
        """Send what waits; without an answer (the line was cut) it stays in the outbox."""
        said = hub.push(self.node.journal.outbox(50))
        if answered and said:
            self.node.journal.acknowledge(said)

    def pull(self, hub: TinyHub, limit: int = 1000, *, again: int = 0) -> None:
        """Take in what is new, and `again` so many that came before."""
        start = max(0, self.position - again)
        page = hub.records[start : self.position + limit]
        self.node.journal.receive(page)
        self.position = max(self.position, start + len(page))


def tables(node: Node) -> dict[str, list[Any]]:
    """Everything that a node shows, row ids (which are its own) replaced by uids."""
    with node.store.write() as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.word USING fts5vocab(main, entry_fts, instance)"
        )
        uids = dict(connection.execute("SELECT rid, uid FROM entry").fetchall())
        found: dict[str, list[Any]] = {}
        for table in TABLES:
            if table == "entry_fts":
                continue
            cursor = connection.execute(f"SELECT * FROM {table}")
            at = [column[0] for column in cursor.description]
            rid = at.index("rid") if "rid" in at else -1
            rows = [tuple(uids[v] if n == rid else v for n, v in enumerate(row)) for row in cursor]
            found[table] = sorted(rows, key=repr)
        words = connection.execute("SELECT term, doc, col, offset FROM temp.word").fetchall()
        found["words"] = sorted((term, uids[doc], *where) for term, doc, *where in words)
        squares = connection.execute("SELECT * FROM idx_entry_geom").fetchall()
        found["squares"] = sorted((uids[rid], *square) for rid, *square in squares)
        found["numbers"] = connection.execute(
            "SELECT prefix, last_number FROM logbook WHERE prefix NOT LIKE '%~%'"
        ).fetchall()
    return found
