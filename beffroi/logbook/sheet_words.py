"""What is found in any sheet whatever its kind: its name, its words, the contents that it needs."""

import re
from collections.abc import Mapping
from typing import Any

_NAMES = ("title", "label", "name", "callsign")
_WORDS = (*_NAMES, "notes", "group", "attribution")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LONGEST = 2_000
MAX_ATTACHMENTS = 50


def name_of(fields: Mapping[str, Any]) -> str:
    """How to name a sheet: its title, its label...; empty when it has none."""
    found = (fields.get(name) for name in _NAMES)
    return next((said for said in found if isinstance(said, str) and said), "")


def words_of(fields: Mapping[str, Any]) -> str:
    """The words by which a sheet is sought."""
    found = (fields.get(name) for name in _WORDS)
    return " ".join(said[:_LONGEST] for said in found if isinstance(said, str) and said)


def attachments_of(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """The SHA-256 sums in the field `attachment` (one, or a list): they travel with the sheet."""
    said = fields.get("attachment")
    some = said if isinstance(said, list) else [said]
    sums = (one for one in some if isinstance(one, str) and _SHA256.fullmatch(one))
    return tuple(dict.fromkeys(sums))[:MAX_ATTACHMENTS]
