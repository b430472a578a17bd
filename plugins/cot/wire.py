"""Reads protobuf messages field by field, without a schema: only what TAK messages need."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from beffroi.plugin import Unreadable
from beffroi.plugin.words import _


class Field(NamedTuple):
    """A field by its number: a whole number, a float, or bytes (words or another message)."""

    number: int
    value: int | float | bytes


def varint(data: bytes, at: int) -> tuple[int, int]:
    """The whole number that begins at `at`, and where it ends.

    Raises:
        Unreadable: it does not end.
    """
    value = 0
    for shift, byte in enumerate(data[at : at + 10]):
        value |= (byte & 0x7F) << 7 * shift
        if byte < 0x80:
            return value, at + shift + 1
    raise _cut()


def fields(data: bytes) -> Iterator[Field]:
    """The fields of a message, in order.

    Raises:
        Unreadable: it is cut, or no protobuf.
    """
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        value: int | float | bytes
        match key & 7:
            case 0:
                value, at = varint(data, at)
            case 1:
                value, at = _unpacked("<d", data, at)
            case 2:
                size, at = varint(data, at)
                value, at = _taken(data, at, size)
            case 5:
                value, at = _unpacked("<f", data, at)
            case _:
                raise _cut()
        yield Field(key >> 3, value)


def message(data: bytes) -> dict[int, int | float | bytes]:
    """The fields by number; of a repeated one, the last, as protobuf wants."""
    return dict(fields(data))


def _taken(data: bytes, at: int, size: int) -> tuple[bytes, int]:
    if at + size > len(data):
        raise _cut()
    return data[at : at + size], at + size


def _unpacked(shape: str, data: bytes, at: int) -> tuple[float, int]:
    raw, after = _taken(data, at, struct.calcsize(shape))
    return float(struct.unpack(shape, raw)[0]), after


def _cut() -> Unreadable:
    return Unreadable(_("Ce message TAK est coupé ou abîmé\u00a0: demandez-le de nouveau."))
