"""Takes checked operations in: rights, buckets, positions; what may not enter goes to quarantine."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from beffroi.clock import Clock
from beffroi.sync.wire import Outcome
from hub.ledger import quarantine
from hub.ledger.batch import Batch, Placed, Stale, Thing
from hub.ledger.checking import Pushed
from hub.ledger.judge import Judge
from hub.ledger.knowledge import Knowledge
from hub.ledger.ledger import Ledger
from hub.ledger.placing import Moving, Settled, place
from hub.ledger.refusal import Refusal
from hub.ledger.shape import Read
from hub.ledger.vouching import Vouching

MOST_TRIES = 20


@dataclass(slots=True)
class Item:
    """A pushed operation, what was found in it, and in the end what became of it.

    It has `returned` when it lay in quarantine before.
    """

    pushed: Pushed
    found: Read | Refusal
    outcome: Outcome | None = None
    returned: bool = False

    def placed(self, placed: Placed) -> None:
        """It is in the ledger."""
        self.outcome = Outcome(
            op_id=self.pushed.op.op_id, status="kept" if placed.fresh else "known", seq=placed.seq, number=placed.number,
            at=placed.at,
        )  # fmt: skip

    @property
    def place(self) -> tuple[str, str]:
        """Where it lies, or would lie, in quarantine."""
        return self.pushed.device, self.pushed.op.op_id

    @property
    def entered(self) -> bool:
        """Whether it is in the ledger."""
        return self.outcome is not None and self.outcome.status != "refused"

    def same_as(self, other: "Item") -> None:
        """It was pushed twice at once: what became of `other` became of it, if it is the same."""
        if self.pushed.op.signature != other.pushed.op.signature:
            self.refused("payload")
        elif other.outcome is not None:
            status = "known" if other.entered else "refused"
            self.outcome = msgspec.structs.replace(other.outcome, status=status)

    def refused(self, why: str) -> None:
        """It goes to quarantine."""
        self.outcome = Outcome(op_id=self.pushed.op.op_id, status="refused", why=why)


class Entering:
    """The door of the ledger."""

    def __init__(self, ledger: Ledger, vouching: Vouching, clock: Clock) -> None:
        self._ledger = ledger
        self._vouching = vouching
        self._clock = clock

    async def take(self, items: Sequence[Item]) -> None:
        """Take all of `items` in, the earliest stamp first; each has its outcome afterwards.

        Safe to call again with the same items when it failed half-way.
        """
        first, twins = _told_apart(items)
        ahead = sorted(first, key=lambda item: item.pushed.op.hlc)
        tries = 0
        while ahead:
            knowledge = await self._look(ahead)
            for item in ahead:
                item.returned |= item.place in knowledge.quarantined
            try:
                ahead = await self._some(ahead, knowledge)
            except Stale:
                tries += 1
                if tries >= MOST_TRIES:
                    raise
                ahead = [item for item in ahead if not item.entered]
        for item, same in twins:
            item.same_as(same)
        await self._settle_quarantine(items)

    async def _look(self, items: Iterable[Item]) -> Knowledge:
        reads = [item.found for item in items if isinstance(item.found, Read)]
        return await self._ledger.look(
            [read.op.op_id for read in reads], {uid for read in reads for uid in read.uids}
        )

    async def _some(self, items: Sequence[Item], knowledge: Knowledge) -> list[Item]:
        """Take in those before the first that may move its entity, then that one; the rest."""
        run: list[tuple[Item, Settled]] = []
        for at, item in enumerate(items):
            try:
                decided = await self._decided(item, knowledge)
            except Refusal as refusal:
                item.refused(refusal.why)
                continue
            if isinstance(decided, Placed):
                item.placed(decided)
            elif isinstance(decided, Settled):
                run.append((item, decided))
                knowledge.things |= {thing.uid: thing for thing in decided.new}
            else:
                await self._append(run, knowledge.moves)
                await self._move(item, decided)
                return list(items[at + 1 :])
        await self._append(run, knowledge.moves)
        return []

    async def _decided(self, item: Item, knowledge: Knowledge) -> Placed | Settled | Moving:
        op = item.pushed.op
        if isinstance(item.found, Refusal):
            raise item.found
        if op.op_id in knowledge.known:
            placed, signature = knowledge.known[op.op_id]
            if signature != op.signature:
                raise Refusal("payload")
            return placed
        try:
            return place(item.found, knowledge.things, await self._vouching.judge(op.author))
        except Refusal:
            return place(item.found, knowledge.things, await self._judge_then(item))

    async def _judge_then(self, item: Item) -> Judge:
        """The rights of now, asked again, and those that its author had when making it."""
        op = item.pushed.op
        made = min(op.made_at, self._clock.now())
        return await self._vouching.lenient_judge(op.author, made)

    async def _append(self, run: Sequence[tuple[Item, Settled]], moves: int) -> None:
        if not run:
            return
        things: tuple[Thing, ...] = tuple(thing for _item, settled in run for thing in settled.new)
        ops = tuple(settled.accepted for _item, settled in run)
        placed = await self._ledger.append(Batch(self._clock.now(), moves, ops, things))
        for (item, _settled), one in zip(run, placed, strict=True):
            item.placed(one)

    async def _move(self, item: Item, moving: Moving) -> None:
        judge = await self._judge_then(item)
        try:
            item.placed(await self._ledger.move(moving.read, judge, self._clock.now()))
        except Refusal as refusal:
            item.refused(refusal.why)

    async def _settle_quarantine(self, items: Sequence[Item]) -> None:
        """Keep what was refused, and let go of what was refused before and entered now."""
        now = self._clock.now()
        refused = [
            quarantine.refused(
                i.pushed.op, i.outcome.why, device=i.pushed.device, account=i.pushed.account, at=now
            )
            for i in items
            if i.outcome is not None and i.outcome.status == "refused"
        ]
        back = [item.place for item in items if item.returned and item.entered]
        await self._ledger.quarantine.change(put=refused, release=back)


def _told_apart(items: Sequence[Item]) -> tuple[list[Item], list[tuple[Item, Item]]]:
    """Each operation once, and those that came twice with the first of their kind.

    What is refused for itself is nobody's twin: a thief's copy must not speak for the true one.
    """
    alone: list[Item] = []
    first: dict[str, Item] = {}
    twins: list[tuple[Item, Item]] = []
    for item in items:
        if isinstance(item.found, Refusal):
            alone.append(item)
        elif first.setdefault(item.pushed.op.op_id, item) is not item:
            twins.append((item, first[item.pushed.op.op_id]))
    return [item for item in (*first.values(), *alone) if not item.entered], twins
