"""Starts a node from things as they stand instead of from all that was ever done to them."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple, Protocol

import msgspec

from beffroi.changes import Change
from beffroi.logbook.acts import state_of
from beffroi.logbook.bulk import insert_new
from beffroi.logbook.changes import ManyEntriesAdded
from beffroi.logbook.merge import STATES, State, entries, kinds, read_state, together
from beffroi.logbook.merge.acts import encoded
from beffroi.logbook.merge.entries import Shown
from beffroi.logbook.showing import Showing
from beffroi.logbook.slots import Slots
from beffroi.store import Connection

PAGE = 2000
FEW = 100
"""Up to so many new entries, dropping triggers and making them anew costs more than it saves."""
_MARKS = 500
_KEEP = "INSERT OR REPLACE INTO merge_state (kind, uid, seq, state) VALUES (?,?,?,?)"
_KINDS = ",".join(f"'{kind}'" for kind in STATES)
_log = logging.getLogger(__name__)


class StateRow(Protocol):
    """A thing as it stands, as it travels."""

    @property
    def kind(self) -> str:
        """One of `STATES`."""
        ...

    @property
    def uid(self) -> str:
        """Which one."""
        ...

    @property
    def seq(self) -> int:
        """The hub's position of the last act in it."""
        ...

    @property
    def state(self) -> bytes | msgspec.Raw:
        """Its acts, as `fold` wrote them."""
        ...


class Read(NamedTuple):
    """A state, and its JSON as it came."""

    state: State
    text: bytes


class States:
    """Takes in things as they stand; what is here already is merged with them."""

    def __init__(self, showing: Showing) -> None:
        self._showing = showing
        self._slots = Slots()

    def load(self, connection: Connection, received: Iterable[StateRow]) -> list[Change]:
        """Take in `received`, in the transaction of `connection`; what changed.

        Cheapest when the kinds come in the order of `STATES`.  A row that is no state is left out.
        """
        changes: list[Change] = []
        pages = iter(received)
        while page := list(islice(pages, PAGE)):
            read = sorted(_readable(page), key=lambda one: STATES.index(one.state.kind))
            changes += self._page(connection, read)
        return changes

    def _page(self, connection: Connection, read: Sequence[Read]) -> list[Change]:
        states = [one.state for one in read]
        here = _here(connection, states)
        _keep(connection, read, here)
        fresh = _fresh(states, here)
        new = {shown.uid for shown in fresh} if len(fresh) > FEW else set()
        changes: list[Change] = []
        for state in states:
            if state.uid not in new:
                changes += self._showing.show(connection, state.kind, state.uid)
        if not new:
            return changes
        parents = insert_new(connection, self._slots, fresh)
        changes += self._showing.entries.hang(connection, parents)
        return [ManyEntriesAdded(count=len(new)), *changes]


def _fresh(states: Iterable[State], here: set[str]) -> list[Shown]:
    """The entries among `states` of which nothing is here, and that can be shown."""
    found = (
        entries.entry(state.uid, state.acts)
        for state in states
        if state.kind == kinds.ENTRY and state.uid not in here
    )
    return [shown for shown in found if shown is not None]


def _readable(page: Iterable[StateRow]) -> Iterator[Read]:
    for row in page:
        try:
            state = read_state(row.state)
        except (msgspec.MsgspecError, UnicodeError):
            state = None
        if state is None or (state.kind, state.uid) != (row.kind, row.uid):
            _log.warning("the state of %s is left out: unreadable", row.uid)
        elif state.kind in STATES:
            yield Read(state, bytes(row.state))


def _here(connection: Connection, states: Sequence[State]) -> set[str]:
    """The things among `states` of which this node knows something already."""
    return {
        uid
        for select, uids in (
            ("SELECT entity FROM operation WHERE entity IN ({})", _entities(states)),
            (f"SELECT uid FROM merge_state WHERE kind IN ({_KINDS}) AND uid IN ({{}})",
             [state.uid for state in states]),
        )
        for start in range(0, len(uids), _MARKS)
        for (uid,) in _among(connection, select, uids[start : start + _MARKS])
    }  # fmt: skip


def _among(connection: Connection, select: str, uids: Sequence[str]) -> list[tuple[str]]:
    found: list[tuple[str]] = connection.execute(
        select.format(",".join("?" * len(uids))), uids
    ).fetchall()
    return found


def _entities(states: Iterable[State]) -> list[str]:
    return [state.uid for state in states if state.kind != kinds.LINK]


def _keep(connection: Connection, read: Sequence[Read], here: set[str]) -> None:
    rows = []
    for state, text in read:
        told = text
        if state.uid in here:
            acts = together(state.acts, state_of(connection, state.kind, state.uid))
            told = encoded(msgspec.structs.replace(state, acts=acts))
        rows.append((state.kind, state.uid, state.seq, told.decode()))
    connection.executemany(_KEEP, rows)
