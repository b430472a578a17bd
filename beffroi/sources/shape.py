"""Notices that a source no longer tells what it told: identity, place or fields that vanished."""

import itertools
from collections.abc import Iterable, Sequence

from beffroi.plugin import Record
from beffroi.sources.definition import Roles
from beffroi.text import _

LOOKED_AT = 300
_COMMON = 0.5
"""What is told of fewer things than that is not what a source is known by."""
PLACE = "@place"


def shape_of(records: Iterable[Record]) -> list[str]:
    """The fields that most records have, and `@place` when most have one; in order of name."""
    looked = list(itertools.islice(records, LOOKED_AT))
    told: dict[str, int] = {}
    for record in looked:
        for name, value in record.properties.items():
            if value is not None and value != "":
                told[name] = told.get(name, 0) + 1
        if record.geometry is not None:
            told[PLACE] = told.get(PLACE, 0) + 1
    return sorted(name for name, times in told.items() if times >= _COMMON * len(looked))


def broken(records: Sequence[Record], known: Sequence[str], roles: Roles, *, snapshot: bool) -> str:
    """Why these records must not take the place of what is known, "" when they may.

    A source that tells of nothing may do so: there is no alert today.
    """
    if not records:
        return ""
    shape = set(shape_of(records))
    missing = _missing_role(records, roles)
    if missing:
        return _(
            "La source a changé de forme\u00a0: le champ «\u202f{field}\u202f» n’y est plus. "
            "Ses dernières données restent\u202f; revoyez ses réglages."
        ).format(field=missing)
    if not snapshot or not known:
        return ""
    if PLACE in known and not any(record.geometry for record in records):
        return _(
            "La source a changé de forme\u00a0: plus rien n’y a de position. "
            "Ses dernières données restent\u202f; revoyez ses réglages."
        )
    fields = set(known) - {PLACE}
    if fields and len(fields & shape) < _COMMON * len(fields):
        gone = sorted(fields - shape)
        return _(
            "La source a changé de forme\u00a0: {fields} n’y sont plus. "
            "Ses dernières données restent\u202f; revoyez ses réglages."
        ).format(fields=", ".join(f"« {name} »" for name in gone[:3]))
    return ""


def _missing_role(records: Sequence[Record], roles: Roles) -> str:
    """A field chosen for a role that no record has."""
    for name in (roles.id, roles.lon, roles.lat, roles.time, roles.title):
        if name and not any(record.properties.get(name) is not None for record in records):
            return name
    return ""
