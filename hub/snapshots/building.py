"""Makes a desktop's store from things as they stand, in a process of its own.

python -m hub.snapshots.building        an `Order` and then `Portion`s on standard input, one a line

Loading 100,000 entries takes seconds of CPU: here they do not hold up the live streams.
"""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import msgspec

from beffroi.changes import ChangeFeed
from beffroi.clock import Clock
from beffroi.journal import Journal
from beffroi.logbook.logbook import Logbook
from beffroi.store import Store
from beffroi.sync import wire

NICE = 10
DONE = "done"


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """Which file to make, with which raw key (hex), for which workspace."""

    path: str
    key: str
    workspace: str


class Portion(msgspec.Struct, frozen=True, kw_only=True):
    """Some things of a bucket as they stood at position `at`."""

    bucket: str
    at: int
    rows: list[wire.StateRow]


def build(order: Order, portions: Iterable[Portion]) -> None:
    """Make the file; its cursors are the first portion's of each bucket."""
    store = Store(Path(order.path), bytes.fromhex(order.key))
    try:
        journal = Journal(store, ChangeFeed(), Clock(), order.workspace)
        logbook = Logbook(store, journal, Clock())
        cursors: dict[str, int] = {}
        for portion in portions:
            cursors.setdefault(portion.bucket, portion.at)
            with store.write() as connection:
                journal.place([row.uid for row in portion.rows], portion.bucket)
                logbook.load_states(connection, portion.rows)
        journal.receive([], cursors=cursors)
    finally:
        store.close()


def main(lines: BinaryIO) -> None:
    """Build what standard input asks for, then say so."""
    os.nice(NICE)
    order = msgspec.json.decode(lines.readline(), type=Order)
    decoder = msgspec.json.Decoder(Portion)
    build(order, (decoder.decode(line) for line in lines))
    sys.stdout.write(DONE)


if __name__ == "__main__":
    main(sys.stdin.buffer)
