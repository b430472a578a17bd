"""Dossiers, follow-ups, links and figures as the acts on them leave them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec

from beffroi.logbook import operations as ops
from beffroi.logbook.merge.acts import Kept
from beffroi.logbook.merge.fields import rivals
from beffroi.logbook.merge.register import Write, standing
from beffroi.logbook.statuses import DossierStatus, FollowUpStatus

T = TypeVar("T")
_UNREADABLE = (msgspec.MsgspecError, ValueError, TypeError)
_decoders: dict[Any, msgspec.json.Decoder[Any]] = {
    kind: msgspec.json.Decoder(kind)
    for kind in (
        ops.OpenDossier, ops.EditDossier, ops.OpenFollowUp, ops.UpdateFollowUp, ops.Link,
        ops.RecordFigure, ops.Arbitrate,
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """A dossier or a follow-up as it stands.

    `born` and `told` are its opening; `first` and `now` its fields that can change; `members` the
    entries of a dossier with when each was put in (UTC ms).
    """

    uid: str
    born: Kept
    told: Any
    first: Mapping[str, Any]
    now: Mapping[str, Any]
    changed_at: int
    members: Mapping[str, int] = field(default_factory=dict)
    writes: Mapping[str, Sequence[Write]] = field(default_factory=dict)

    @property
    def rivals(self) -> tuple[str, ...]:
        """The fields for which several people gave different values at the same time."""
        return tuple(
            name
            for name, writes in self.writes.items()
            if name != "note" and rivals(name, [w.value for w in standing(writes)])
        )

    def seen(self, fields: Sequence[str]) -> tuple[str, ...]:
        """The acts whose values whoever now writes `fields` has before them."""
        found = (self.writes.get(name, ()) for name in fields)
        return tuple(sorted({w.op_id for writes in found if writes for w in standing(writes)}))


def dossier(uid: str, acts: Sequence[Kept]) -> Case | None:
    """The dossier `uid` after `acts` (in their order); None while its opening is not there."""
    found = _first(acts, ops.DOSSIER_OPEN, ops.OpenDossier)
    if found is None:
        return None
    born, opened = found
    members: dict[str, int] = {}
    writes: dict[str, list[Write]] = {}
    for rank, act in enumerate(acts):
        if act is born:
            _gather(members, opened.entries, (), act.made_at)
        elif act.kind == ops.DOSSIER_EDIT and (told := _read(act, ops.EditDossier)):
            _gather(members, told.add, told.remove, act.made_at)
            _write(writes, rank, act, told.seen, _given(told))
    status = opened.status if opened.status in set(DossierStatus) else DossierStatus.OPEN
    first = {"title": opened.title, "gravity": opened.gravity, "status": status}
    return Case(uid, born, opened, first, _now(first, writes), acts[-1].made_at, members, writes)


def _given(told: ops.EditDossier) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if told.title:
        given["title"] = told.title
    if told.gravity is not None:
        given["gravity"] = told.gravity
    if told.status in set(DossierStatus):
        given["status"] = told.status
    return given


def _gather(members: dict[str, int], come: Sequence[str], go: Sequence[str], moment: int) -> None:
    for uid in come:
        members.setdefault(uid, moment)
    for uid in go:
        members.pop(uid, None)


def followup(uid: str, acts: Sequence[Kept]) -> Case | None:
    """The follow-up `uid` after `acts` (in their order); None while its opening is not there."""
    found = _first(acts, ops.FOLLOWUP_OPEN, ops.OpenFollowUp)
    if found is None:
        return None
    born, opened = found
    writes: dict[str, list[Write]] = {}
    for rank, act in enumerate(acts):
        if act.kind == ops.FOLLOWUP_UPDATE and (told := _read(act, ops.UpdateFollowUp)):
            given: dict[str, Any] = {}
            if told.status in set(FollowUpStatus):
                given["status"] = told.status
            if told.note:
                given["note"] = told.note
            if told.due is not None:
                given["due"] = told.due
            _write(writes, rank, act, told.seen, given)
    first = {"status": "open", "note": "", "due": opened.due}
    return Case(uid, born, opened, first, _now(first, writes), acts[-1].made_at, {}, writes)


@dataclass(frozen=True, slots=True)
class Tie:
    """A link that holds, since `act`."""

    source: str
    kind: str
    target: str
    act: Kept


def tie(acts: Sequence[Kept]) -> Tie | None:
    """The link after `acts` (in their order); None when it was taken back, or never was."""
    held: Tie | None = None
    for act in acts:
        link = _read(act, ops.Link)
        if link is None:
            continue
        if act.kind == ops.UNLINK:
            held = None
        elif held is None:
            held = Tie(link.source, str(link.kind), link.target, act)
    return held


def figure(acts: Sequence[Kept]) -> tuple[Kept, ops.RecordFigure] | None:
    """The figure as it was recorded; None while it is not there."""
    return _first(acts, ops.FIGURE_RECORD, ops.RecordFigure)


def arbitration(acts: Sequence[Kept]) -> tuple[Kept, ops.Arbitrate] | None:
    """What was settled between figures; None while it is not there."""
    return _first(acts, ops.FIGURE_ARBITRATE, ops.Arbitrate)


def _first(acts: Sequence[Kept], kind: str, payload: type[T]) -> tuple[Kept, T] | None:
    for act in acts:
        if act.kind == kind and (told := _read(act, payload)) is not None:
            return act, told
    return None


def _read(act: Kept, payload: type[T]) -> T | None:
    try:
        told: T = _decoders[payload].decode(act.payload)
    except _UNREADABLE:
        return None
    return told


def _write(
    writes: dict[str, list[Write]],
    rank: int,
    act: Kept,
    seen: tuple[str, ...] | None,
    given: Mapping[str, Any],
) -> None:
    known = None if seen is None else frozenset(seen)
    for name, value in given.items():
        writes.setdefault(name, []).append(Write(rank, act.op_id, value, known))


def _now(first: dict[str, Any], writes: Mapping[str, Sequence[Write]]) -> dict[str, Any]:
    return {**first, **{name: standing(some)[-1].value for name, some in writes.items()}}
