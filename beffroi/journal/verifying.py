"""Proves that the journal is whole: every line follows from the one before, emptied ones included."""

from collections.abc import Iterator

import msgspec

from beffroi.journal import chain, head, lines, purging
from beffroi.journal.intake import CHAIN
from beffroi.store import Connection


def first_break(connection: Connection) -> chain.ChainBreak | None:
    """The first broken link, None when all is true.

    An emptied line counts as true when a later line says that it was emptied.
    """
    untold: set[int] = set()
    broken = chain.first_break(_checked(connection, untold))
    if broken is not None:
        return broken
    if untold:
        return chain.ChainBreak(min(untold), "altered")
    last = lines.end(connection)
    return head.cut(connection, CHAIN, last.seq, last.hash)


def _checked(connection: Connection, untold: set[int]) -> Iterator[chain.Line]:
    for row in connection.execute(lines.SELECT_CHAINED):
        seq, kind = row[0], row[2]
        previous, digest = row[-2:]
        if kind == "":
            untold.add(seq)
            yield chain.Line(seq, None, previous, digest)
            continue
        yield chain.Line(seq, lines.parts_of(row), previous, digest)
        if kind == purging.PURGE:
            untold -= _told(row)


def _told(row: tuple[object, ...]) -> set[int]:
    try:
        return set(purging.said_gone(str(row[11]).encode()))
    except msgspec.MsgspecError:
        return set()
