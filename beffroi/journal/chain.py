"""Hash chains: each line carries the hash of the line before, so that a change shows.

The chain covers hashes of payloads, not payloads: a text that the law orders to erase can go
without breaking it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

import msgspec

GENESIS = bytes(32)
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class ChainBreak:
    """Where a chain stops being true, and why."""

    seq: int
    why: str


def link(previous: bytes, parts: Sequence[str | int]) -> bytes:
    """The hash of a line: SHA-256 over the previous hash and the parts as one JSON list."""
    return sha256(previous + _encode(parts)).digest()


class Line(NamedTuple):
    """A stored line as the verifier sees it; `parts` are None when they were erased."""

    seq: int
    parts: tuple[str | int, ...] | None
    previous: bytes
    hash: bytes


def first_break(lines: Iterable[Line]) -> ChainBreak | None:
    """The first line that does not follow from the ones before; None when all is true."""
    expected, previous = 1, GENESIS
    for line in lines:
        if line.seq != expected:
            return ChainBreak(expected, "missing")
        if line.previous != previous:
            return ChainBreak(line.seq, "unlinked")
        if line.parts is not None and link(previous, line.parts) != line.hash:
            return ChainBreak(line.seq, "altered")
        expected, previous = expected + 1, line.hash
    return None
