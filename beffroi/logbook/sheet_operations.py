"""The payloads of the operations on sheets, and the one list of the kinds of sheets there are.

A sheet is a thing made of named fields: a source, a calque, a shape, a zone, a track's set-up, a
stage.  A new kind is one more word in `SHEETS`, with the right that it asks for in
`beffroi.access.rights`.
"""

import re
from typing import Any

import msgspec

SHEETS = ("source", "layer", "zone", "shape", "track", "stage")
"""The kinds of sheets.  Each has two operations: `<kind>.put` and `<kind>.drop`."""
MAX_FIELDS = 60
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_PUT, _DROP = ".put", ".drop"


class PutSheet(msgspec.Struct, frozen=True, kw_only=True):
    """Fields of a sheet and their new values, as JSON; null takes a field away.

    The first one makes the sheet.  `seen` names the acts whose values its author had before them:
    those of these fields, of where the sheet lies, and whether it stands at all.

    Raises:
        ValueError: more fields than a sheet has, or a name that is none.
    """

    fields: dict[str, Any]
    seen: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.fields) > MAX_FIELDS or not all(map(_NAME.fullmatch, self.fields)):
            raise ValueError("fields")


class DropSheet(msgspec.Struct, frozen=True, kw_only=True):
    """A sheet that goes; `seen` as in `PutSheet`: what its author had not seen keeps it."""

    seen: tuple[str, ...] = ()


def put_of(kind: str) -> str:
    """The operation that writes fields of a sheet of this kind."""
    return f"{kind}{_PUT}"


def drop_of(kind: str) -> str:
    """The operation that takes away a sheet of this kind."""
    return f"{kind}{_DROP}"


PUTS = tuple(put_of(kind) for kind in SHEETS)
DROPS = tuple(drop_of(kind) for kind in SHEETS)
PAYLOADS: dict[str, type[msgspec.Struct]] = {
    **dict.fromkeys(PUTS, PutSheet),
    **dict.fromkeys(DROPS, DropSheet),
}
"""By kind of operation."""
