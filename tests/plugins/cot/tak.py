"""Writes TAK protocol messages, as ATAK does, for tests."""

import struct

_POINT = (10, 11, 12, 13, 14)


def varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes((*out, number))


def field(number: int, value: float | str | bytes) -> bytes:
    if isinstance(value, float):
        return varint(number << 3 | 1) + struct.pack("<d", value)
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    data = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(data)) + data


def message(
    uid: str = "ANDROID-1",
    kind: str = "a-f-G-U-C",
    place: tuple[float, ...] = (48.9, 2.3, 9_999_999.0, 3.0, 9_999_999.0),
    stale: int = 1_721_995_260_000,
    extra: str = "<remarks>au poste</remarks>",
) -> bytes:
    detail = (
        field(1, extra)
        + field(2, field(2, "MARTEAU 1"))
        + field(3, field(1, "Cyan") + field(2, "Team Member"))
        + field(7, field(2, 90.0))
    )
    event = (
        field(1, kind)
        + field(5, uid)
        + field(6, 1_721_995_200_000)
        + field(7, 1_721_995_200_000)
        + field(8, stale)
        + field(9, "m-g")
        + b"".join(field(n, v) for n, v in zip(_POINT, place, strict=True))
        + field(15, detail)
    )
    return field(1, field(1, 1) + field(2, 1)) + field(2, event)


def mesh(*messages: bytes) -> bytes:
    return b"".join(b"\xbf\x01\xbf" + one for one in messages)


def stream(*messages: bytes) -> bytes:
    return b"".join(b"\xbf" + varint(len(one)) + one for one in messages)
