"""An entry as its acts leave it: the last writer of each field wins, and what lost stays known."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from beffroi.logbook import operations as ops
from beffroi.logbook.entry import Content, Lifecycle, Qualification
from beffroi.logbook.merge.acts import Kept
from beffroi.logbook.merge.fields import FIXED, NAMES, QUALIFICATION, lead, rivals, settled
from beffroi.logbook.merge.register import Register, Write

UNASSESSED = (Qualification.RAW, Qualification.TO_QUALIFY)
_TYPES = {f.name: f.type for f in msgspec.structs.fields(Content)}
_LEVELS: dict[str, Qualification] = {str(level): level for level in Qualification}
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
    stand: Mapping[str, Sequence[Write]] = field(default_factory=dict)

    @property
    def rivals(self) -> tuple[str, ...]:
        """The fields for which several people gave different values at the same time.

        A group of fields that go together is named by its first one.
        """
        found = (
            lead(name)
            for name, writes in self.stand.items()
            if len(writes) > 1 and rivals(name, [w.value for w in writes])
        )
        return tuple(dict.fromkeys(found))


def seen(shown: Shown, fields: Sequence[str]) -> tuple[str, ...]:
    """The acts whose values whoever now writes `fields` has before them."""
    return tuple(
        sorted({w.op_id for name in fields for w in shown.stand.get(name, ())}),
    )


class Story:
    """An entry that is told act after act, in their order, from how it was published."""

    def __init__(self, published: Shown) -> None:
        self._published = published
        self._rank = 0
        self._registers: dict[str, Register] = {}
        self._lifecycle = published.lifecycle
        self._version = 1
        self._assessed = published.qualified_time

    def add(self, act: Kept) -> None:
        """One more act, which comes after those told so far."""
        rank, self._rank = self._rank, self._rank + 1
        told = _told(act)
        if told is None:
            return
        if isinstance(told, ops.Void):
            self._lifecycle = Lifecycle.VOID
            return
        known = None if told.seen is None else frozenset(told.seen)
        for name, value in _values(told):
            register = self._registers.setdefault(name, Register())
            register.add(Write(rank, act.op_id, value, known))
            if name == QUALIFICATION and self._assessed is None and value not in UNASSESSED:
                self._assessed = act.made_at
        if isinstance(told, ops.Correct):
            self._version += 1
            if self._lifecycle != Lifecycle.VOID:
                self._lifecycle = Lifecycle.CORRECTED

    def shown(self) -> Shown:
        """The entry after what was told so far."""
        was = self._published
        if not self._rank:
            return was
        stand = {name: register.standing for name, register in self._registers.items()}
        now = {name: settled(name, [w.value for w in some]) for name, some in stand.items()}
        qualification = now.pop(QUALIFICATION, was.qualification)
        return Shown(
            uid=was.uid, born=was.born, journal=was.journal, number=was.number, told=was.told,
            entered_time=was.entered_time, qualified_time=self._assessed, version=self._version,
            lifecycle=self._lifecycle, qualification=qualification,
            content=msgspec.structs.replace(was.content, **now) if now else was.content,
            first=was.first, arrived=was.arrived, stand=stand,
            writes={name: register.writes for name, register in self._registers.items()},
        )  # fmt: skip


def entry(uid: str, acts: Sequence[Kept]) -> Shown | None:
    """The entry `uid` after `acts` (in their order); None while its publication is not there."""
    if len(acts) == 1:
        found = _first_publication(acts)
        return _published(uid, *found) if found else None
    told = story(uid, acts)
    return told.shown() if told else None


def story(uid: str, acts: Sequence[Kept]) -> Story | None:
    """The entry `uid` told by `acts` (in their order); None while its publication is not there."""
    found = _first_publication(acts)
    if found is None:
        return None
    told = Story(_published(uid, *found))
    if len(acts) > 1:
        for act in acts:
            told.add(act)
    return told


def _published(uid: str, born: Kept, told: ops.Publish) -> Shown:
    level = _level(told.qualification) or Qualification.RAW
    entered = born.made_at if told.entered_time is None else told.entered_time
    assessed = None if level in UNASSESSED else entered
    journal, number = _numbered(told, born)
    return Shown(
        uid=uid, born=born, journal=journal, number=number, told=(told.journal, told.number),
        entered_time=entered, qualified_time=assessed, version=1, lifecycle=Lifecycle.PUBLISHED,
        qualification=level, content=told.content, first=(told.content, level), arrived=born.at,
    )  # fmt: skip


def reason(act: Kept) -> str:
    """Why its author corrected or voided an entry, "" for other acts."""
    told = _told(act)
    return told.reason if isinstance(told, ops.Correct | ops.Void) else ""


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
    return _LEVELS.get(text)
