"""Identifiers that sort by time: UUIDv7 for everywhere, a 64-bit row id for this node's lists.

Source: RFC 9562 §5.7 for UUIDv7.  The row id is `(milliseconds since 2020) << 2`, so that
"newest 200" is right whatever the order of arrival (measured in the store's prototypes).
"""

import os
import uuid

EPOCH_2020_MS = 1_577_836_800_000
_SLOTS = 4


def uuid7(moment_ms: int) -> str:
    """A fresh UUIDv7 made at `moment_ms` (UTC milliseconds), in its canonical text form."""
    value = (moment_ms & 0xFFFF_FFFF_FFFF) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def rid_at(moment_ms: int) -> int:
    """The first row id of that millisecond; four fit in each, a crowd overflows into the next."""
    return max(0, moment_ms - EPOCH_2020_MS) * _SLOTS


def moment_of(rid: int) -> int:
    """The UTC millisecond in which the row with this id was made."""
    return rid // _SLOTS + EPOCH_2020_MS
