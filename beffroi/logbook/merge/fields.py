"""How each field of an entry merges: alone or with its group, by the last writer or all together."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from beffroi.logbook.content import highest
from beffroi.logbook.entry import Content, Marking

QUALIFICATION = "qualification"
NAMES = tuple(Content.__struct_fields__)
DEFAULTS: dict[str, Any] = {
    name: msgspec.to_builtins(getattr(Content(text=""), name)) for name in NAMES
}
"""What a field that JSON leaves out holds, as JSON."""
GROUPS = (
    ("event_time", "event_end", "time_precision"),
    ("place", "lon", "lat", "geo_precision", "commune"),
    ("source_grade", "credibility", "corroborated_by"),
)
"""Fields that mean something only together: whoever writes one writes them all."""
UNITED = ("tags", "for_action", "for_info", "attachments", "caveats")
"""Lists that keep what each of several people put in at the same time."""
FIXED = ("parent",)
"""What never changes after publication."""
_GROUP_OF = {name: group for group in GROUPS for name in group}


def group_of(field: str) -> tuple[str, ...]:
    """The fields that are written together with `field`, itself included."""
    return _GROUP_OF.get(field, (field,))


def lead(field: str) -> str:
    """The field that names the group of `field`."""
    return group_of(field)[0]


def widened(fields: Iterable[str]) -> tuple[str, ...]:
    """`fields` with the rest of their groups, in the order of an entry's fields."""
    wanted = {name for field in fields for name in group_of(field)}
    return tuple(name for name in NAMES if name in wanted)


def changed(before: Content, after: Content) -> tuple[str, ...]:
    """The fields, widened to their groups, in which two contents differ."""
    return widened(n for n in NAMES if getattr(before, n) != getattr(after, n))


def rivals(field: str, values: Sequence[Any]) -> bool:
    """Whether a person must choose between values of `field` written at the same time."""
    if field in UNITED or field == "marking":
        return False
    return any(value != values[0] for value in values[1:])


def settled(field: str, values: Sequence[Any]) -> Any:
    """What `field` holds when `values` stand together, the winner's last."""
    if len(values) == 1:
        return values[0]
    if field == "marking":
        return Marking(highest(*values))
    if field in UNITED:
        return tuple(dict.fromkeys(item for value in reversed(values) for item in value))
    return values[-1]
