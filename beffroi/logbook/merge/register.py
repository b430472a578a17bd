"""Writes to one field by several people: which of them stand, which wins, from what they came."""

from collections.abc import Sequence
from typing import Any, NamedTuple


class Write(NamedTuple):
    """The value that act number `rank` (in the order of all acts) gave to a field.

    `seen` are the acts whose values its author had before them; None means all before.
    """

    rank: int
    op_id: str
    value: Any
    seen: frozenset[str] | None


def standing(writes: Sequence[Write]) -> list[Write]:
    """The writes that nobody who knew them has replaced, the winner last; never none.

    `writes` are in the order of their acts.  More than one stands when people wrote without
    knowing of each other.
    """
    if len(writes) == 1:
        return list(writes)
    replaced: set[str] = set()
    last_of_all: Write | None = None
    for write in writes:
        if write.seen is None:
            last_of_all = write
        else:
            replaced |= write.seen - {write.op_id}
    left = [w for w in writes if w.op_id not in replaced and not _before(w, last_of_all)]
    return left or [writes[-1]]


def _before(write: Write, last_of_all: Write | None) -> bool:
    """Whether `last_of_all`, whose author had all before it, replaces `write`."""
    if last_of_all is None or write.rank >= last_of_all.rank:
        return False
    return write.seen is None or last_of_all.op_id not in write.seen


def base(writes: Sequence[Write], stand: Sequence[Write]) -> Write | None:
    """The last write that the authors of all those in `stand` knew; None for the first value."""
    common = set.intersection(*(_known(writes, write) for write in stand))
    return next((w for w in reversed(writes) if w.op_id in common), None)


def _known(writes: Sequence[Write], write: Write) -> set[str]:
    by_id = {w.op_id: w for w in writes}
    found: set[str] = set()
    ahead = [write]
    while ahead:
        one = ahead.pop()
        seen = {w.op_id for w in writes if w.rank < one.rank} if one.seen is None else one.seen
        new = (seen & by_id.keys()) - found
        found |= new
        ahead += (by_id[op_id] for op_id in new)
    return found
