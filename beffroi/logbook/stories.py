"""Remembers how the entries at work were told, so that one more act costs the same after hundreds.

What is remembered is used only while the journal still holds exactly the acts it was made of: what
another process kept, what was rolled back, what the hub said since or what was forgotten shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from beffroi.journal import Operation
from beffroi.logbook import operations as ops
from beffroi.logbook.acts import acts_on
from beffroi.logbook.merge import entries, kinds
from beffroi.logbook.merge.acts import kept
from beffroi.logbook.merge.entries import Shown, Story
from beffroi.store import Connection

MOST = 64
_OF_ENTRY = f"entity = ?1 AND kind IN ({','.join(repr(k) for k in kinds.OF_STATE[kinds.ENTRY])})"
_STATE = (
    f"SELECT seq || ' ' || length(state) FROM merge_state WHERE kind = '{kinds.ENTRY}' AND uid = ?1"
)
_MARK = f"SELECT count(*), max(seq), op_id, coalesce(sum(at), 0), ({_STATE}) FROM operation WHERE {_OF_ENTRY}"
_BEFORE = f"SELECT op_id FROM operation WHERE {_OF_ENTRY} AND seq < ?2 ORDER BY seq DESC LIMIT 1"


class _Mark(NamedTuple):
    """What tells the acts on an entry that are here from any others, without reading them all.

    `at` adds up the times at which the hub took them; `state` is the one that came from the hub.
    """

    many: int
    seq: int | None
    op_id: str | None
    at: int
    state: str | None


@dataclass(slots=True)
class _Told:
    """An entry as `story` made it of the acts of `mark`, the last of which stands at `order`."""

    mark: _Mark
    story: Story
    order: tuple[int, str]
    shown: Shown


class Stories:
    """The entries of one store, for whoever holds its writing connection."""

    def __init__(self) -> None:
        self._told: dict[str, _Told] = {}

    def now(self, connection: Connection, uid: str) -> Shown | None:
        """The entry `uid` as all acts known here leave it; None before its publication is there."""
        mark, told = _mark(connection, uid), self._told.get(uid)
        if told is None or told.mark != mark:
            return self._anew(connection, uid, mark)
        return told.shown

    def after(self, connection: Connection, operation: Operation) -> Shown | None:
        """The entry that `operation` is about, which the journal holds by now."""
        uid = operation.entity
        if operation.kind == ops.PUBLISH:
            self._told.pop(uid, None)
            return entries.entry(uid, acts_on(connection, kinds.ENTRY, uid))
        mark, told = _mark(connection, uid), self._told.get(uid)
        if told is None or not _is_next(connection, told, mark, operation):
            return self._anew(connection, uid, mark)
        act = kept(operation, at=operation.at, number=operation.number)
        told.story.add(act)
        told.mark, told.order, told.shown = mark, act.order, told.story.shown()
        return told.shown

    def seen(self, connection: Connection, uid: str, fields: Sequence[str]) -> tuple[str, ...]:
        """The acts on entry `uid` whose values whoever now writes `fields` has before them."""
        shown = self.now(connection, uid)
        return entries.seen(shown, fields) if shown else ()

    def _anew(self, connection: Connection, uid: str, mark: _Mark) -> Shown | None:
        self._told.pop(uid, None)
        acts = acts_on(connection, kinds.ENTRY, uid)
        story = entries.story(uid, acts)
        if story is None:
            return None
        shown = story.shown()
        self._told[uid] = _Told(mark, story, acts[-1].order, shown)
        if len(self._told) > MOST:
            del self._told[next(iter(self._told))]
        return shown


def _mark(connection: Connection, uid: str) -> _Mark:
    many, seq, op_id, at, state = connection.execute(_MARK, (uid,)).fetchone()
    return _Mark(many, seq, op_id, at, state)


def _is_next(connection: Connection, told: _Told, mark: _Mark, operation: Operation) -> bool:
    """Whether `operation` is the one act here that `told` does not know, and stands after all."""
    one_more = _Mark(
        told.mark.many + 1, operation.seq, operation.op_id, told.mark.at + operation.at,
        told.mark.state,
    )  # fmt: skip
    if mark != one_more or kept(operation, at=operation.at).order <= told.order:
        return False
    before = connection.execute(_BEFORE, (operation.entity, operation.seq)).fetchone()
    return (before[0] if before else None) == told.mark.op_id
