"""Decides whether an operation may enter, and into which bucket: the rights at the ledger's door.

What its author may not see does not exist: the refusal is the same as for what is not there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from beffroi.access.buckets import Bucket, NoBucket
from beffroi.access.rights import needed
from hub.ledger.batch import Accepted, Thing
from hub.ledger.judge import Judge
from hub.ledger.refusal import Refusal
from hub.ledger.shape import CREATES, MAKES, Read


@dataclass(frozen=True, slots=True)
class Settled:
    """An operation that stays where its things are, and the things that it brings."""

    accepted: Accepted
    new: tuple[Thing, ...] = ()


@dataclass(frozen=True, slots=True)
class Moving:
    """An operation that says another bucket than the one where its entity lies."""

    read: Read
    thing: Thing


def place(read: Read, things: Mapping[str, Thing], judge: Judge) -> Settled | Moving:
    """Where `read` goes, for an author whose rights `judge` knows.

    Raises:
        Refusal: `unknown_entity`, `marking`, `rights` or `kind`.
    """
    thing = things.get(read.op.entity)
    _check_kinds(read, things)
    if thing is not None and (thing.workspace != read.op.workspace or read.op.kind in CREATES):
        raise Refusal("unknown_entity")
    if not read.places:
        return _beside(read, thing, things, judge)
    if thing is None:
        return _first(read, judge)
    check(read, thing, Bucket.parse(thing.bucket), judge)
    if thing.bucket != str(read.bucket):
        return Moving(read, thing)
    return Settled(Accepted(read.op, thing.bucket, read.sha, read.prefix))


def _check_kinds(read: Read, things: Mapping[str, Thing]) -> None:
    """Let nothing be done to a thing of one kind as if it were of another."""
    if any(uid in things and things[uid].kind != kind for kind, uid in read.targets):
        raise Refusal("unknown_entity")


def _first(read: Read, judge: Judge) -> Settled:
    if read.op.kind not in MAKES:
        raise Refusal("unknown_entity")
    if not judge.sees(read.bucket):
        raise Refusal("marking" if _writes(read, judge) else "rights")
    check(read, None, read.bucket, judge)
    bucket = str(read.bucket)
    return Settled(Accepted(read.op, bucket, read.sha, read.prefix), _brought(read, bucket, ()))


def _writes(read: Read, judge: Judge) -> bool:
    """Whether their author may make such things at all, somewhere in that workspace."""
    asked = needed(read.op.kind)
    return asked is not None and judge.holds(*asked, read.op.workspace)


def _beside(read: Read, thing: Thing | None, things: Mapping[str, Thing], judge: Judge) -> Settled:
    """What does not say itself where it lies: with all that it is about."""
    if thing is None and read.op.kind not in CREATES:
        raise Refusal("unknown_entity")
    refs = _refs(read, thing, things)
    bucket = joined(refs, things)
    if bucket.workspace != read.op.workspace:
        raise Refusal("unknown_entity")
    check(read, thing, bucket, judge)
    new = tuple(t for t in _brought(read, str(bucket), refs) if t.uid not in things)
    about = {*refs, *(uid for _kind, uid in read.targets)} - {read.op.entity}
    accepted = Accepted(read.op, str(bucket), read.sha, read.prefix, tuple(sorted(about)))
    return Settled(accepted, new)


def _refs(read: Read, thing: Thing | None, things: Mapping[str, Thing]) -> tuple[str, ...]:
    """The entries and dossiers on which the bucket of `read` depends, each once."""
    refs = set(_deciding(thing)) if thing else set()
    for uid in read.about:
        if uid not in things:
            raise Refusal("unknown_entity")
        refs |= _deciding(things[uid])
    return tuple(sorted(refs))


def _deciding(thing: Thing) -> set[str]:
    return set(thing.refs.split()) or {thing.uid}


def joined(refs: Iterable[str], things: Mapping[str, Thing]) -> Bucket:
    """The bucket of something about `refs`.

    Raises:
        Refusal: one of them is not known, they lie in several workspaces, or there is none.
    """
    try:
        return Bucket.join(Bucket.parse(things[uid].bucket) for uid in refs)
    except (KeyError, NoBucket) as error:
        raise Refusal("unknown_entity") from error


def check(read: Read, thing: Thing | None, bucket: Bucket, judge: Judge) -> None:
    """Let an author whose rights `judge` knows act upon what lies in `bucket`.

    Raises:
        Refusal: they do not see it (`unknown_entity`), or may not do that (`rights`).
    """
    asked = needed(read.op.kind)
    if asked is None:
        raise Refusal("kind")
    if not judge.sees(bucket):
        raise Refusal("unknown_entity")
    own = thing is None or thing.author == read.op.author
    if not judge.may(*asked, bucket, own=own):
        raise Refusal("rights")


def _brought(read: Read, bucket: str, refs: tuple[str, ...]) -> tuple[Thing, ...]:
    op = read.op
    return tuple(
        Thing(uid, kind, op.workspace, bucket, op.author, " ".join(refs))
        for kind, uid in read.targets
    )
