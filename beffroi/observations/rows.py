"""A row as it is kept and as it travels between nodes: light, for whoever only carries it."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import msgspec

BATCH = 5_000
Body = tuple[str, int | None, int | None, float | None, float | None, float | None, float | None,
             bytes, str, bytes | None, str]  # fmt: skip
"""id, time, until, west, south, east, north, digest, title, geometry (WKB), properties (JSON)."""
COLUMNS = "id, time, until, west, south, east, north, digest, title, geometry, properties"

_packed = msgspec.msgpack.Encoder().encode


def digest_of(
    properties: bytes,
    told: tuple[int | None, int | None, str, Sequence[float | None]],
    shape: bytes | None,
) -> bytes:
    """What changes when a row does; `told` are time, until, title and box."""
    return blake2b(properties + _packed(told) + (shape or b""), digest_size=12).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """What a delivery did: how many are new, changed, gone, unchanged.

    `late` told of a moment before the one that is known: they count for trails alone; `twice` bore an
    identity already used in the same delivery.  `seq` is where `changed_after` stands now.
    """

    new: int = 0
    changed: int = 0
    gone: int = 0
    unchanged: int = 0
    late: int = 0
    twice: int = 0
    seq: int = 0

    @property
    def moved(self) -> bool:
        """Whether there is anything to be read again."""
        return bool(self.new or self.changed or self.gone or self.late)
