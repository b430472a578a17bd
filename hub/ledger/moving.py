"""The slow path: a thing changes bucket, and all that hangs from it follows.

In the new bucket a `put` marker brings its operations to those who had not seen them; in the old
one a `remove` marker takes it from those who may not any more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from beffroi.access.buckets import Bucket, NoBucket, above
from beffroi.logbook import merge
from hub.db import Dialect, Row, Session
from hub.ledger.append import append_inside
from hub.ledger.batch import Accepted, Batch, Placed, Thing
from hub.ledger.judge import Judge
from hub.ledger.knowledge import look, things
from hub.ledger.marking import PUT, REMOVE, mark
from hub.ledger.pages import OP_FIELDS, op_of
from hub.ledger.placing import Moving, Settled, joined, place
from hub.ledger.refusal import Refusal
from hub.ledger.shape import Read

_LOCKS: dict[Dialect, str] = {
    "postgresql": "SELECT one FROM ledger_head WHERE one = 1 FOR UPDATE",
    "sqlite": "SELECT one FROM ledger_head WHERE one = 1",
}


@dataclass(frozen=True, slots=True)
class Mover:
    """Takes one operation in that may move its entity; `session` is one writing transaction."""

    session: Session
    dialect: Dialect
    now: int

    async def take(self, read: Read, judge: Judge) -> Placed:
        """Append `read`, moving its entity when what it becomes lies elsewhere.

        Raises:
            Refusal: its author may not, now that nobody else writes.
        """
        await self.session.row(_LOCKS[self.dialect])
        found = await look(self.session.rows, self.dialect, [read.op.op_id], read.uids)
        if read.op.op_id in found.known:
            return found.known[read.op.op_id][0]
        decided = place(read, found.things, judge)
        if isinstance(decided, Settled):
            return await self._append(decided.accepted, decided.new, found.moves)
        return await self._moved(decided, judge, found.moves)

    async def _append(self, accepted: Accepted, new: tuple[Thing, ...], moves: int) -> Placed:
        return (await append_inside(self.session, Batch(self.now, moves, (accepted,), new)))[0]

    async def _moved(self, moving: Moving, judge: Judge, moves: int) -> Placed:
        read, thing = moving.read, moving.thing
        old, new = Bucket.parse(thing.bucket), await self._becomes(moving)
        accepted = Accepted(read.op, str(new), read.sha, read.prefix)
        if new == old:
            return await self._append(accepted, (), moves)
        _check_move(old, new, judge)
        changed = await self._follow(replace_bucket(thing, str(new)))
        for one in changed:
            await mark(self.session, self.dialect, PUT, one.after.bucket, one.after.uid, self.now)
        placed = await self._append(accepted, (), moves)
        for one in changed:
            await mark(self.session, self.dialect, REMOVE, one.before, one.after.uid, self.now)
        await self.session.run("UPDATE ledger_head SET moves = moves + 1 WHERE one = 1")
        return placed

    async def _becomes(self, moving: Moving) -> Bucket:
        """Where the entity lies once its acts are merged with this one."""
        kind, uid = moving.read.targets[0]
        rows = await self.session.rows(
            f"SELECT seq, at, number, {OP_FIELDS} FROM operation WHERE entity = ? ORDER BY seq", uid
        )
        state: bytes | None = None
        for row in rows:
            op = op_of(row[3:])
            if (kind, uid) in merge.targets(op):
                state = merge.fold(kind, uid, state, op, seq=row[0], at=row[1], number=row[2])
        state = merge.fold(kind, uid, state, moving.read.op, at=self.now)
        shown = merge.describe(state)
        if shown is None:
            return moving.read.bucket
        try:
            return Bucket(moving.thing.workspace, shown.marking, shown.caveats)
        except NoBucket as error:
            raise Refusal("marking") from error

    async def _follow(self, thing: Thing) -> list["Change"]:
        """Put `thing` into its new bucket, and every operation and thing about it."""
        ops = await self._concerned(thing.uid)
        told = {row[0]: merge.targets(op_of(row[2:])) for row in ops}
        uids = {uid for targets in told.values() for _kind, uid in targets}
        known = await things(self.session, self.dialect, uids)
        refs = {ref for one in known.values() for ref in one.refs.split()}
        around = await things(self.session, self.dialect, refs) | known | {thing.uid: thing}
        after = {uid: _settled(known[uid], around) for uid in uids if uid in known}
        after[thing.uid] = thing
        changed = [
            Change(one, known[uid].bucket if uid in known else one.bucket)
            for uid, one in after.items()
            if uid in known and known[uid].bucket != one.bucket
        ]
        await self._written(changed, ops, told, after)
        return changed

    async def _concerned(self, uid: str) -> list[Row]:
        return await self.session.rows(
            f"SELECT seq, bucket, {OP_FIELDS} FROM operation WHERE entity = ? "
            "OR seq IN (SELECT seq FROM about WHERE uid = ?) ORDER BY seq",
            uid, uid,
        )  # fmt: skip

    async def _written(
        self,
        changed: Iterable["Change"],
        ops: Sequence[Row],
        told: dict[int, list[tuple[str, str]]],
        after: dict[str, Thing],
    ) -> None:
        await self.session.many(
            "UPDATE thing SET bucket = ? WHERE uid = ?",
            [(one.after.bucket, one.after.uid) for one in changed],
        )
        moved = [
            (after[told[row[0]][0][1]].bucket, row[0])
            for row in ops
            if told[row[0]] and told[row[0]][0][1] in after
        ]
        await self.session.many("UPDATE operation SET bucket = ? WHERE seq = ?", moved)


@dataclass(frozen=True, slots=True)
class Change:
    """A thing where it lies now, and the bucket `before`."""

    after: Thing
    before: str


def replace_bucket(thing: Thing, bucket: str) -> Thing:
    """`thing`, lying in `bucket`."""
    return Thing(thing.uid, thing.kind, thing.workspace, bucket, thing.author, thing.refs)


def _settled(thing: Thing, around: dict[str, Thing]) -> Thing:
    if not thing.refs:
        return around[thing.uid]
    return replace_bucket(thing, str(joined(thing.refs.split(), around)))


def _check_move(old: Bucket, new: Bucket, judge: Judge) -> None:
    """Let an author move something; lowering its protection is a right of its own."""
    if not judge.sees(new):
        raise Refusal("marking")
    lower = above(old.marking, new.marking) or not set(old.caveats) <= set(new.caveats)
    if lower and not judge.may("lower", "marking", old):
        raise Refusal("marking")
