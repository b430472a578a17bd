"""What several people said differently at the same time, side by side, and settling it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from beffroi.errors import BeffroiError
from beffroi.journal import Act, Identity
from beffroi.logbook import settling
from beffroi.logbook.acts import acts_on
from beffroi.logbook.contested import Contested, contested
from beffroi.logbook.entry import Lifecycle
from beffroi.logbook.labels import label
from beffroi.logbook.merge import Kept, cases, entries, kinds, sheets
from beffroi.logbook.merge.contest import Contest, case_contest, contest, sheet_contest
from beffroi.logbook.part import Part, reason_given
from beffroi.logbook.sheet_operations import SHEETS
from beffroi.logbook.sheet_words import name_of
from beffroi.store import Connection
from beffroi.text import _


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """What one person gave, as JSON; `at` is UTC ms; `mine` when it is the reader's own."""

    value: Any
    author: str
    post: str
    at: int
    op_id: str
    mine: bool


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """A field of an entry, a dossier, a follow-up or a sheet that waits for a person's choice.

    `kind` is one of `beffroi.logbook.merge.STATES`, `entity` its uid, `label` how to name it.  `base` is
    what all had before them; the last of `candidates` is what shows meanwhile.  Fields that go
    together are named by their first (`event_time`, `place`, `source_grade`), their value is an
    object with each of them.
    """

    kind: str
    entity: str
    label: str
    field: str
    base: Any
    candidates: tuple[Candidate, ...]


class Conflicts(Part):
    """Reading and settling contradictions.  Those between figures are `Indicator.conflict`."""

    def conflicts(self, account: str = "") -> list[Conflict]:
        """Everything that waits for a choice; what `account` gave is marked as theirs."""
        with self._store.read() as connection:
            return [
                conflict
                for one in contested(connection)
                for conflict in _READ[one.kind](connection, one, account)
            ]

    def settle(self, entity: str, field: str, value: Any, reason: str, who: Identity) -> None:
        """Say what holds for a contested field: one of the candidates' values, or another.

        Raises:
            BeffroiError: nothing waits there any more, no reason, or a value that cannot be.
        """
        reason = reason_given(reason)

        def acts(connection: Connection) -> list[Act]:
            one = next((c for c in contested(connection) if c.uid == entity), None)
            if one is None or field not in one.fields:
                raise BeffroiError(_("Cette contradiction est déjà réglée : actualisez la liste."))
            return [settling.act(connection, one, field, value, reason)]

        self._keep(acts, who)


def _entry(connection: Connection, one: Contested, account: str) -> list[Conflict]:
    acts = acts_on(connection, kinds.ENTRY, one.uid)
    shown = entries.entry(one.uid, acts)
    if shown is None or shown.lifecycle == Lifecycle.VOID:
        return []
    name = label(shown.journal, shown.number)
    return [_conflict(one, name, f, contest(shown, f), acts, account) for f in one.fields]


def _dossier(connection: Connection, one: Contested, account: str) -> list[Conflict]:
    acts = acts_on(connection, kinds.DOSSIER, one.uid)
    case = cases.dossier(one.uid, acts)
    if case is None:
        return []
    title = case.now["title"]
    return [_conflict(one, title, f, case_contest(case, f), acts, account) for f in one.fields]


def _followup(connection: Connection, one: Contested, account: str) -> list[Conflict]:
    acts = acts_on(connection, kinds.FOLLOWUP, one.uid)
    case = cases.followup(one.uid, acts)
    if case is None:
        return []
    text = case.told.text
    return [_conflict(one, text, f, case_contest(case, f), acts, account) for f in one.fields]


def _sheet(connection: Connection, one: Contested, account: str) -> list[Conflict]:
    acts = acts_on(connection, one.kind, one.uid)
    shown = sheets.sheet(one.kind, one.uid, acts)
    if shown is None:
        return []
    name = name_of(shown.fields)
    return [_conflict(one, name, f, sheet_contest(shown, f), acts, account) for f in one.fields]


def _conflict(
    one: Contested, name: str, field: str, found: Contest, acts: Sequence[Kept], account: str
) -> Conflict:
    by_id = {act.op_id: act for act in acts}
    candidates = (
        Candidate(
            value=value, author=by_id[op_id].author, post=by_id[op_id].post,
            at=by_id[op_id].made_at, op_id=op_id, mine=by_id[op_id].author == account,
        )
        for op_id, value in found.given
    )  # fmt: skip
    return Conflict(
        kind=one.kind, entity=one.uid, label=name, field=field, base=found.base,
        candidates=tuple(candidates),
    )  # fmt: skip


_Read = Callable[[Connection, Contested, str], list[Conflict]]
_READ: Mapping[str, _Read] = {
    kinds.ENTRY: _entry,
    kinds.DOSSIER: _dossier,
    kinds.FOLLOWUP: _followup,
    **dict.fromkeys(SHEETS, _sheet),
}
