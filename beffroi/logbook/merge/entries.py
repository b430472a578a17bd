"""An entry as its acts leave it: the last writer of each field wins, and what lost stays known."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from beffroi.logbook import operations as ops
from beffroi.logbook.entry import Content, Lifecycle, Qualification
from beffroi.logbook.merge.acts import Kept
from beffroi.logbook.merge.fields import FIXED, NAMES, QUALIFICATION, lead, rivals, settled
from beffroi.logbook.merge.register import Write, standing

UNASSESSED = (Qualification.RAW, Qualification.TO_QUALIFY)
_TYPES = {f.name: f.type for f in msgspec.structs.fields(Content)}
_UNREADABLE = (msgspec.MsgspecError, ValueError, TypeError)
_publish = msgspec.json.Decoder(ops.Publish)
_correct = msgspec.json.Decoder(ops.Correct)
_qualify = msgspec.json.Decoder(ops.Qualify)


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as it stands, without what hangs from it.

    `journal` and `number` are the definitive ones once the hub has given them; `told` are those it
    was published under.  `arrived` is when the hub took it (UTC ms, None before).
    """

    uid: str
    born: Kept
    journal: str
    number: int
    told: tuple[str, int]
    entered_time: int
    qualified_time: int | None
    version: int
    lifecycle: Lifecycle
    qualification: Qualification
    content: Content
    first: tuple[Content, Qualification]
    arrived: int = 0
    writes: Mapping[str, Sequence[Write]] = field(default_factory=dict)

    @property
    def rivals(self) -> tuple[str, ...]:
        """The fields for which several people gave different values at the same time.

        A group of fields that go together is named by its first one.
        """
        found = (
            lead(name)
            for name, writes in self.writes.items()
            if len(writes) > 1 and rivals(name, [w.value for w in standing(writes)])
        )
        return tuple(dict.fromkeys(found))


def seen(shown: Shown, fields: Sequence[str]) -> tuple[str, ...]:
    """The acts whose values whoever now writes `fields` has before them."""
    return tuple(
        sorted({w.op_id for name in fields for w in standing_of(shown, name)}),
    )


def standing_of(shown: Shown, name: str) -> list[Write]:
    """The writes of a field that stand; none when it is as published."""
    writes = shown.writes.get(name)
    return standing(writes) if writes else []


def entry(uid: str, acts: Sequence[Kept]) -> Shown | None:
    """The entry `uid` after `acts` (in their order); None while its publication is not there."""
    found = _first_publication(acts)
    if found is None:
        return None
    born, told = found
    level = _level(told.qualification) or Qualification.RAW
    entered = born.made_at if told.entered_time is None else told.entered_time
    assessed = None if level in UNASSESSED else entered
    journal, number = _numbered(told, born)
    shown = Shown(
        uid=uid, born=born, journal=journal, number=number, told=(told.journal, told.number),
        entered_time=entered, qualified_time=assessed, version=1, lifecycle=Lifecycle.PUBLISHED,
        qualification=level, content=told.content, first=(told.content, level), arrived=born.at,
    )  # fmt: skip
    return shown if len(acts) == 1 else _changed(shown, acts)


def reason(act: Kept) -> str:
    """Why its author corrected or voided an entry, "" for other acts."""
    told = _told(act)
    return told.reason if isinstance(told, ops.Correct | ops.Void) else ""


def _changed(shown: Shown, acts: Sequence[Kept]) -> Shown:
    writes: dict[str, list[Write]] = {}
    lifecycle, version, assessed = shown.lifecycle, 1, shown.qualified_time
    for rank, act in enumerate(acts):
        told = _told(act)
        if told is None:
            continue
        if isinstance(told, ops.Void):
            lifecycle = Lifecycle.VOID
            continue
        for name, value in _values(told):
            known = None if told.seen is None else frozenset(told.seen)
            writes.setdefault(name, []).append(Write(rank, act.op_id, value, known))
            if name == QUALIFICATION and assessed is None and value not in UNASSESSED:
                assessed = act.made_at
        if isinstance(told, ops.Correct):
            version += 1
            if lifecycle != Lifecycle.VOID:
                lifecycle = Lifecycle.CORRECTED
    now = {name: settled(name, [w.value for w in standing(w_s)]) for name, w_s in writes.items()}
    qualification = now.pop(QUALIFICATION, shown.qualification)
    return Shown(
        uid=shown.uid, born=shown.born, journal=shown.journal, number=shown.number,
        told=shown.told, entered_time=shown.entered_time, qualified_time=assessed,
        version=version, lifecycle=lifecycle, qualification=qualification,
        content=msgspec.structs.replace(shown.content, **now) if now else shown.content,
        first=shown.first, arrived=shown.arrived, writes=writes,
    )  # fmt: skip


def _first_publication(acts: Sequence[Kept]) -> tuple[Kept, ops.Publish] | None:
    for act in acts:
        if act.kind == ops.PUBLISH:
            try:
                return act, _publish.decode(act.payload)
            except _UNREADABLE:
                continue
    return None


def _numbered(told: ops.Publish, born: Kept) -> tuple[str, int]:
    """`MC-2024~S4` number 7 becomes the number that the hub gave in `MC-2024`."""
    if born.number is None:
        return told.journal, told.number
    return told.journal.partition("~")[0], born.number


def _told(act: Kept) -> ops.Correct | ops.Qualify | ops.Void | None:
    """What an act says of an entry; None when it says nothing, or nothing readable."""
    try:
        match act.kind:
            case ops.CORRECT:
                return _correct.decode(act.payload)
            case ops.QUALIFY:
                return _qualify.decode(act.payload)
            case ops.VOID:
                return msgspec.json.decode(act.payload, type=ops.Void)
            case _:
                return None
    except _UNREADABLE:
        return None


def _values(told: ops.Correct | ops.Qualify) -> Iterator[tuple[str, Any]]:
    """The fields that an act writes, each with its value."""
    if isinstance(told, ops.Correct):
        for name in NAMES if told.fields is None else told.fields:
            if name in _TYPES and name not in FIXED:
                yield name, getattr(told.content, name)
        return
    for name, value in told.changes.items():
        if name in _TYPES and name not in FIXED:
            try:
                yield name, msgspec.convert(value, _TYPES[name])
            except _UNREADABLE:
                continue
    if level := _level(told.qualification):
        yield QUALIFICATION, level


def _level(text: str) -> Qualification | None:
    return Qualification(text) if text in Qualification.__members__.values() else None
