"""Finds Mode S messages in what a receiver sends: Beast binary, or AVR lines.

Beast: `1a`, a type (`1` Mode A/C, `2` short, `3` long, `4` status), a 48-bit 12 MHz clock, a level, the
message; every `1a` after the first is doubled.  AVR: `*8D…;`, or `@` and the clock before the message.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_ESCAPE = 0x1A
_SIZES = {0x31: 2, 0x32: 7, 0x33: 14, 0x34: 14}
_MODE_S = (0x32, 0x33)
_CLOCK_HZ = 12_000_000
_AVR = re.compile(
    rb"(?:\*|([@%<])([0-9A-Fa-f]{12})(?:(?<=<............)[0-9A-Fa-f]{2})?)"
    rb"([0-9A-Fa-f]{28}|[0-9A-Fa-f]{14}|[0-9A-Fa-f]{4});"
)


class Frame(NamedTuple):
    """One message and the receiver's clock when it came, in seconds from any origin (None: unknown)."""

    seconds: float | None
    payload: bytes


def beast_frames(data: bytes) -> Iterator[Frame]:
    """The Mode S messages of a Beast stream; what is between frames is skipped."""
    at = 0
    while (at := data.find(_ESCAPE, at)) >= 0 and at + 1 < len(data):
        kind = data[at + 1]
        size = _SIZES.get(kind)
        if size is None:
            at += 2 if kind == _ESCAPE else 1
            continue
        body, after = _unescaped(data, at + 2, 7 + size)
        if body is None:
            at += 1
            continue
        at = after
        if kind in _MODE_S:
            yield Frame(int.from_bytes(body[:6], "big") / _CLOCK_HZ, body[7:])


def _unescaped(data: bytes, at: int, size: int) -> tuple[bytes | None, int]:
    """`size` bytes from `at`, doubled escapes undone; None when another frame begins within."""
    body = bytearray()
    while len(body) < size and at < len(data):
        byte = data[at]
        if byte == _ESCAPE:
            at += 1
            if at >= len(data) or data[at] != _ESCAPE:
                return None, at
        body.append(byte)
        at += 1
    return (bytes(body), at) if len(body) == size else (None, at)


def avr_frames(data: bytes) -> Iterator[Frame]:
    """The messages of AVR lines; other lines are skipped."""
    for found in _AVR.finditer(data):
        clock, payload = found[2], bytes.fromhex(found[3].decode())
        if len(payload) > _SIZES[0x31]:
            yield Frame(int(clock, 16) / _CLOCK_HZ if clock else None, payload)
