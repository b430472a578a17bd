"""What several people gave at the same time for one field, beside what they all had before them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from beffroi.logbook.merge.cases import Case
from beffroi.logbook.merge.entries import Shown
from beffroi.logbook.merge.fields import QUALIFICATION, group_of, rivals
from beffroi.logbook.merge.register import Write, base, standing
from beffroi.logbook.merge.sheets import SheetShown


@dataclass(frozen=True, slots=True)
class Contest:
    """Values as JSON: that of each act that stands, the winner's last, and the one before them all.

    The value of fields that go together (time, place, grade) is an object with each of them.
    """

    base: Any
    given: tuple[tuple[str, Any], ...]


def contest(shown: Shown, field: str) -> Contest:
    """The values between which a person must choose for a field of an entry, or its group."""
    content, level = shown.first
    first = {
        name: level if name == QUALIFICATION else getattr(content, name) for name in group_of(field)
    }
    return _contest(first, shown.writes)


def case_contest(case: Case, field: str) -> Contest:
    """The values between which a person must choose for a field of a dossier or a follow-up."""
    return _contest({field: case.first[field]}, case.writes)


def sheet_contest(shown: SheetShown, field: str) -> Contest:
    """The values between which a person must choose for a field of a sheet."""
    return _contest({field: None}, shown.writes)


def _contest(first: Mapping[str, Any], writes: Mapping[str, Sequence[Write]]) -> Contest:
    stand = {name: standing(writes[name]) for name in first if name in writes}
    rival = {
        write.op_id: write.rank
        for name, some in stand.items()
        if rivals(name, [write.value for write in some])
        for write in some
    }
    before = {name: base(writes[name], some) for name, some in stand.items()}
    was = {name: write.value for name, write in before.items() if write is not None}
    given = [
        (op_id, {name: w.value for name, some in stand.items() for w in some if w.rank == rank})
        for op_id, rank in sorted(rival.items(), key=lambda item: item[1])
    ]
    original = {**first, **was}
    return Contest(
        base=_as_json(original),
        given=tuple((op_id, _as_json({**original, **values})) for op_id, values in given),
    )


def _as_json(values: Mapping[str, Any]) -> Any:
    said = msgspec.to_builtins(values)
    return said if len(said) > 1 else next(iter(said.values()))
