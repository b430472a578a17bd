"""Events as the bytes of a live stream (Server-Sent Events): made once, sent to many."""

from collections.abc import Sequence

import msgspec

from beffroi.sync import wire

HEARTBEAT = b":\n\n"
"""A comment: keeps proxies and clients sure that the stream lives."""


class Spliced(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A `wire.Event` whose records were encoded before: one encoding serves all rights groups."""

    records: list[msgspec.Raw] = []
    after: int = 0
    head: int = 0
    now: int = 0


def frame(event: wire.Event | Spliced) -> bytes:
    """`event` as one message of a stream."""
    return b"data: " + wire.encode(event) + b"\n\n"


def encoded(records: Sequence[wire.Record]) -> list[tuple[str, msgspec.Raw]]:
    """Each record's bucket and bytes."""
    return [(record.bucket, msgspec.Raw(wire.encode(record))) for record in records]
