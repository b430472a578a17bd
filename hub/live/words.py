"""What replicas of a hub tell each other about desks and readings: short JSON, one line."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

import msgspec

from beffroi.sync import wire

MAX_BYTES = 7_000
"""PostgreSQL carries 7,999."""
T = TypeVar("T")


class DeskWord(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A desk, and the bucket of what is looked at there (empty: hidden from everyone)."""

    workspace: str
    presence: wire.Presence
    bucket: str = ""


class SeenWord(msgspec.Struct, frozen=True, kw_only=True):
    """Someone has read an entry that lies in `bucket`."""

    workspace: str
    seen: wire.Seen
    bucket: str


class Word(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One announcement; `origin` is the replica that makes it.

    `observed` are buckets in which sources told something new.
    """

    origin: str
    desks: list[DeskWord] = []
    seen: list[SeenWord] = []
    observed: list[str] = []


_decoder = msgspec.json.Decoder(Word)


def say(word: Word) -> str:
    """`word` as text."""
    return wire.encode(word).decode()


def hear(text: str) -> Word | None:
    """The word in `text`; None for what a hub of another version may say."""
    try:
        return _decoder.decode(text)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return None


def parts(items: Iterable[T], room: int = MAX_BYTES - 200) -> Iterator[list[T]]:
    """`items` in lists that fit into an announcement; one that is bigger alone is left out."""
    part: list[T] = []
    size = 0
    for item in items:
        weight = len(wire.encode(item)) + 1
        if weight > room:
            continue
        if size + weight > room:
            yield part
            part, size = [], 0
        part.append(item)
        size += weight
    if part:
        yield part
