"""What goes into the ledger in one transaction, and what it becomes there."""

from dataclasses import dataclass

import msgspec

from beffroi.sync.wire import Op


class Thing(msgspec.Struct, frozen=True):
    """An entry, dossier, follow-up, link... and the bucket where it lies.

    `refs` are the uids that decide the bucket, joined by blanks; empty when it says it itself.
    """

    uid: str
    kind: str
    workspace: str
    bucket: str
    author: str
    refs: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """An operation that may enter, with the bucket it goes to.

    `prefix` asks for the next number of that journal; `about` are the things besides its entity
    that it changes or depends upon.
    """

    op: Op
    bucket: str
    sha: str
    prefix: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """Operations in order, the things they bring, and what the hub knew when it looked.

    `now` is UTC ms; `moves` is how many things had changed bucket then.
    """

    now: int
    moves: int
    ops: tuple[Accepted, ...]
    things: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an operation is in the ledger; not `fresh` when it was there before."""

    seq: int
    number: int | None
    at: int
    fresh: bool


class Stale(Exception):
    """Something moved between looking and appending: look again."""
