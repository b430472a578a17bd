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


class Register:
    """All writes to one field, told one after the other in the order of their acts."""

    __slots__ = ("_left", "_replaced", "writes")

    def __init__(self) -> None:
        self.writes: list[Write] = []
        self._left: list[Write] = []
        self._replaced: set[str] = set()

    def add(self, write: Write) -> None:
        """One more write, by an act that comes after all those told so far (or the same one)."""
        self.writes.append(write)
        self._left = [w for w in self._left if not _replaces(write, w)]
        if write.op_id not in self._replaced:
            self._left.append(write)
        if write.seen:
            self._replaced |= write.seen - {write.op_id}

    @property
    def standing(self) -> list[Write]:
        """The writes that nobody who knew them has replaced, the winner last; never none.

        More than one stands when people wrote without knowing of each other.
        """
        return self._left or self.writes[-1:]


def _replaces(write: Write, before: Write) -> bool:
    """Whether the author of `write` had `before`; one who says nothing of it had all."""
    if write.seen is not None:
        return before.op_id in write.seen and before.op_id != write.op_id
    if before.rank >= write.rank:
        return False
    return before.seen is None or write.op_id not in before.seen


def standing(writes: Sequence[Write]) -> list[Write]:
    """Those of `writes`, in the order of their acts, that stand: see `Register`."""
    register = Register()
    for write in writes:
        register.add(write)
    return register.standing


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
