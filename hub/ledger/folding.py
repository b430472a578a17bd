"""Folds operations into the states of things: pure, off the loop, the same on every replica."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from beffroi.logbook import merge
from beffroi.logbook.merge import Searchable
from beffroi.sync.wire import Op

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """An operation at its position, accepted at `at` (UTC ms) with the number it was given."""

    seq: int
    at: int
    number: int | None
    op: Op


@dataclass(frozen=True, slots=True)
class State:
    """A thing's state, `seq` of its last act; `rid` is the position of its first."""

    kind: str
    uid: str
    rid: int
    seq: int
    state: bytes


@dataclass(frozen=True, slots=True)
class Shown:
    """A thing as it stands now; `found` is None while it cannot be shown."""

    state: State
    workspace: str
    found: Searchable | None


def folded(taken: Iterable[Taken], states: Mapping[str, State]) -> list[Shown]:
    """The things that `taken` changed, from the `states` (by uid) that they had."""
    now: dict[str, State] = {}
    workspaces: dict[str, str] = {}
    for one in taken:
        for kind, uid in merge.targets(one.op):
            before = now.get(uid) or states.get(uid)
            folded_in = merge.fold(
                kind, uid, before.state if before else None, one.op,
                seq=one.seq, at=one.at, number=one.number,
            )  # fmt: skip
            rid = before.rid if before else one.seq
            now[uid] = State(kind, uid, rid, one.seq, folded_in)
            workspaces[uid] = one.op.workspace
    return [Shown(state, workspaces[state.uid], _described(state)) for state in now.values()]


def _described(state: State) -> Searchable | None:
    """How a thing stands; what cannot be described must not stop the others."""
    try:
        return merge.describe(state.state)
    except Exception:  # noqa: BLE001 - content from outside
        _log.exception("%s %s cannot be described", state.kind, state.uid)
        return None
