"""A sheet as its acts leave it: field by field, and where it lies, and whether it still stands.

Whoever writes on says what they had seen.  What two people wrote without knowing of each other
stands side by side: the fields are rivals, the highest marking and all caveats hold, and a sheet
that one dropped while another worked on it stays, since dropping it again costs one click and
losing it costs the work.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from beffroi.access.buckets import MARKINGS
from beffroi.logbook.content import highest
from beffroi.logbook.merge.acts import Kept
from beffroi.logbook.merge.fields import rivals
from beffroi.logbook.merge.register import Write, standing
from beffroi.logbook.sheet_operations import DropSheet, PutSheet, drop_of, put_of

REACH, STANDS = ".reach", ".stands"
"""Beside its fields (no field has such a name): where a sheet lies, and whether it stands."""
_UNREADABLE = (msgspec.MsgspecError, ValueError, TypeError, RecursionError)
_put = msgspec.json.Decoder(PutSheet)
_drop = msgspec.json.Decoder(DropSheet)
Writes = dict[str, list[Write]]


@dataclass(frozen=True, slots=True)
class SheetShown:
    """A sheet as it stands; `fields` are JSON values, `last` is the act that came last.

    Not `stands`: it was dropped, by someone who had seen all that was put into it.
    """

    uid: str
    kind: str
    born: Kept
    last: Kept
    fields: Mapping[str, Any]
    marking: str
    caveats: tuple[str, ...]
    stands: bool
    writes: Mapping[str, Sequence[Write]]

    @property
    def rivals(self) -> tuple[str, ...]:
        """The fields for which several people gave different values at the same time."""
        return tuple(
            name
            for name, writes in self.writes.items()
            if not name.startswith(".") and rivals(name, [w.value for w in standing(writes)])
        )

    def seen(self, fields: Iterable[str]) -> tuple[str, ...]:
        """The acts whose values whoever now writes `fields` has before them."""
        names = (*fields, REACH, STANDS)
        found = (standing(self.writes[name]) for name in names if name in self.writes)
        return tuple(sorted({write.op_id for some in found for write in some}))


def sheet(kind: str, uid: str, acts: Sequence[Kept]) -> SheetShown | None:
    """The sheet `uid` after `acts` (in their order); None before anything was put into it."""
    writes: Writes = {}
    told = [act for rank, act in enumerate(acts) if _tell(writes, kind, rank, act)]
    born = next((act for act in told if act.kind == put_of(kind)), None)
    if born is None:
        return None
    values = {
        name: standing(some)[-1].value for name, some in writes.items() if not name.startswith(".")
    }
    reaches = [write.value for write in standing(writes[REACH])]
    caveats = {caveat for _marking, audience in reaches for caveat in audience.split("+")}
    return SheetShown(
        uid=uid,
        kind=kind,
        born=born,
        last=told[-1],
        fields={name: value for name, value in values.items() if value is not None},
        marking=str(highest(*(marking for marking, _audience in reaches))),
        caveats=tuple(sorted(caveats - {""})),
        stands=any(write.value for write in standing(writes[STANDS])),
        writes=writes,
    )


def _tell(writes: Writes, kind: str, rank: int, act: Kept) -> bool:
    """Write down what `act` says; False for what cannot be read."""
    if act.marking not in MARKINGS:
        return False
    try:
        if act.kind == put_of(kind):
            put = _put.decode(act.payload)
            reach = (act.marking, act.audience)
            _write(writes, rank, act, put.seen, {**put.fields, REACH: reach, STANDS: True})
            return True
        if act.kind == drop_of(kind):
            _write(writes, rank, act, _drop.decode(act.payload).seen, {STANDS: False})
            return True
    except _UNREADABLE:
        pass
    return False


def _write(
    writes: Writes, rank: int, act: Kept, seen: tuple[str, ...], given: Mapping[str, Any]
) -> None:
    known = frozenset(seen)
    for name, value in given.items():
        writes.setdefault(name, []).append(Write(rank, act.op_id, value, known))
